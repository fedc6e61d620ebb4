"""A plain plan: projects with amounts by measure, year and part; every defect starts from one."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from random import Random
from typing import NamedTuple

from tests.messy.grid import Cell, Grid, Row

PROVINCES = {
    "64": "สุโขทัย", "48": "นครพนม", "83": "ภูเก็ต", "70": "ราชบุรี", "50": "เชียงใหม่", "90": "สงขลา",
    "62": "กำแพงเพชร", "51": "ลำพูน", "39": "หนองบัวลำภู", "37": "อำนาจเจริญ", "55": "น่าน", "77": "ประจวบคีรีขันธ์",
}  # fmt: skip
DEEDS = (
    "อบรมให้ความรู้กฎหมาย", "รณรงค์ป้องกันยาเสพติด", "ไกล่เกลี่ยข้อพิพาท", "ป้องกันการกระทำผิดซ้ำ", "บำบัดฟื้นฟูผู้เสพ",
    "เสริมสร้างความเข้มแข็ง", "นำร่องยุติธรรมชุมชน", "พัฒนาศักยภาพอาสาสมัคร", "ส่งเสริมการเข้าถึงความเป็นธรรม",
)  # fmt: skip
WHOM = (
    "สำหรับเด็กและเยาวชน", "ของเครือข่ายยุติธรรมชุมชน", "สำหรับผู้พ้นโทษ", "แก่ผู้นำหมู่บ้าน", "ในสถานศึกษา",
    "สำหรับผู้ถูกคุมความประพฤติ", "ในพื้นที่เสี่ยง", "แก่ประชาชนทั่วไป", "ในเรือนจำ",
)  # fmt: skip
AGENCIES = ("สำนักงานยุติธรรมจังหวัด", "สำนักงานคุมประพฤติจังหวัด", "ที่ทำการปกครองจังหวัด", "เรือนจำจังหวัด", "สถานีตำรวจภูธร")
FACTORS = {"บาท": Decimal(1), "พันบาท": Decimal(1000), "ล้านบาท": Decimal(1_000_000)}
NO_BUDGET = "ไม่ใช้งบประมาณ"
ALLOCATED = "งบประมาณที่ได้รับจัดสรร"


class Key(NamedTuple):
    """What an amount is; year 0 is the project's own, and a part is year, Q1-Q4, M10-M09 or an expense category."""

    measure: str
    year: int = 0
    part: str = "year"


@dataclass
class Column:
    """A column: its head from the top down, and either the field or the amount that it holds."""

    path: tuple[str, ...]
    field: str | None = None
    key: Key | None = None


@dataclass
class Project:
    """A project: amounts in baht; a text in place of an amount is printed as it is; activities are (text, amounts)."""

    name: str
    agency: str
    province: str
    year: int
    section: str | None = None
    amounts: dict[Key, Decimal | str | None] = field(default_factory=dict)
    fields: dict[str, Cell] = field(default_factory=dict)
    activities: list[tuple[str, dict[Key, Decimal]]] = field(default_factory=list)


class Truth(NamedTuple):
    """One row that out_project_amount must hold, or may hold where it is optional."""

    province_code: str
    project: str
    fiscal_year_be: int
    measure: str
    amount_baht: Decimal
    optional: bool = False


