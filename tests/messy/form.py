"""Whole forms as offices draw them, each with its truth; where a defect changes a plan, a form is drawn by hand."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from random import Random

from tests.messy.grid import Cell, Grid
from tests.messy.plan import DEEDS, WHOM, Truth
from tests.messy.write import workbook_bytes

SUKHOTHAI, YEAR = "64", 2566
TITLE = "แผนงานโครงการ จังหวัดสุโขทัย ปีงบประมาณ พ.ศ. 2566"


@dataclass
class Form:
    """A workbook drawn by hand, and what a careful officer records of it.

    Attributes:
        sheets: by name, in order.
        truth: the rows of out_project_amount; none where nothing may be recorded.
        hidden: names of hidden sheets.
        folder: the folder that it is sent in.
        stem: the name of its file, without its ending.
        rules: the findings that it must give, by rule; those that come of any table are not listed.
        silent: whether there may be no finding but those.
    """

    sheets: dict[str, Grid]
    truth: list[Truth] = field(default_factory=list)
    hidden: set[str] = field(default_factory=set)
    folder: str = "ส่งมา"
    stem: str = "แบบฟอร์ม"
    rules: set[str] = field(default_factory=set)
    silent: bool = False


def write_form(form: Form, raw: Path) -> None:
    """Write a form's workbook under a folder."""
    folder = raw / form.folder
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{form.stem}.xlsx").write_bytes(workbook_bytes(form.sheets, form.hidden))


def sheet(*rows: list[Cell], merges: tuple[tuple[int, int, int, int], ...] = ()) -> Grid:
    """A sheet of these rows."""
    return Grid([list(row) for row in rows], list(merges))


def names(rng: Random, count: int) -> list[str]:
    """Different names of projects."""
    pairs = rng.sample([(deed, whom) for deed in DEEDS for whom in WHOM], count)
    return [f"โครงการ{deed}{whom} รุ่นที่ {rng.randint(1, 999)}" for deed, whom in pairs]


def amounts(rng: Random, count: int) -> list[int]:
    """Amounts of baht in whole thousands, none twice."""
    return [1000 * number for number in rng.sample(range(11, 900), count)]


def said(name: str, measure: str, baht: float, *, year: int = YEAR, province: str = SUKHOTHAI) -> Truth:
    """One row of the truth."""
    return Truth(province, name, year, measure, Decimal(str(baht)))


def each(names: list[str], measure: str, baht: list[int], *, year: int = YEAR) -> list[Truth]:
    """One row of the truth for every project."""
    return [said(name, measure, amount, year=year) for name, amount in zip(names, baht, strict=True)]
