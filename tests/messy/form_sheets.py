"""What else a workbook holds: summaries, contents, lists to choose from, pivot tables, blank forms, upright forms."""

from __future__ import annotations

from random import Random

from tests.messy.form import TITLE, Form, amounts, each, names, said, sheet
from tests.messy.grid import Cell, Grid

HEAD: list[Cell] = ["ลำดับ", "ชื่อโครงการ", "หน่วยงาน", "งบประมาณ (บาท)"]


def _plan(title: list[str], baht: list[int], *above: list[Cell]) -> Grid:
    """A plain plan."""
    records: list[list[Cell]] = [
        [n, name, "สยจ.", one] for n, (name, one) in enumerate(zip(title, baht, strict=True), start=1)
    ]
    return sheet(*(above or ([TITLE],)), HEAD, *records)


def summary_above_the_detail(rng: Random) -> Form:
    """A summary by plan above the detail that it sums."""
    title, baht = names(rng, 4), amounts(rng, 4)
    summary: list[list[Cell]] = [
        [TITLE],
        ["ที่", "แผนงาน", "จำนวนโครงการ", "งบประมาณ (บาท)"],
        [1, "แผนงานยุติธรรมชุมชน", 3, sum(baht[:3])],
        [2, "แผนงานป้องกันอาชญากรรม", 1, baht[3]],
        [None, "รวม", 4, sum(baht)],
        [],
        ["รายละเอียดโครงการ"],
    ]
    return Form({"แผน": _plan(title, baht, *summary)}, each(title, "budget", baht))


def summary_by_agency_in_its_own_sheet(rng: Random) -> Form:
    """A sheet that sums by agency, under the head รายการ, before the sheet of projects."""
    title, baht = names(rng, 4), amounts(rng, 4)
    summary = sheet(
        ["สรุปงบประมาณ จังหวัดสุโขทัย ปีงบประมาณ พ.ศ. 2566"],
        ["ที่", "รายการ", "จำนวนโครงการ", "งบประมาณ (บาท)"],
        [1, "สำนักงานยุติธรรมจังหวัด", 4, sum(baht)],
        [None, "รวม", 4, sum(baht)],
    )
    sheets = {"สรุป": summary, "รายละเอียด": _plan(title, baht)}
    return Form(sheets, each(title, "budget", baht), rules={"table_set_aside"}, silent=True)


def contents_and_instructions(rng: Random) -> Form:
    """A cover, instructions and contents before the plan, lists to choose from behind it."""
    title, baht = names(rng, 4), amounts(rng, 4)
    cover = sheet(["เล่มแผนงานโครงการ"], ["จังหวัดสุโขทัย"], ["ปีงบประมาณ พ.ศ. 2566"])
    contents = sheet(["สารบัญ"], ["ลำดับ", "เรื่อง", "หน้า"], [1, "คำชี้แจง", 1], [2, "แผนงานโครงการ", 2])
    lists = sheet(
        ["หน่วยงาน", "แหล่งงบประมาณ", "สถานะ"],
        ["สำนักงานยุติธรรมจังหวัด", "งบจังหวัด", "อยู่ระหว่างดำเนินการ"],
        ["สำนักงานคุมประพฤติ", "งบกลุ่มจังหวัด", "แล้วเสร็จ"],
    )
    sheets = {"ปก": cover, "สารบัญ": contents, "แผน": _plan(title, baht), "ตัวเลือก": lists}
    rules = {"table_set_aside", "sheet_hidden"}
    return Form(sheets, each(title, "budget", baht), hidden={"ตัวเลือก"}, rules=rules, silent=True)


def pivot_table(rng: Random) -> Form:
    """A pivot table by agency beside the sheet of projects."""
    title, baht = names(rng, 4), amounts(rng, 4)
    pivot = sheet(["ป้ายชื่อแถว", "ผลรวม ของ งบประมาณ (บาท)"], ["สยจ.", sum(baht)], ["ผลรวมทั้งหมด", sum(baht)])
    sheets = {"Sheet2": pivot, "ข้อมูล": _plan(title, baht)}
    return Form(sheets, each(title, "budget", baht), rules={"table_set_aside"}, silent=True)


