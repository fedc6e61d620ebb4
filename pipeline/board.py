"""The board: what each province sent of each kind of data, what became of it, how long ago, and its grade."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb

from pipeline.grade import list_counted, load_grading, say_components, say_grade, write_formula
from pipeline.thai import pad_text

_KINDS = ("project", "budget_line", "indicator", "unknown")
_SUBMISSIONS = "SELECT * FROM out_submission_board ORDER BY province_code NULLS LAST, kind"
_GRADES = "SELECT * FROM out_quality_grade"
_BUILT_ON = "SELECT max(built_on) FROM core_release"
_NO_PROVINCE = "ไม่ทราบจังหวัด"
_NOTHING = "-"


@dataclass(frozen=True)
class Submission:
    """What a province sent of one kind of data.

    Attributes:
        state: none, refused, waiting, passed or replaced.
        told: its state, or how many files came and what became of them, in Thai.
        received_on: when the newest came.
        days_received: days since then.
        days_waiting: days that the oldest waits for correction; None where none does.
    """

    state: str
    told: str
    received_on: date | None
    days_received: int | None
    days_waiting: int | None


@dataclass(frozen=True)
class Line:
    """One province on the board.

    Attributes:
        province_code: None for what no province is known of.
        name_th: its name.
        submissions: by kind of data.
        grade: its letter and score in words; None where no province is known.
        components: each component of the grade in words.
    """

    province_code: str | None
    name_th: str
    submissions: dict[str, Submission]
    grade: str | None
    components: tuple[str, ...]

    @property
    def days_received(self) -> int | None:
        """Days since anything came from it."""
        days = [one.days_received for one in self.submissions.values() if one.days_received is not None]
        return min(days, default=None)

    @property
    def days_waiting(self) -> int | None:
        """Days that its oldest file waits for correction."""
        days = [one.days_waiting for one in self.submissions.values() if one.days_waiting is not None]
        return max(days, default=None)


@dataclass(frozen=True)
class Board:
    """The whole board.

    Attributes:
        kinds: the kinds of data that it has columns of, with their Thai names.
        lines: one a province.
        formula: how the grade is worked out.
        counted: what is counted for each component.
    """

    kinds: dict[str, str]
    lines: tuple[Line, ...]
    formula: str
    counted: tuple[str, ...]


def read_board(connection: duckdb.DuckDBPyConnection, *, today: date | None = None) -> Board:
    """Read the board from a release.

    Args:
        connection: its warehouse.
        today: the day to which days are counted; None for the day on which the release was built.
    """
    built_on = connection.execute(_BUILT_ON).fetchall()[0][0]
    later = (today - built_on).days if today and built_on else 0
    grades = {row["province_code"]: row for row in _rows(connection, _GRADES)}
    sent: dict[tuple[str | None, str | None], dict[str, Submission]] = {}
    for row in _rows(connection, _SUBMISSIONS):
        sent.setdefault((row["province_code"], row["name_th"]), {})[row["kind"]] = _submission(row, later)
    kinds = {
        kind: load_grading().kinds_th[kind] for kind in _KINDS if any(kind in one for one in sent.values())
    }
    lines = [_line(code, name, submissions, grades.get(code)) for (code, name), submissions in sent.items()]
    return Board(kinds, tuple(lines), write_formula(), tuple(list_counted()))


def _rows(connection: duckdb.DuckDBPyConnection, sql: str) -> list[dict[str, Any]]:
    """Run a query and give each row by column name."""
    result = connection.execute(sql)
    names = [column[0] for column in result.description]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def _line(
    code: str | None, name: str | None, submissions: dict[str, Submission], grade: dict[str, Any] | None
) -> Line:
    """Put one province's line together."""
    told = say_grade(grade) if code else None
    return Line(code, name or _NO_PROVINCE, submissions, told, tuple(say_components(grade)) if grade else ())


def _submission(row: dict[str, Any], later: int) -> Submission:
    """Word a row of out_submission_board, so many days after the release."""
    words = load_grading().states_th
    counts = [
        f"{words[state]} {row[f'n_{state}']:,}"
        for state in ("passed", "waiting", "refused", "replaced")
        if row[f"n_{state}"]
    ]
    told = f"ได้รับ {row['n_received']:,}: {' '.join(counts)}" if row["n_received"] else words["none"]
    received, waiting = (_add(row[name], later) for name in ("days_received", "days_waiting"))
    return Submission(row["state"], told, row["received_on"], received, waiting)


def _add(days: int | None, later: int) -> int | None:
    """Count days on."""
    return None if days is None else days + later


def print_board(board: Board) -> list[str]:
    """Write the board as lines of text in columns: one a province, the head first, the formula last."""
    if not board.lines:
        return []
    head = ("จังหวัด", *board.kinds.values(), "ล่าสุด (วัน)", "รอแก้ไข (วัน)", "เกรด")
    rows = [head, *(_texts(line, board) for line in board.lines)]
    return [*_align(rows), board.formula, *(f"  {one}" for one in board.counted)]


def _texts(line: Line, board: Board) -> tuple[str, ...]:
    """The texts of one province's line."""
    sent = (line.submissions.get(kind) for kind in board.kinds)
    return (
        f"{line.province_code or '--'} {line.name_th}",
        *(_NOTHING if one is None else one.told for one in sent),
        *(_NOTHING if days is None else f"{days:,}" for days in (line.days_received, line.days_waiting)),
        line.grade or _NOTHING,
    )


def _align(rows: Sequence[Sequence[str]]) -> list[str]:
    """Set rows in columns, by the room that their letters take."""
    columns = list(zip(*rows, strict=True))
    padded = [pad_text(column) for column in columns]
    return ["  ".join(texts).rstrip() for texts in zip(*padded, strict=True)]
