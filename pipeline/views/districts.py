"""Which districts the place of a project names: whole words of its own column, never a guess."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from pipeline.thai import clean_text
from pipeline.views.study import load_study

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_PLACES = "SELECT DISTINCT province_code, area FROM core_project WHERE area IS NOT NULL"
_DISTRICTS = "SELECT province_code, district_code, name_th FROM core_district ORDER BY district_code"
_NOT_IN_A_WORD = "(?![\u0e01-\u0e4e])"


def lay_districts(connection: DuckDBPyConnection) -> None:
    """Lay out the districts that each project's place names; NULL where it says the whole province."""
    words = load_study()["area_words"]
    known: dict[str, dict[str, str]] = defaultdict(dict)
    for province, code, name in connection.execute(_DISTRICTS).fetchall():
        known[province][name] = code
        if name.startswith(words["capital"]) and code.endswith("01"):
            known[province][words["capital"]] = code
    found: list[tuple[str, str, str | None]] = [
        (province, area, code)
        for province, area in connection.execute(_PLACES).fetchall()
        for code in find_districts(area, known[province], words)
    ]
    connection.execute("DELETE FROM core_project_district")
    if found:
        columns = dict(zip(("province", "area", "code"), map(list, zip(*found, strict=True)), strict=True))
        connection.execute(
            "INSERT INTO core_project_district SELECT p.project_id, f.code FROM core_project AS p JOIN ("
            "SELECT unnest($province) AS province_code, unnest($area) AS area, unnest($code) AS code) AS f"
            " USING (province_code, area)",
            columns,
        )


def find_districts(
    area: str, known: Mapping[str, str], words: Mapping[str, str | Sequence[str]]
) -> list[str | None]:
    """Give the codes of the districts that a place names, in order; [None] for the whole province.

    Args:
        area: the place as written.
        known: the code of each district of the province by its name.
        words: area_words of specs/study.yml.

    >>> words = {"whole": ["ทุกอำเภอ"], "district": ["อำเภอ", "อ."], "between": [",", "และ"]}
    >>> find_districts("อ.เมือง และอำเภอศรีนคร", {"เมือง": "6401", "ศรีนคร": "6408"}, words)
    ['6401', '6408']
    """
    plain = clean_text(area)
    if any(word in plain for word in words["whole"]):
        return [None]
    return list(dict.fromkeys(known[name] for name in _find_names(plain, known, words)))


def _find_names(
    plain: str, known: Mapping[str, str], words: Mapping[str, str | Sequence[str]]
) -> Iterator[str]:
    """Give the names that stand after a word for district, or alone between separators."""
    before, between = _any_of(words["district"]), _any_of(words["between"])
    named = re.compile(rf"(?:{before})\s*({_any_of(known)}){_NOT_IN_A_WORD}")
    for part in re.split(between, plain):
        found = named.findall(part)
        yield from found or (name for name in [part.strip()] if name in known)


def _any_of(words: Sequence[str] | Mapping[str, str]) -> str:
    """A pattern of any of these words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