@dataclass
class Book:
    """A plan and how it is written down; a defect changes one thing of it.

    Attributes:
        rng: the only source of chance.
        topic: the title without the province and the year.
        province_in, year_in: where they are stated; "title", "folder", "file", "sheet" or "column".
        province_words, year_words: how they are stated there.
        unit: of all amounts but those in units; unit_in is "header", "cell", "beside", "title" or "nowhere".
        head_style: "merged" or "unmerged" groups.
        body: the rows under the head; made of the projects when the plan stands.
        grids: the sheets, name -> cells; made when the rows stand.
        containers: how the file is written; more than one is the same table sent again.
        others: the truth of further tables beside this one.
        personal: planted personal data, which must be in no table.
    """

    rng: Random
    province: str
    year: int
    projects: list[Project]
    columns: list[Column]
    topic: str = "แผนงานโครงการ"
    province_in: str = "title"
    year_in: str = "title"
    province_words: str = "จังหวัด{}"
    year_words: str = "ปีงบประมาณ พ.ศ. {}"
    titles: list[str] = field(default_factory=list)
    unit: str = "บาท"
    unit_in: str = "header"
    head_style: str = "merged"
    has_number_row: bool = False
    number_words: str = "({})"
    has_thai_title: bool = False
    head_top: int = 0
    units: dict[Key, str] = field(default_factory=dict)
    has_numbered_activities: bool = False
    stamp: str = ""
    unit_words: str = "หน่วย : {}"
    has_merged_titles: bool = False
    body: list[Row] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    grids: dict[str, Grid] = field(default_factory=dict)
    sheet_names: dict[str, str] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)
    containers: list[str] = field(default_factory=lambda: ["xlsx"])
    others: list[Truth] = field(default_factory=list)
    personal: list[str] = field(default_factory=list)
    has_title: bool = True

    @property
    def money(self) -> list[int]:
        """The columns that hold amounts."""
        return [index for index, column in enumerate(self.columns) if column.key]

    def index(self, name: str) -> int:
        """The column that holds a field."""
        return next(index for index, column in enumerate(self.columns) if column.field == name)

    def place_words(self, place: str) -> str:
        """What a place says of the province and the year; nothing where neither is stated there."""
        words = [self.province_words.format(PROVINCES[self.province])] if self.province_in == place else []
        return " ".join([*words, *([self.year_words.format(self.year)] if self.year_in == place else [])])


def plain_book(rng: Random) -> Book:
    """A plan without any defect: a title, one row of head, 6 to 12 projects with what they were allocated."""
    province, year = rng.choice(sorted(PROVINCES)), rng.randint(2562, 2568)
    columns = [
        Column(("ลำดับ",), field="no"),
        Column(("ชื่อโครงการ",), field="name"),
        Column(("หน่วยงาน",), field="agency"),
    ]
    book = Book(rng, province, year, make_projects(rng, province, year, count=rng.randint(6, 12)), columns)
    set_money(book, [((ALLOCATED,), Key("allocated"))])
    return book


def make_projects(rng: Random, province: str, year: int, *, count: int, start: int = 0) -> list[Project]:
    """Projects with different names, without amounts."""
    pairs = [(deed, whom) for deed in DEEDS for whom in WHOM]
    chosen = Random(rng.randint(0, 10**6)).sample(pairs[start::2], count)
    return [
        Project(f"โครงการ{deed}{whom} รุ่นที่ {rng.randint(1, 99)}", rng.choice(AGENCIES), province, year)
        for deed, whom in chosen
    ]


def set_money(book: Book, heads: list[tuple[tuple[str, ...], Key]]) -> None:
    """Give the plan these columns of money, each with amounts of its own, in place of those that it has."""
    book.columns = [column for column in book.columns if not column.key]
    book.columns += [Column(path, key=key) for path, key in heads]
    for project in book.projects:
        project.amounts = {key: random_amount(book.rng) for _, key in heads}


def random_amount(rng: Random) -> Decimal:
    """An amount in whole hundreds of baht."""
    return Decimal(rng.randrange(300, 29_000) * 100)


def truth_of(projects: list[Project], columns: list[Column]) -> list[Truth]:
    """What a careful officer reads: the year's own cell, else the sum of its periods; nothing where none is one."""
    keys = [column.key for column in columns if column.key]
    return [
        Truth(project.province, project.name, year or project.year, measure, amount)
        for project in projects
        for measure, year in dict.fromkeys((key.measure, key.year) for key in keys)
        if (amount := _year_amount(project, [key for key in keys if key[:2] == (measure, year)])) is not None
    ]


def _year_amount(project: Project, keys: list[Key]) -> Decimal | None:
    """The amount of one measure and year."""
    stated = [key for key in keys if key.part == "year"] or _finest(keys)
    printed = [project.amounts.get(key) for key in stated]
    numbers = [Decimal(0) if amount == NO_BUDGET else amount for amount in printed]
    numbers = [amount for amount in numbers if isinstance(amount, Decimal)]
    return sum(numbers, Decimal(0)) if numbers else None  # type: ignore[arg-type]


def _finest(keys: list[Key]) -> list[Key]:
    """The months where there are any: a quarter beside its months is their sum."""
    return [key for key in keys if key.part.startswith("M")] or keys
