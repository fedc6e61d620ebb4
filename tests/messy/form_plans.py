"""Plans over one year or several: what offices of the province and local governments send."""

from __future__ import annotations

from random import Random

from tests.messy.form import TITLE, YEAR, Form, amounts, each, names, said, sheet
from tests.messy.grid import Cell

YEARS = (2566, 2567, 2568, 2569, 2570)


def local_plan_of_five_years(rng: Random) -> Form:
    """แบบ ผ.02: aims, targets, five years of budget, indicator, result and agency; strategies and plans as rows."""
    title, own = names(rng, 3), [amounts(rng, 5) for _ in range(3)]
    rows: list[list[Cell]] = [
        ["รายละเอียดโครงการพัฒนา", *[None] * 10, "แบบ ผ. 02"],
        ["แผนพัฒนาท้องถิ่น (พ.ศ. 2566 - 2570)"],
        ["องค์การบริหารส่วนจังหวัดสุโขทัย"],
        ["1. ยุทธศาสตร์การพัฒนาด้านความสงบเรียบร้อย"],
        ["   1.1 แผนงานการรักษาความสงบภายใน"],
        ["ที่", "โครงการ", "วัตถุประสงค์", "เป้าหมาย\n(ผลผลิตของโครงการ)", "งบประมาณ", None, None, None, None,
         "ตัวชี้วัด\n(KPI)", "ผลที่คาดว่าจะได้รับ", "หน่วยงานรับผิดชอบหลัก"],
        [None, None, None, None, *[f"{year}\n(บาท)" for year in YEARS]],
    ]  # fmt: skip
    for number, (name, baht) in enumerate(zip(title, own, strict=True), start=1):
        rows.append([number, name, "เพื่อลดปัญหา", "จำนวน 2 ครั้ง", *baht, "จำนวนครั้ง", "ปัญหาลดลง", "สำนักปลัด อบจ."])
    rows.append(
        ["รวม 3 โครงการ", "-", "-", "-", *[sum(column) for column in zip(*own, strict=True)], "-", "-", "-"]
    )
    merges = tuple((5, column, 6, column) for column in (0, 1, 2, 3, 9, 10, 11))
    truth = [
        said(name, "budget", baht, year=year)
        for name, row in zip(title, own, strict=True)
        for year, baht in zip(YEARS, row, strict=True)
    ]
    return Form({"ผ.02": sheet(*rows, merges=(*merges, (5, 4, 5, 8)))}, truth)


def unit_in_the_group_of_years(rng: Random) -> Form:
    """แบบ จ.1: the rank is no running number, the unit stands in the group, and the sum of all years is no year's."""
    title, own = names(rng, 4), [amounts(rng, 5) for _ in range(4)]
    rows: list[list[Cell]] = [
        ["แบบ จ.1"],
        ["บัญชีรายการชุดโครงการ แผนพัฒนาจังหวัดสุโขทัย (พ.ศ. 2566-2570)"],
        ["ลำดับความสำคัญ", "แผนงาน/โครงการ", "หน่วยดำเนินการ", "งบประมาณ (พันบาท)"],
        [None, None, None, *[f"ปี {year}" for year in YEARS], "รวม 5 ปี"],
    ]
    for number, (name, baht) in enumerate(zip(title, own, strict=True), start=1):
        rows.append([number, name, "ที่ทำการปกครองจังหวัด", *[one / 1000 for one in baht], sum(baht) / 1000])
    truth = [
        said(name, "budget", baht, year=year)
        for name, row in zip(title, own, strict=True)
        for year, baht in zip(YEARS, row, strict=True)
    ]
    return Form({"จ.1": sheet(*rows, merges=((2, 0, 3, 0), (2, 1, 3, 1), (2, 2, 3, 2), (2, 3, 2, 8)))}, truth)