def summary_by_district(rng: Random) -> Form:
    """A sheet that sums by district, and one that explains words: nobody need do anything about either."""
    title, baht = names(rng, 4), amounts(rng, 4)
    summary = sheet([TITLE], ["อำเภอ", "วงเงิน (บาท)"], ["เมืองสุโขทัย", sum(baht)], ["รวม", sum(baht)])
    words = sheet(["คำ", "ความหมาย"], ["คำของบประมาณ", "วงเงินที่หน่วยงานเสนอ"], ["จัดสรร", "วงเงินที่ได้รับจริง"])
    sheets = {"สรุป": summary, "แผน": _plan(title, baht), "คำอธิบาย": words}
    return Form(sheets, each(title, "budget", baht), rules={"table_set_aside"}, silent=True)


def projects_under_an_unknown_head(rng: Random) -> Form:
    """Names of projects under a head that nobody knows, beside their agency and money: an error that asks for help."""
    title, baht = names(rng, 4), amounts(rng, 4)
    rows: list[list[Cell]] = [[name, "สยจ.", one] for name, one in zip(title, baht, strict=True)]
    return Form(
        {"งบ": sheet([TITLE], ["เรื่องที่ทำ", "หน่วยงาน", "งบประมาณ (บาท)"], *rows)}, [], rules={"table_refused"}
    )


def a_sheet_for_each_district(rng: Random) -> Form:
    """The same form for every district."""
    title, baht = names(rng, 6), amounts(rng, 6)
    sheets = {}
    for place, district in enumerate(("เมืองสุโขทัย", "ศรีสำโรง", "สวรรคโลก")):
        part = slice(place * 2, place * 2 + 2)
        sheets[f"อ.{district}"] = _plan(title[part], baht[part], [TITLE], [f"อำเภอ{district}"])
    return Form(sheets, each(title, "budget", baht))


def blank_form(rng: Random) -> Form:
    """A form that nobody filled in: nothing but that it is blank."""
    lines: list[list[Cell]] = [[number, None, None, None] for number in range(1, 11)]
    head = ["แบบสำรวจโครงการ จังหวัด................. ปีงบประมาณ พ.ศ. ........"]
    return Form(
        {"แบบ": sheet(head, HEAD, *lines, ["รวม", None, None, 0])}, [], rules={"table_blank"}, silent=True
    )


def upright_form_for_each_project(rng: Random) -> Form:
    """One project a sheet, labels in one column and what they ask for to their right."""
    title, baht = names(rng, 3), amounts(rng, 3)
    sheets = {}
    for number, (name, one) in enumerate(zip(title, baht, strict=True), start=1):
        sheets[f"โครงการที่ {number}"] = sheet(
            ["แบบข้อเสนอโครงการ (Project Brief)"],
            ["จังหวัดสุโขทัย ประจำปีงบประมาณ พ.ศ. 2566"],
            ["1. ชื่อโครงการ", name],
            ["2. หน่วยงานรับผิดชอบ", "สำนักงานยุติธรรมจังหวัด"],
            ["3. วัตถุประสงค์", "เพื่อให้ประชาชนเข้าถึงความเป็นธรรม"],
            ["4. เป้าหมาย", "ประชาชน 200 คน"],
            ["5. ระยะเวลาดำเนินการ", "ต.ค. 65 - ก.ย. 66"],
            ["6. งบประมาณที่ขอ (บาท)", one],
            ["7. ผลที่คาดว่าจะได้รับ", "ประชาชนได้รับความเป็นธรรม"],
        )
    return Form(sheets, each(title, "requested", baht))


