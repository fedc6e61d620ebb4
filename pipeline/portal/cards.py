"""Each of the 77 provinces: where it stands on the map, what it is called, and all that the release holds of it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from pipeline.board import Board, Line, read_board
from pipeline.gates import load_gates
from pipeline.grade import load_grading
from pipeline.inspect.places import SheetPages, say_place
from pipeline.portal.documents import Document, Made, find_document
from pipeline.portal.findings import Rule, read_rules_by_province
from pipeline.portal.grades import Grade, Part, read_grades
from pipeline.portal.sent import Sent, read_sent
from pipeline.portal.warehouse import read_rows
from pipeline.provinces import Province, load_gazetteer
from pipeline.provinces.tiles import load_tiles
from pipeline.returns import list_returned
from pipeline.specs import load_csv

_COUNTS = """
SELECT p.province_code,
       (SELECT count(*) FROM core_budget_line AS b WHERE b.province_code = p.province_code) AS budget_lines,
       (SELECT count(*) FROM core_project AS j WHERE j.province_code = p.province_code AND j.is_current) AS projects,
       (SELECT count(value) FROM core_indicator AS i WHERE i.province_code = p.province_code) AS indicator_values,
       coalesce(q.errors, 0) AS errors, coalesce(q.warnings, 0) AS warnings, coalesce(i.n_failed, 0) AS n_failed
FROM core_province AS p
LEFT JOIN (SELECT province_code, count(*) FILTER (severity = 'error') AS errors,
                  count(*) FILTER (severity = 'warning') AS warnings
           FROM quality_issue GROUP BY province_code) AS q USING (province_code)
LEFT JOIN out_failed_identity AS i USING (province_code)"""
_REFUSED = """
SELECT named_province_code AS province_code, file_id, path, NULL AS sheet, NULL AS cell, reason FROM raw_file
WHERE status = 'refused' AND named_province_code IS NOT NULL
UNION ALL
SELECT coalesce(t.province_code, f.named_province_code) AS province_code, f.file_id, f.path, t.sheet, t.cell_range,
       t.reason
FROM raw_table AS t JOIN raw_file AS f USING (file_id)
WHERE t.status = 'refused' AND f.status = 'loaded' AND coalesce(t.province_code, f.named_province_code) IS NOT NULL
ORDER BY province_code, path, sheet, cell"""
_PEERS = "SELECT province_code, peer_code, peer_name FROM out_peer WHERE peer_order = 1"
_CHANGED = """
SELECT province_code, why, count(*) AS n FROM out_release_change GROUP BY province_code, why ORDER BY n DESC, why"""
# The component of the grade that counts rows with a finding of level error, of whatever rule.
_VALIDITY = "validity"
# What a province is coloured by when its kinds of data stand differently: what somebody must act on comes first.
_STATES = ("waiting", "refused", "passed", "replaced", "none")


@dataclass(frozen=True)
class Refused:
    """A file or table of a province that was refused: where, why, and the link to its sheet's page (or empty)."""

    place: str
    reason: str
    link: str


@dataclass(frozen=True)
class Card:
    """One province.

    Attributes:
        province: its codes and names.
        letters: the two letters of its tile.
        row: of its tile, from 1.
        column: of its tile, from 1.
        aliases: other names by which people look for it.
        document: its brief; None where none was asked for.
        counts: budget_lines, projects, indicator_values, errors, warnings, n_failed.
        is_draft: more identities fail than the gate allows.
        grade: None where it has no data.
        line: its line on the board; None where it sent nothing and was not asked.
        returned: its folder of returned workbooks; None where there is none.
        refused: its files and tables that were refused.
        rules: its findings by rule.
        sent: the sheets and files that it stands in by kind of data, its own first.
        peer: code and name of the province that is most like it; None where too little is known to say.
        changed: how many headline figures changed since the release before, by why.
    """

    province: Province
    letters: str
    row: int
    column: int
    aliases: tuple[str, ...]
    document: Document | None
    counts: dict[str, int]
    is_draft: bool
    grade: Grade | None
    line: Line | None
    returned: dict[str, Any] | None
    refused: tuple[Refused, ...]
    rules: tuple[Rule, ...]
    sent: dict[str, tuple[Sent, ...]]
    peer: tuple[str, str] | None
    changed: dict[str, int]

    @property
    def code(self) -> str:
        """Its two digits."""
        return self.province.province_code

    @property
    def state(self) -> str:
        """Where what it sent stands: none, refused, waiting, passed or replaced."""
        states = {one.state for one in self.line.submissions.values()} if self.line else set()
        return next((state for state in _STATES if state in states), "none")

    @property
    def state_th(self) -> str:
        """The same in Thai."""
        return load_grading().states_th[self.state]

    def list_lowering(self, part: Part) -> list[Rule]:
        """The rules whose findings take from a component of the grade; those of files are listed as what was sent."""
        if part.component == _VALIDITY:
            return [rule for rule in self.rules if rule.severity == "error"]
        groups = {one.component: one.rule_group for one in load_grading().components}
        return [rule for rule in self.rules if rule.group and rule.group == groups[part.component]]

    @property
    def has_data(self) -> bool:
        """Whether the warehouse has anything of it."""
        return any(self.counts[name] for name in ("budget_lines", "projects", "indicator_values"))