def sum_of_years_outside_the_group(rng: Random) -> Form:
    """The budget of the whole project stands before its years, in a column of its own."""
    title, own = names(rng, 3), [amounts(rng, 2) for _ in range(3)]
    rows: list[list[Cell]] = [
        ["โครงการ จังหวัดสุโขทัย"],
        ["ที่", "ชื่อโครงการ", "งบประมาณรวมทั้งโครงการ", "งบประมาณรายปี (บาท)", None],
        [None, None, None, "2566", "2567"],
        *[
            [n, name, sum(baht), *baht]
            for n, (name, baht) in enumerate(zip(title, own, strict=True), start=1)
        ],
    ]
    truth = [
        said(name, "budget", baht, year=year)
        for name, row in zip(title, own, strict=True)
        for year, baht in zip((2566, 2567), row, strict=True)
    ]
    return Form({"1": sheet(*rows, merges=((1, 0, 2, 0), (1, 1, 2, 1), (1, 2, 2, 2), (1, 3, 1, 4)))}, truth)


def action_plan_with_ticks(rng: Random) -> Form:
    """แผนปฏิบัติราชการ: quarters that are ticked and hold no money, the amount beside its source."""
    title, baht = names(rng, 5), amounts(rng, 5)
    rows: list[list[Cell]] = [
        ["แผนปฏิบัติราชการประจำปีของจังหวัดสุโขทัย"],
        ["ประจำปีงบประมาณ พ.ศ. 2566"],
        ["ประเด็นการพัฒนา", "แผนงาน/โครงการ", "ตัวชี้วัด", "ค่าเป้าหมาย", "ระยะเวลาดำเนินการ", None, None, None,
         "แหล่งเงิน", "จำนวนเงิน", "หน่วยดำเนินงาน"],
        [None, None, None, None, "ไตรมาส 1", "ไตรมาส 2", "ไตรมาส 3", "ไตรมาส 4", None, "(บาท)", None],
    ]  # fmt: skip
    for number, (name, one) in enumerate(zip(title, baht, strict=True)):
        ticks = ["/" if number % 4 == quarter else None for quarter in range(4)]
        rows.append(["ความมั่นคง", name, "ร้อยละความสำเร็จ", 80, *ticks, "งบจังหวัด", one, "ปค.สท."])
    return Form({"แผน": sheet(*rows, merges=((2, 4, 2, 7),))}, each(title, "budget", baht))


def sources_that_are_ticked(rng: Random) -> Form:
    """Sources of money as columns that hold a tick, beside the amount."""
    title, baht = names(rng, 4), amounts(rng, 4)
    rows: list[list[Cell]] = [
        [TITLE],
        ["ที่", "โครงการ", "แหล่งงบประมาณ", None, None, "งบประมาณ (บาท)"],
        [None, None, "จังหวัด", "กลุ่มจังหวัด", "อปท.", None],
        *[[n + 1, name, *["✓" if n % 3 == k else None for k in range(3)], one]
          for n, (name, one) in enumerate(zip(title, baht, strict=True))],
    ]  # fmt: skip
    merges = ((1, 0, 2, 0), (1, 1, 2, 1), (1, 2, 1, 4), (1, 5, 2, 5))
    return Form({"แผน": sheet(*rows, merges=merges)}, each(title, "budget", baht))


def sources_without_a_sum(rng: Random) -> Form:
    """Sources of money as columns under their own head, without a sum: a project's budget is all of them."""
    title, own = names(rng, 3), [amounts(rng, 3) for _ in range(3)]
    rows: list[list[Cell]] = [
        [TITLE],
        [None, None, None, None, "(หน่วย : บาท)"],
        ["ที่", "โครงการ", "แหล่งงบประมาณ", None, None],
        [None, None, "จังหวัด", "กองทุนยุติธรรม", "เงินสะสมของมูลนิธิ"],
        *[[n, name, *baht] for n, (name, baht) in enumerate(zip(title, own, strict=True), start=1)],
    ]
    merges = ((2, 0, 3, 0), (2, 1, 3, 1), (2, 2, 2, 4))
    return Form({"แผน": sheet(*rows, merges=merges)}, each(title, "budget", [sum(baht) for baht in own]))


