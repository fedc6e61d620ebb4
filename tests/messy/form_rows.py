"""What stands between the projects: totals without words, pages, signatures, wrapped names, ditto marks, activities."""

from __future__ import annotations

from random import Random

from tests.messy.form import TITLE, Form, amounts, each, names, said, sheet
from tests.messy.grid import Cell

HEAD: list[Cell] = ["ลำดับ", "ชื่อโครงการ", "หน่วยงานรับผิดชอบ", "งบประมาณ (บาท)"]
AGENCY = "สำนักงานยุติธรรมจังหวัดสุโขทัย"


def _records(title: list[str], baht: list[int], *, start: int = 1) -> list[list[Cell]]:
    """Plain records."""
    return [
        [n, name, AGENCY, one] for n, (name, one) in enumerate(zip(title, baht, strict=True), start=start)
    ]


def total_above_the_head(rng: Random) -> Form:
    """The grand total in the row above the head."""
    title, baht = names(rng, 4), amounts(rng, 4)
    rows = [[TITLE], ["รวมทั้งสิ้น", None, None, sum(baht)], HEAD, *_records(title, baht)]
    return Form({"แผน": sheet(*rows)}, each(title, "budget", baht))


def total_without_a_word(rng: Random) -> Form:
    """The last row holds only the sum."""
    title, baht = names(rng, 4), amounts(rng, 4)
    rows = [[TITLE], HEAD, *_records(title, baht), [None, None, None, sum(baht)]]
    return Form({"แผน": sheet(*rows)}, each(title, "budget", baht), silent=True)


def subtotals_that_end_in_their_word(rng: Random) -> Form:
    """Subtotals that name their strategy first and count last; projects whose names begin with รวม."""
    title, baht = names(rng, 4), amounts(rng, 4)
    title[2] = "รวมพลังชุมชนต้านยาเสพติด"
    rows = [
        [TITLE], HEAD,
        ["ยุทธศาสตร์ที่ 1 อำนวยความยุติธรรม"], *_records(title[:2], baht[:2]),
        [None, "ยุทธศาสตร์ที่ 1 อำนวยความยุติธรรม รวม 2 โครงการ", None, sum(baht[:2])],
        ["ยุทธศาสตร์ที่ 2 ป้องกันอาชญากรรม"], *_records(title[2:], baht[2:], start=3),
        [None, "ยุทธศาสตร์ที่ 2 ป้องกันอาชญากรรม รวม 2 โครงการ", None, sum(baht[2:])],
        [None, "รวมทั้งหมด 4 โครงการ", None, sum(baht)],
    ]  # fmt: skip
    return Form({"แผน": sheet(*rows)}, each(title, "budget", baht), silent=True)


def pages_that_are_numbered(rng: Random) -> Form:
    """Every page begins with its number, the title with (ต่อ) and the head, and ends with -ต่อ- and what is carried."""
    title, baht = names(rng, 6), amounts(rng, 6)
    rows: list[list[Cell]] = [[None, None, None, "หน้า 1/2"], [TITLE], HEAD, *_records(title[:3], baht[:3])]
    rows += [[None, "ยอดยกไป", None, sum(baht[:3])], [None, "-ต่อ-"], [None, None, None, "หน้า 2/2"]]
    rows += [
        [TITLE + " (ต่อ)"],
        HEAD,
        [None, "ยอดยกมา", None, sum(baht[:3])],
        *_records(title[3:], baht[3:], start=4),
    ]
    rows += [[None, "รวมทั้งสิ้น", None, sum(baht)]]
    return Form({"แผน": sheet(*rows)}, each(title, "budget", baht), silent=True)


def signatures_side_by_side(rng: Random) -> Form:
    """Two or three sign side by side below the table."""
    title, baht = names(rng, 4), amounts(rng, 4)
    rows = [
        [TITLE], HEAD, *_records(title, baht), [],
        [None, "ลงชื่อ....................ผู้จัดทำ", "ลงชื่อ....................ผู้ตรวจสอบ"],
        [None, "(..............................)", "(..............................)"],
        [None, "ตำแหน่ง นักวิชาการยุติธรรม", "ตำแหน่ง ยุติธรรมจังหวัด"],
        [None, "วันที่ ........./........./.........", "วันที่ ........./........./........."],
    ]  # fmt: skip
    return Form({"แผน": sheet(*rows)}, each(title, "budget", baht), silent=True)


def ditto_marks(rng: Random) -> Form:
    """The same agency and province as above, by ditto marks."""
    title, baht = names(rng, 6), amounts(rng, 6)
    marks = ['"', "”", "''", "〃", "″"]
    rows: list[list[Cell]] = [
        ["แผนงานโครงการ ปีงบประมาณ พ.ศ. 2566"],
        ["ลำดับ", "จังหวัด", "ชื่อโครงการ", "หน่วยงาน", "งบประมาณ (บาท)"],
        [1, "สุโขทัย", title[0], AGENCY, baht[0]],
        *[[n + 2, marks[n], title[n + 1], marks[n], baht[n + 1]] for n in range(5)],
    ]
    return Form({"แผน": sheet(*rows)}, each(title, "budget", baht), silent=True)


