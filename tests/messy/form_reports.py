"""Reports of what was paid: by quarter and month, with percentages between."""

from __future__ import annotations

from random import Random

from tests.messy.form import TITLE, YEAR, Form, amounts, each, names, said, sheet
from tests.messy.grid import Cell
from tests.messy.in_periods import MONTHS


def plan_and_result_by_month(rng: Random) -> Form:
    """สงป.302: four rows of head over 37 columns; plan and result of money by month, "ไตรมาส 3" without ที่."""
    title = names(rng, 3)
    own = [amounts(rng, 24) for _ in title]
    groups: list[Cell] = [None] * 37
    months: list[Cell] = [None] * 37
    leaves: list[Cell] = [None] * 37
    groups[:9] = [
        "ลำดับ",
        "โครงการ/กิจกรรม",
        "หน่วยงาน",
        "ตัวชี้วัด",
        "เป้าหมาย",
        "หน่วยนับ",
        "แผนทั้งปี",
        "หมายเหตุ",
        "รหัสโครงการ",
    ]
    merges = [(2, column, 5, column) for column in (*range(9), *range(33, 37))]
    for month in range(12):
        column = 9 + month * 2
        if month % 3 == 0:
            groups[column] = f"ไตรมาส {month // 3 + 1}" if month == 6 else f"ไตรมาสที่ {month // 3 + 1}"
            merges.append((3, column, 3, column + 5))
        months[column] = MONTHS[month]
        merges.append((4, column, 4, column + 1))
        leaves[column], leaves[column + 1] = "แผน", "ผล"
    top: list[Cell] = [
        *groups[:9],
        "การเบิกจ่ายงบประมาณ (บาท)",
        *[None] * 23,
        "ปัญหา/อุปสรรค",
        "แนวทางแก้ไข",
        "ผู้รายงาน",
        "อีเมล์",
    ]
    merges.append((2, 9, 2, 32))
    second: list[Cell] = [None] * 9 + groups[9:]
    rows: list[list[Cell]] = [
        ["รายงานผลการปฏิบัติงานและการใช้จ่ายงบประมาณ"],
        [f"จังหวัดสุโขทัย ประจำปีงบประมาณ พ.ศ. {YEAR}"],
        top, second, months, leaves,
    ]  # fmt: skip
    for number, (name, baht) in enumerate(zip(title, own, strict=True), start=1):
        rows.append(
            [
                number,
                name,
                "สยจ.",
                "ร้อยละ",
                80,
                "ร้อยละ",
                None,
                None,
                f"P{number}",
                *baht,
                None,
                None,
                None,
                None,
            ]
        )
    truth = [said(name, "planned", sum(baht[::2])) for name, baht in zip(title, own, strict=True)]
    truth += [said(name, "disbursed", sum(baht[1::2])) for name, baht in zip(title, own, strict=True)]
    return Form({"302": sheet(*rows, merges=tuple(merges))}, truth)


def quarters_with_months_in_brackets(rng: Random) -> Form:
    """Quarters that name their months and the calendar's years, which are not the budget's."""
    title, own = names(rng, 3), [amounts(rng, 4) for _ in range(3)]
    rows: list[list[Cell]] = [
        [f"ผลการเบิกจ่าย จังหวัดสุโขทัย ปีงบประมาณ {YEAR}"],
        ["ที่", "ชื่อโครงการ", "ไตรมาส 1 (ต.ค.-ธ.ค. 2565)", "ไตรมาส 2 (ม.ค.-มี.ค. 2566)",
         "ไตรมาส 3 (เม.ย.-มิ.ย. 2566)", "ไตรมาส 4 (ก.ค.-ก.ย. 2566)", "รวมเบิกจ่าย", "ร้อยละ"],
        *[[n, name, *baht, sum(baht), 98.5] for n, (name, baht) in enumerate(zip(title, own, strict=True), start=1)],
    ]  # fmt: skip
    return Form({"ผล": sheet(*rows)}, each(title, "disbursed", [sum(baht) for baht in own]))


def months_with_calendar_years(rng: Random) -> Form:
    """Months that name the calendar's year, and no other word of the year anywhere."""
    title, own = names(rng, 3), [amounts(rng, 12) for _ in range(3)]
    heads = [f"{month} {65 if place < 3 else 66}" for place, month in enumerate(MONTHS)]
    rows: list[list[Cell]] = [
        ["ผลการเบิกจ่ายรายเดือน จังหวัดสุโขทัย"],
        ["ที่", "ชื่อโครงการ", "ผลการเบิกจ่าย (บาท)", *[None] * 11],
        [None, None, *heads],
        *[[n, name, *baht] for n, (name, baht) in enumerate(zip(title, own, strict=True), start=1)],
    ]
    merges = ((1, 0, 2, 0), (1, 1, 2, 1), (1, 2, 1, 13))
    return Form({"ผล": sheet(*rows, merges=merges)}, each(title, "disbursed", [sum(baht) for baht in own]))