def read_cards(
    connection: duckdb.DuckDBPyConnection, build: Path, made: Made, pages: SheetPages
) -> tuple[list[Card], Board]:
    """Read all 77 provinces, by code, and the board that says what each sent."""
    board = read_board(connection)
    lines = {line.province_code: line for line in board.lines if line.province_code}
    counts = {row.pop("province_code"): row for row in read_rows(connection, _COUNTS)}
    grades, rules = read_grades(connection), read_rules_by_province(connection, pages)
    sent, refused = read_sent(connection, pages), _read_refused(connection, pages)
    changed = _read_changed(connection)
    peers = {
        row["province_code"]: (row["peer_code"], row["peer_name"]) for row in read_rows(connection, _PEERS)
    }
    returned = {folder["slug"]: folder for folder in list_returned(build)}
    names, tiles, draft_over = _other_names(), load_tiles(), load_gates().draft_over
    cards = []
    for code, province in sorted(load_gazetteer().provinces.items()):
        row, column, letters = tiles[code]
        cards.append(
            Card(
                province=province,
                letters=letters,
                row=row + 1,
                column=column + 1,
                aliases=tuple(names[code]),
                document=find_document(build, f"briefs/{province.slug}", province.name_th, made),
                counts=counts[code],
                is_draft=counts[code]["n_failed"] > draft_over,
                grade=grades.get(code),
                line=lines.get(code),
                returned=returned.get(province.slug),
                refused=tuple(refused[code]),
                rules=tuple(rules.get(code, ())),
                sent=sent.get(code, {}),
                peer=peers.get(code),
                changed=changed.get(code, {}),
            )
        )
    return cards, board


def _read_refused(connection: duckdb.DuckDBPyConnection, pages: SheetPages) -> dict[str, list[Refused]]:
    """What was refused of each province, as far as it is known whose it is."""
    refused: dict[str, list[Refused]] = defaultdict(list)
    for row in read_rows(connection, _REFUSED):
        place = say_place(row["path"], row["sheet"], row["cell"])
        link = pages.find(row["file_id"], row["sheet"])
        refused[row["province_code"]].append(Refused(place, row["reason"] or "", link))
    return refused


def _read_changed(connection: duckdb.DuckDBPyConnection) -> dict[str, dict[str, int]]:
    """How many headline figures of each province changed since the release before, by why."""
    changed: dict[str, dict[str, int]] = defaultdict(dict)
    for row in read_rows(connection, _CHANGED):
        changed[row["province_code"]][row["why"]] = row["n"]
    return changed


def _other_names() -> dict[str, list[str]]:
    """The names that specs/province_aliases.csv lists of each province, and its abbreviations."""
    names: dict[str, list[str]] = defaultdict(list)
    for row in load_csv("province_aliases.csv", columns=("alias", "province_code")):
        names[row["province_code"]].append(row["alias"])
    for row in load_csv("provinces.csv", columns=("province_code", "abbr_th", "abbr_en")):
        names[row["province_code"]] += [row["abbr_th"], row["abbr_en"]]
    return names