def ditto_mark_for_money(rng: Random) -> Form:
    """A ditto mark for money or for a name could mean two things: told, not recorded."""
    title, baht = names(rng, 3), amounts(rng, 3)
    rows = [[TITLE], HEAD, *_records(title, baht)]
    rows[3][3] = "〃"
    rows.append([4, '"', AGENCY, 5000])
    truth = [said(title[0], "budget", baht[0]), said(title[2], "budget", baht[2])]
    return Form({"แผน": sheet(*rows)}, truth, rules={"amount_unreadable", "project_name_missing"})


def names_wrapped_over_two_rows(rng: Random) -> Form:
    """A long name goes on in the next row, without a number or an amount."""
    title, baht = names(rng, 4), amounts(rng, 4)
    records = _records(title, baht)
    records[1][1] = title[1] + "ประจำปี"
    records[3][1] = title[3] + "เพื่อความ"
    rows = [[TITLE], HEAD, *records[:2], [None, "งบประมาณของจังหวัด"], *records[2:], [None, "เป็นธรรมอย่างยั่งยืน"]]
    rows.append([None, "รวม", None, sum(baht)])
    title[1] += "ประจำปีงบประมาณของจังหวัด"
    title[3] += "เพื่อความเป็นธรรมอย่างยั่งยืน"
    return Form({"แผน": sheet(*rows)}, each(title, "budget", baht), rules={"name_continued"})


def activities_that_do_not_add_up(rng: Random) -> Form:
    """Bulleted activities state less than their project: its amount is its own."""
    title, baht = names(rng, 3), amounts(rng, 3)
    rows = [[TITLE], HEAD]
    for record in _records(title, baht):
        rows += [record, [None, "- ค่าอาหาร", None, 4000], [None, "- ค่าวิทยากร", None, 5000]]
    return Form({"แผน": sheet(*rows)}, each(title, "budget", baht))


def activities_of_projects_without_an_amount(rng: Random) -> Form:
    """Numbered activities hold the amounts, their project none: it is their sum."""
    title, baht = names(rng, 3), amounts(rng, 6)
    rows: list[list[Cell]] = [[TITLE], HEAD]
    for n, name in enumerate(title):
        rows.append([n + 1, name, AGENCY, None])
        rows.append([f"{n + 1}.1", "ประชุมชี้แจง", None, baht[2 * n]])
        rows.append([f"{n + 1}.2", "อบรม", None, baht[2 * n + 1]])
    truth = each(title, "budget", [baht[2 * n] + baht[2 * n + 1] for n in range(3)])
    return Form({"แผน": sheet(*rows)}, truth)


def plans_numbered_above_projects(rng: Random) -> Form:
    """Issues numbered 1, 2 without any word of a section and without an agency; projects 1.1, 1.2 with one."""
    title, baht = names(rng, 4), amounts(rng, 4)
    rows: list[list[Cell]] = [[TITLE], HEAD]
    for n, topic in enumerate(("การเข้าถึงความยุติธรรม", "การลดการกระทำผิดซ้ำ")):
        rows.append([n + 1, topic, None, baht[2 * n] + baht[2 * n + 1]])
        rows += [[f"{n + 1}.{k + 1}", title[2 * n + k], AGENCY, baht[2 * n + k]] for k in range(2)]
    rows.append([None, "รวม", None, sum(baht)])
    return Form({"แผน": sheet(*rows)}, each(title, "budget", baht))


def numbers_within_the_names(rng: Random) -> Form:
    """No column of numbers: the names are numbered, 1. a plan, 1.1 a project, - its activities."""
    title, baht = names(rng, 2), amounts(rng, 4)
    rows: list[list[Cell]] = [[TITLE], ["แผนงาน/โครงการ", "งบประมาณ (บาท)"]]
    rows.append(["1. แผนงานยุติธรรมชุมชน", sum(baht)])
    for n, name in enumerate(title):
        rows.append([f"1.{n + 1} {name}", baht[2 * n] + baht[2 * n + 1]])
        rows += [[f"   - {text}", baht[2 * n + k]] for k, text in enumerate(("ค่าตอบแทน", "ค่าวัสดุ"))]
    rows.append(["รวม", sum(baht)])
    truth = [
        said(f"1.{n + 1} {name}", "budget", baht[2 * n] + baht[2 * n + 1]) for n, name in enumerate(title)
    ]
    return Form({"แผน": sheet(*rows)}, truth)