def upright_form_with_colons(rng: Random) -> Form:
    """Labels and what they ask for in one cell: "ชื่อโครงการ : ...", "งบประมาณ : 250,000 บาท"."""
    name, baht = names(rng, 1)[0], amounts(rng, 1)[0]
    page = sheet(
        ["แบบสรุปโครงการ จังหวัดสุโขทัย ปีงบประมาณ 2566"],
        [f"ชื่อโครงการ : {name}"],
        ["หน่วยงานที่รับผิดชอบ : สำนักงานยุติธรรมจังหวัด"],
        [f"งบประมาณ : {baht:,} บาท"],
        ["กลุ่มเป้าหมาย : ประชาชนทั่วไป 100 คน"],
    )
    return Form({"แบบ": page}, [said(name, "budget", baht)])


def no_title_but_names(rng: Random) -> Form:
    """The head in the first row; province and year only in the name of the sheet."""
    title, baht = names(rng, 4), amounts(rng, 4)
    records: list[list[Cell]] = [[name, one] for name, one in zip(title, baht, strict=True)]
    return Form({"สุโขทัย ปี 2566": sheet(["โครงการ", "วงเงิน"], *records)}, each(title, "budget", baht))


def years_and_units_in_few_words(rng: Random) -> Form:
    """The year of two digits in the name of the sheet, the unit in two cells, the province in the folder."""
    title, baht = names(rng, 4), amounts(rng, 4)
    records: list[list[Cell]] = [[name, one / 1000] for name, one in zip(title, baht, strict=True)]
    page = sheet(["แผนงานโครงการ"], ["หน่วย :", "พันบาท"], ["โครงการ", "วงเงิน"], *records)
    return Form({"แผน ปี 66": page}, each(title, "budget", baht), folder="จ.สุโขทัย")


def several_upright_forms_in_one_sheet(rng: Random) -> Form:
    """Upright forms one below the other; the unit in a cell of its own, the amount within a sentence."""
    title, baht = names(rng, 2), amounts(rng, 2)
    rows: list[list[Cell]] = [["แบบสรุปโครงการ จังหวัดสุโขทัย ปีงบประมาณ พ.ศ. 2566"], []]
    for number, (name, one) in enumerate(zip(title, baht, strict=True)):
        budget: list[Cell] = (
            ["งบประมาณ", one / 1000, "พันบาท"] if number else ["งบประมาณ", f"จำนวน {one:,} บาท (ถ้วน)"]
        )
        rows += [["ชื่อโครงการ", name], ["หน่วยงานรับผิดชอบ", "สยจ.สุโขทัย"], ["เป้าหมาย", "100 คน"], budget]
        rows += [["ผู้รับผิดชอบ", "นายสมมติ ทดสอบระบบ"], []]
    return Form({"โครงการ": sheet(*rows)}, each(title, "budget", baht))


def a_sheet_that_joins_the_others(rng: Random) -> Form:
    """A sheet รวม that repeats the projects of every district's sheet: each counts once."""
    title, baht = names(rng, 5), amounts(rng, 5)
    sheets = {"รวม": _plan(title, baht)}
    for place, district in enumerate(("เมืองสุโขทัย", "ศรีนคร")):
        part = slice(place * 3, place * 3 + 3)
        sheets[district] = _plan(title[part], baht[part], [TITLE], [f"อำเภอ{district}"])
    return Form(sheets, each(title, "budget", baht), rules={"sheet_repeats"}, silent=True)


def a_sheet_that_joins_all_but_one(rng: Random) -> Form:
    """A sheet of one more project than those of the districts: theirs are in it, and count once."""
    title, baht = names(rng, 5), amounts(rng, 5)
    sheets = {
        "เมืองสุโขทัย": _plan(title[:2], baht[:2]),
        "ศรีนคร": _plan(title[2:4], baht[2:4]),
        "ทั้งหมด": _plan(title, baht),
    }
    return Form(sheets, each(title, "budget", baht), rules={"sheet_repeats"}, silent=True)