def units_below_the_head(rng: Random) -> Form:
    """A row under the head that holds the units only."""
    title, baht = names(rng, 4), amounts(rng, 4)
    rows: list[list[Cell]] = [
        [TITLE],
        ["ที่", "ชื่อโครงการ", "กลุ่มเป้าหมาย", "ได้รับจัดสรร", "เบิกจ่าย", "คงเหลือ"],
        [None, None, "(คน)", "(พันบาท)", "(พันบาท)", "(พันบาท)"],
        *[[n, name, 40 + n, one / 1000, one / 2000, one / 2000]
          for n, (name, one) in enumerate(zip(title, baht, strict=True), start=1)],
    ]  # fmt: skip
    halves = [one // 2 for one in baht]
    truth = (
        each(title, "allocated", baht) + each(title, "disbursed", halves) + each(title, "remaining", halves)
    )
    return Form({"แผน": sheet(*rows)}, truth)


def unit_in_a_footnote(rng: Random) -> Form:
    """The unit only in a note below the table."""
    title, baht = names(rng, 4), amounts(rng, 4)
    rows: list[list[Cell]] = [
        [TITLE],
        ["ที่", "ชื่อโครงการ", "หน่วยงาน", "งบประมาณ"],
        *[
            [n, name, "สยจ.", one / 1000]
            for n, (name, one) in enumerate(zip(title, baht, strict=True), start=1)
        ],
        ["หมายเหตุ : หน่วยเป็นพันบาท"],
    ]
    return Form({"แผน": sheet(*rows)}, each(title, "budget", baht))


def money_first(rng: Random) -> Form:
    """Columns in an odd order: the amount first, the name last; no running numbers, no title."""
    title, baht = names(rng, 5), amounts(rng, 5)
    rows: list[list[Cell]] = [
        ["งบปี 2566 (บาท)", "แหล่งงบ", "ส่วนราชการ", "โครงการ"],
        *[[one, "งบส่วนราชการ", "สยจ.สุโขทัย", name] for name, one in zip(title, baht, strict=True)],
    ]
    return Form({"Sheet1": sheet(*rows)}, each(title, "budget", baht), folder="สุโขทัย", stem="ข้อมูล")


def two_digit_years(rng: Random) -> Form:
    """Years of two digits in the heads: คำขอปี 66, จัดสรรปี 65."""
    title, asked, got = names(rng, 4), amounts(rng, 4), amounts(rng, 4)
    rows: list[list[Cell]] = [
        ["สรุปงบประมาณ จ.สุโขทัย"],
        ["ที่", "งาน/โครงการ", "ได้รับจัดสรร ปี 65", "คำขอ ปี 66"],
        *[[n, *row] for n, row in enumerate(zip(title, got, asked, strict=True), start=1)],
    ]
    truth = each(title, "allocated", got, year=2565) + each(title, "requested", asked)
    return Form({"งบ": sheet(*rows)}, truth)


def persons_and_rates(rng: Random) -> Form:
    """How many, how often and at what rate beside the amount: none of them is the project's money."""
    title, baht = names(rng, 4), amounts(rng, 4)
    rows: list[list[Cell]] = [
        [TITLE],
        ["ที่", "ชื่อโครงการ", "จำนวน (คน)", "จำนวนรุ่น", "งบประมาณต่อคน (บาท)", "งบประมาณ (บาท)", "ผู้ประสานงาน", "โทร."],
        *[[n, name, 100, 2, one / 200, one, "นางสมมติ ทดสอบ", "081-234-5678"]
          for n, (name, one) in enumerate(zip(title, baht, strict=True), start=1)],
    ]  # fmt: skip
    return Form({"แผน": sheet(*rows)}, each(title, "budget", baht))


def target_and_money_with_plan_and_result(rng: Random) -> Form:
    """แผน and ผล under the target, which are people, and under the money."""
    title, plan, paid = names(rng, 4), amounts(rng, 4), amounts(rng, 4)
    rows: list[list[Cell]] = [
        [f"รายงานผลการดำเนินงาน จังหวัดสุโขทัย ปีงบประมาณ {YEAR}"],
        ["ที่", "โครงการ", "เป้าหมาย (คน)", None, "งบประมาณ (บาท)", None],
        [None, None, "แผน", "ผล", "แผน", "ผล"],
        *[
            [n, name, 50, 45, a, b]
            for n, (name, a, b) in enumerate(zip(title, plan, paid, strict=True), start=1)
        ],
    ]
    merges = ((1, 0, 2, 0), (1, 1, 2, 1), (1, 2, 1, 3), (1, 4, 1, 5))
    return Form(
        {"ผล": sheet(*rows, merges=merges)}, each(title, "planned", plan) + each(title, "disbursed", paid)
    )
