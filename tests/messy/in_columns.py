"""Further defects of columns: units that differ, other words, columns that are no money."""

from __future__ import annotations

from decimal import Decimal

from tests.messy.in_plan import name_merged_over_amounts
from tests.messy.plan import Book, Column, Key, random_amount, set_money


def sources_of_money(book: Book) -> None:
    """Sources of money as columns under the budget, and their sum."""
    names = ("งบจังหวัด", "งบกลุ่มจังหวัด", "งบ อปท.")
    set_money(book, [(("งบประมาณ", name), Key("budget", part=name)) for name in names])
    book.columns.append(Column(("งบประมาณ", "รวม"), key=Key("budget")))
    for project in book.projects:
        project.amounts[Key("budget")] = sum(project.amounts.values(), Decimal(0))  # type: ignore[arg-type]


def units_that_differ(book: Book) -> None:
    """Millions of baht in one column and baht in the next, each said by its head."""
    set_money(
        book,
        [(("ได้รับจัดสรร (บาท)",), Key("allocated")), (("เบิกจ่ายแล้ว (บาท)",), Key("disbursed"))],
    )
    book.unit_in = "nowhere"
    book.columns.insert(3, Column(("คำของบประมาณ (ล้านบาท)",), key=Key("requested", part="year")))
    for project in book.projects:
        project.amounts[Key("requested")] = random_amount(book.rng)
    book.units[Key("requested")] = "ล้านบาท"


def other_words_for_stages(book: Book) -> None:
    """Other words for the stages of money."""
    heads = {
        "requested": "งบประมาณที่ขอ",
        "appropriated": "งบตาม พ.ร.บ.",
        "allocated": "อนุมัติจัดสรร",
        "disbursed": "เบิกจ่ายจริง",
        "committed": "ก่อหนี้ผูกพัน",
        "spent": "รวมใช้ไป",
        "remaining": "งบคงเหลือ",
        "carried_over": "เงินกันเหลื่อมปี",
    }
    set_money(book, [((words,), Key(measure)) for measure, words in heads.items()])


def paid_and_committed_with_sum(book: Book) -> None:
    """รวมเบิกจ่าย beside what is committed: what is spent."""
    heads = {"allocated": "งบได้รับจัดสรร", "disbursed": "เบิกจ่าย", "committed": "PO", "spent": "รวมเบิกจ่าย"}
    set_money(book, [((words,), Key(measure)) for measure, words in heads.items()])
    for project in book.projects:
        paid = [project.amounts[Key(measure)] for measure in ("disbursed", "committed")]
        project.amounts[Key("spent")] = sum(paid, Decimal(0))  # type: ignore[arg-type]


def year_in_head(book: Book) -> None:
    """The year only in the head of the amounts."""
    book.year_in = "column"
    set_money(book, [((f"งบประมาณที่ได้รับจัดสรร ปี {book.year}",), Key("allocated", book.year))])


def other_words_for_names(book: Book) -> None:
    """Names of projects under another head."""
    words = book.rng.choice(("โครงการ/กิจกรรม", "แผนงาน/โครงการ", "งาน/โครงการ", "โครงการ"))
    book.columns[book.index("name")] = Column((words,), field="name")


def targets_that_are_numbers(book: Book) -> None:
    """Indicators, targets and units of measure between name and money: numbers that are no money."""
    place = book.index("name") + 1
    heads = {"kpi": "ตัวชี้วัด", "target": "เป้าหมาย", "measure": "หน่วยนับ"}
    book.columns[place:place] = [Column((words,), field=name) for name, words in heads.items()]
    for project in book.projects:
        project.fields |= {"kpi": "จำนวนผู้เข้าร่วม", "target": book.rng.randrange(20, 400), "measure": "คน"}


def time_and_note(book: Book) -> None:
    """When a project runs, with months and years in it, and a note that names money."""
    book.columns.append(Column(("ระยะเวลาดำเนินการ",), field="time"))
    book.columns.append(Column(("หมายเหตุ",), field="note"))
    for project in book.projects:
        note = book.rng.choice((None, "รอจัดสรรเพิ่มเติม 50,000 บาท"))
        project.fields |= {"time": f"ต.ค. {book.year % 100 - 1} - ก.ย. {book.year % 100}", "note": note}


def citizen_numbers_in_notes(book: Book) -> None:
    """Citizen numbers and mail addresses, all made up, in a column of notes."""
    book.columns.append(Column(("หมายเหตุ",), field="note"))
    made_up = ("1-1018-00000-00-3", "๓๖๔๐๑๐๐๐๐๐๐๑๐", "somchai.test@example.org", "8480100123459")
    for number, project in enumerate(book.projects):
        project.fields["note"] = f"ติดต่อ {made_up[number % 4]}"
    book.personal += [*made_up, "3640100000010"]


def zero_amounts(book: Book) -> None:
    """Amounts of zero baht, which are amounts."""
    for project in book.projects[1::3]:
        project.amounts = dict.fromkeys(project.amounts, Decimal(0))


def activities_numbered_below(book: Book) -> None:
    """Activities numbered 1.1, 1.2 in rows below a project, whose amounts sum to the project's own."""
    key = Key("allocated")
    for project in book.projects:
        parts = [random_amount(book.rng) for _ in range(2)]
        project.amounts[key] = sum(parts, Decimal(0))
        texts = ("ประชุมคณะทำงาน", "จัดอบรมกลุ่มเป้าหมาย")
        project.activities = [(text, {key: part}) for text, part in zip(texts, parts, strict=True)]
    book.has_numbered_activities = True


def names_like_sections(book: Book) -> None:
    """Projects whose name begins as a strategy or a plan does."""
    names = ("แผนงานป้องกันยาเสพติดระดับหมู่บ้าน", "มิติใหม่แห่งการไกล่เกลี่ย", "แนวทางสันติวิธีในชุมชน")
    for name, project in zip(names, book.projects[2:], strict=False):
        project.name = name


def long_names(book: Book) -> None:
    """Names that are as long as a paragraph."""
    for project in book.projects[::2]:
        project.name += "เพื่อเสริมสร้างความเข้มแข็งและการมีส่วนร่วมของทุกภาคส่วนในการอำนวยความยุติธรรม" * 3


def name_on_the_first_row_only(book: Book) -> None:
    """A project's name only beside its first activity, nothing merged: its amount is the sum of theirs."""
    name_merged_over_amounts(book)
    book.head_style = "unmerged"