def day_of_the_report_in_the_head(rng: Random) -> Form:
    """A head that says up to which day: the day is of the calendar, and no period."""
    title, got, paid = names(rng, 4), amounts(rng, 4), amounts(rng, 4)
    rows: list[list[Cell]] = [
        [TITLE],
        ["ที่", "ชื่อโครงการ", "งบประมาณที่ได้รับ", "ผลการใช้จ่าย ณ 31 ธ.ค. 2565", "เบิกจ่ายร้อยละ"],
        *[
            [n, name, a, b, 50.0]
            for n, (name, a, b) in enumerate(zip(title, got, paid, strict=True), start=1)
        ],
    ]
    return Form({"ผล": sheet(*rows)}, each(title, "allocated", got) + each(title, "spent", paid))


def got_and_used(rng: Random) -> Form:
    """Plain words: งบประมาณที่ได้รับ, งบที่ใช้ไป, คงเหลือ, and a percentage between."""
    title, got = names(rng, 4), amounts(rng, 4)
    half = [one // 2 for one in got]
    rows: list[list[Cell]] = [
        [TITLE],
        [None, None, None, None, None, "(หน่วย:บาท)"],
        ["ลำดับ", "โครงการ", "งบประมาณที่ได้รับ", "งบที่ใช้ไป", "%", "คงเหลือ"],
        *[
            [n, name, a, b, 50, b]
            for n, (name, a, b) in enumerate(zip(title, got, half, strict=True), start=1)
        ],
    ]
    truth = each(title, "allocated", got) + each(title, "spent", half) + each(title, "remaining", half)
    return Form({"ผล": sheet(*rows)}, truth)


def money_and_percent_under_each_group(rng: Random) -> Form:
    """จำนวนเงิน and ร้อยละ under each stage, whose name is only in the group."""
    title, got, paid = names(rng, 4), amounts(rng, 4), amounts(rng, 4)
    rows: list[list[Cell]] = [
        [TITLE],
        ["ที่", "โครงการ", "ได้รับจัดสรร", "เบิกจ่าย", None, "ก่อหนี้ผูกพัน", None],
        [None, None, "จำนวนเงิน", "จำนวนเงิน", "ร้อยละ", "จำนวนเงิน", "ร้อยละ"],
        ["(1)", "(2)", "(3)", "(4)", "(5)=(4)x100/(3)", "(6)", "(7)"],
        *[
            [n, name, a, b, 1.5, 500, 2.5]
            for n, (name, a, b) in enumerate(zip(title, got, paid, strict=True), start=1)
        ],
    ]
    merges = ((1, 0, 2, 0), (1, 1, 2, 1), (1, 3, 1, 4), (1, 5, 1, 6))
    truth = (
        each(title, "allocated", got) + each(title, "disbursed", paid) + each(title, "committed", [500] * 4)
    )
    return Form({"ผล": sheet(*rows, merges=merges)}, truth)


def internal_approval(rng: Random) -> Form:
    """MOJ-OPS: what was approved inside is no stage of money; two percentages, with and without PO."""
    title, got, paid = names(rng, 3), amounts(rng, 3), amounts(rng, 3)
    rows: list[list[Cell]] = [
        [TITLE],
        ["ที่", "โครงการ", "งบ พรบ.", "งบได้รับจัดสรร", "โอน(+/-)", "เบิกจ่าย", "ขออนุมัติวงเงิน", "PO", "รวมเบิกจ่าย",
         "คงเหลือ", "%เบิก (ไม่รวม PO)", "%เบิก (รวม PO)"],
        *[[n, name, a, a, "-", b, 999, 700, b + 700, a - b - 700, 1, 2]
          for n, (name, a, b) in enumerate(zip(title, got, paid, strict=True), start=1)],
    ]  # fmt: skip
    truth = each(title, "appropriated", got) + each(title, "allocated", got) + each(title, "disbursed", paid)
    truth += each(title, "committed", [700] * 3) + each(title, "spent", [b + 700 for b in paid])
    truth += each(title, "remaining", [a - b - 700 for a, b in zip(got, paid, strict=True)])
    return Form({"ผล": sheet(*rows)}, truth)


def plan_of_half_a_year(rng: Random) -> Form:
    """A period that is no year, quarter or month is told and not recorded."""
    title, got, half = names(rng, 3), amounts(rng, 3), amounts(rng, 3)
    rows: list[list[Cell]] = [
        [TITLE],
        ["ที่", "โครงการ", "งบประมาณ", "เบิกจ่าย ต.ค.-มี.ค."],
        *[[n, name, a, b] for n, (name, a, b) in enumerate(zip(title, got, half, strict=True), start=1)],
    ]
    return Form({"ผล": sheet(*rows)}, each(title, "budget", got), rules={"column_unknown"})