def items_below_plans(rng: Random) -> Form:
    """A cooperative office: subtotals "1.แผนงาน ..." over items that start with a dash, which are the records."""
    names_, baht = ["โครงการส่งเสริมอาชีพ", "โครงการพัฒนาสหกรณ์", "โครงการกลุ่มเกษตรกร"], amounts(rng, 3)
    rows: list[list[Cell]] = [
        ["รายงานผลการใช้จ่ายงบประมาณ"], ["สำนักงานยุติธรรมจังหวัดสุโขทัย"], ["ปีงบประมาณ 2566"],
        ["รายการ", "งบประมาณที่ได้รับ", "ผลการเบิกจ่าย", None],
        [None, "ทั้งหมด", "ไม่รวม PO", "ร้อยละ"],
        ["(1)", "(2)", "(3)", "(4)=(3)/(2)"],
        ["1.แผนงานพื้นฐาน", baht[0] + baht[1], 3000, 1.0],
        [f"- {names_[0]}", baht[0], 1000, 1.0], [f"- {names_[1]}", baht[1], 2000, 1.0],
        ["2.แผนงานยุทธศาสตร์", baht[2], 500, 1.0],
        [f"- {names_[2]}", baht[2], 500, 1.0],
        ["รวมทั้งสิ้น", sum(baht), 3500, 1.0],
    ]  # fmt: skip
    title = [f"- {name}" for name in names_]
    truth = each(title, "allocated", baht) + each(title, "disbursed", [1000, 2000, 500])
    return Form({"ผล": sheet(*rows, merges=((3, 0, 4, 0), (3, 2, 3, 3)))}, truth)


def two_provinces_in_sections(rng: Random) -> Form:
    """Two provinces in one sheet, each named by a row above its projects."""
    title, baht = names(rng, 4), amounts(rng, 4)
    rows = [
        ["แผนงานโครงการ ปีงบประมาณ พ.ศ. 2566"], HEAD,
        ["จังหวัดสุโขทัย"], *_records(title[:2], baht[:2]),
        ["จังหวัดนครพนม"], *_records(title[2:], baht[2:]),
        ["รวมทั้งสิ้น", None, None, sum(baht)],
    ]  # fmt: skip
    for row in rows[3:8]:
        row[2:3] = ["สยจ."] * len(row[2:3])
    truth = each(title[:2], "budget", baht[:2])
    truth += [said(name, "budget", one, province="48") for name, one in zip(title[2:], baht[2:], strict=True)]
    return Form({"แผน": sheet(*rows)}, truth)


def forms_rows_left_blank(rng: Random) -> Form:
    """Numbered rows that nobody filled in, and dashes."""
    title, baht = names(rng, 3), amounts(rng, 3)
    rows = [[TITLE], HEAD, *_records(title, baht), *[[n, None, None, None] for n in range(4, 11)]]
    return Form({"แผน": sheet(*rows)}, each(title, "budget", baht), silent=True)


def categories_below_the_project(rng: Random) -> Form:
    """Below each project its categories, or what it buys, in rows without a number: they add up to it."""
    title, baht = names(rng, 3), amounts(rng, 6)
    rows: list[list[Cell]] = [[TITLE], HEAD]
    labels = (("งบดำเนินงาน", "งบลงทุน"), ("ค่าอาหาร", "ค่าวิทยากร"), ("ค่าเช่ารถ", "ค่าจ้างเหมา"))
    for n, name in enumerate(title):
        parts = baht[2 * n : 2 * n + 2]
        rows.append([n + 1, name, AGENCY, sum(parts)])
        rows += [[None, label, None, one] for label, one in zip(labels[n], parts, strict=True)]
    rows.append([None, "รวม", None, sum(baht)])
    return Form(
        {"แผน": sheet(*rows)}, each(title, "budget", [baht[2 * n] + baht[2 * n + 1] for n in range(3)])
    )


def agencies_above_their_projects(rng: Random) -> Form:
    """Rows that name the agency, its projects numbered anew, and its subtotal."""
    title, baht = names(rng, 4), amounts(rng, 4)
    rows: list[list[Cell]] = [
        [TITLE],
        [None, None, "หน่วย :", "บาท"],
        ["ลำดับ", "โครงการ", "เป้าหมาย", "งบประมาณ"],
    ]
    for part, agency in ((slice(0, 2), "สำนักงานคุมประพฤติจังหวัด"), (slice(2, 4), "เรือนจำจังหวัด")):
        rows.append([None, agency])
        rows += [
            [n, *row] for n, row in enumerate(zip(title[part], (50, 60), baht[part], strict=True), start=1)
        ]
        rows.append([None, f"รวม{agency}", None, sum(baht[part])])
    return Form({"แผน": sheet(*rows)}, each(title, "budget", baht), silent=True)
