"""What titles, sheet, file and folders say of a table's province, year and stage; all that speak must agree."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import PurePosixPath
from typing import TypeVar

from pipeline.errors import SourceError
from pipeline.layout import Vocabulary
from pipeline.provinces import Gazetteer
from pipeline.thai import squeeze, to_arabic_digits, to_buddhist_year
from pipeline.thai.dates import load_months
from pipeline.thai.garbled import read_back

_Value = TypeVar("_Value", str, int)
_FISCAL_YEAR = re.compile(
    r"(?:ปีงบประมาณ|ปีงบ|ปีงปม\.?|งบประมาณ|(?<![a-z])fy)(?:[พค]\.?ศ\.?)?((?:25|20)\d\d|\d\d)(?!\d)"
)
_WORDED_YEAR = re.compile(r"(?:[พค]\.?ศ\.?|ปี)((?:25|20)\d\d)(?!\d)")
_SHORT_YEAR = re.compile(r"ปี(?:พ\.?ศ\.?)?([5-7]\d)(?![\d\-–—/.])")
_BARE_YEAR = re.compile(r"(?<!\d)(25[4-9]\d)(?!\d)")
# When a file was uploaded, to the second, as systems write it into its name.
_UPLOADED = re.compile(r"20\d\d_\d\d_\d\d_\d\d_\d\d_\d\d")
_YEAR_RANGE = re.compile(r"(?:25|20)\d\d[-–—](?:25|20)?\d\d(?!\d)")


@dataclass(frozen=True)
class Spoken:
    """One place that may speak of the table: a text and where it stands."""

    text: str
    where: str


@dataclass(frozen=True)
class Answer:
    """What was decided and every place that said so.

    Attributes:
        value: the answer; None where nothing speaks.
        where: the places that say it.
        spellings: of a province that a place names by anything but its exact name: place, spelling, how.
    """

    value: str | int | None
    where: tuple[str, ...]
    spellings: tuple[tuple[str, str, str], ...] = ()


def places(titles: tuple[tuple[int, str], ...], sheet_name: str, path: str) -> tuple[Spoken, ...]:
    """List what may speak of a table: titles, the sheet's name, the file's name, its folders."""
    file = PurePosixPath(*map(_legible, PurePosixPath(path).parts))
    sheet_name = _legible(sheet_name)
    spoken_titles = [
        Spoken(text, f"หัวเรื่องแถว {row + 1}" if row >= 0 else "ข้อความนอกตาราง") for row, text in titles
    ]
    folders = [Spoken(part, f"โฟลเดอร์ {part}") for part in file.parts[:-1]]
    return (
        *spoken_titles,
        Spoken(sheet_name, f"ชื่อชีต {sheet_name}"),
        Spoken(file.stem, f"ชื่อไฟล์ {file.name}"),
        *folders,
    )


def _legible(name: str) -> str:
    """A name as it was before it was read in the wrong encoding, where that is certain."""
    found = read_back(name)
    return found[0] if found else name


def decide_province(spoken: tuple[Spoken, ...], gazetteer: Gazetteer) -> Answer:
    """Decide the province of a table that has no province column.

    Raises:
        SourceError: two places name different provinces.
    """
    named = [(place, gazetteer.find_named(place.text)) for place in spoken]
    found = [(place, frozenset(answers)) for place, answers in named]
    names = {code: province.name_th for code, province in gazetteer.provinces.items()}
    answer = _agree(found, code="province_disagrees", what="จังหวัด", show=lambda code: names[code])
    read = [(place.where, answers[str(answer.value)]) for place, answers in named if answer.value in answers]
    spellings = tuple((where, by.spelling, by.how) for where, by in read if by.how != "exact")
    return replace(answer, spellings=spellings)


def decide_year(spoken: tuple[Spoken, ...]) -> Answer:
    """Decide the fiscal year of a table that has no year column; a range of years, a stamp or a bare number is silent.

    Raises:
        SourceError: two places name different years.
    """
    found = [(place, years_in(place.text)) for place in spoken]
    return _agree(found, code="year_disagrees", what="ปีงบประมาณ", show=str)


def decide_stage(spoken: tuple[Spoken, ...], vocabulary: Vocabulary) -> Answer:
    """Decide from its titles what a budget document is: a bill, an act."""
    for place in spoken:
        plain = squeeze(place.text)
        for word, stage in vocabulary.budget_stages:
            if word in plain:
                return Answer(stage, (place.where,))
    return Answer(None, ())


def years_in(text: str) -> frozenset[int]:
    """Find the years that a text states; words for a fiscal year go before any other.

    >>> sorted(years_in("แผนคำขอปีงบประมาณ พ.ศ. ๒๕๖๖")), sorted(years_in("crime_2013_07_16"))
    ([2566], [])
    >>> sorted(years_in("vehicle_25542013_04_29_11_09_41"))
    [2554]
    >>> sorted(years_in("พ.ศ. 2545-2554"))
    []
    """
    plain = _UPLOADED.sub("", to_arabic_digits(squeeze(text)))
    plain = _dates().sub("", _YEAR_RANGE.sub("", plain))
    for pattern in (_FISCAL_YEAR, _WORDED_YEAR, _SHORT_YEAR, _BARE_YEAR):
        years = {year for digits in pattern.findall(plain) if (year := _full_year(digits))}
        if years:
            return frozenset(years)
    return frozenset()


@lru_cache(maxsize=1)
def _dates() -> re.Pattern[str]:
    """Match a day and its month, or a month, with a year: it says when something was written, not what it is about."""
    months = "|".join(sorted(map(re.escape, load_months()), key=len, reverse=True))
    return re.compile(rf"\d{{0,2}}(?:{months})(?:พ\.?ศ\.?)?(?:25\d\d|20\d\d|\d\d)(?!\d)")


def _full_year(digits: str) -> int | None:
    """Complete a two-digit Buddhist year."""
    return 2500 + int(digits) if len(digits) == 2 else to_buddhist_year(int(digits))


def _agree(
    found: list[tuple[Spoken, frozenset[_Value]]],
    *,
    code: str,
    what: str,
    show: Callable[[_Value], str],
) -> Answer:
    """Take the one value that all speaking places name.

    A place that names several values speaks for none of them alone, but it contradicts a value outside.
    """
    speaking = [(place, values) for place, values in found if values]
    if not speaking:
        return Answer(None, ())
    common = speaking[0][1].intersection(*(values for _, values in speaking[1:]))
    if len(common) == 1:
        return Answer(next(iter(common)), tuple(place.where for place, _ in speaking))
    told = "  ".join(
        f"{place.where}: {', '.join(show(value) for value in sorted(values))}" for place, values in speaking
    )
    raise SourceError(
        code, f"{what}ที่ระบุไม่ตรงกัน หรือมีมากกว่าหนึ่ง: {told}  แก้ให้ตรงกันแล้วส่งใหม่ หรือตัดสินใน overrides.csv"
    )
