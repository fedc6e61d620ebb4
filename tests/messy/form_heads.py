"""Heads that say one thing in several cells, and columns that repeat, split or sum what others say."""

from __future__ import annotations

from random import Random

from tests.messy.form import TITLE, Form, amounts, each, names, said, sheet
from tests.messy.grid import Cell

_MERGES = ((1, 0, 2, 0), (1, 1, 2, 1))


def short_words_under_money(rng: Random) -> Form:
    """ขอ, ได้รับ, จ่าย and เหลือ under งบประมาณ."""
    title, asked, got = names(rng, 3), amounts(rng, 3), amounts(rng, 3)
    rows: list[list[Cell]] = [
        [TITLE],
        ["ที่", "โครงการ", "งบประมาณ (บาท)", None, None, None],
        [None, None, "ขอ", "ได้รับ", "จ่าย", "เหลือ"],
        *[
            [n, name, a, b, b - 500, 500]
            for n, (name, a, b) in enumerate(zip(title, asked, got, strict=True), start=1)
        ],
    ]
    truth = each(title, "requested", asked) + each(title, "allocated", got)
    truth += each(title, "disbursed", [one - 500 for one in got]) + each(title, "remaining", [500] * 3)
    return Form({"งบ": sheet(*rows, merges=(*_MERGES, (1, 2, 1, 5)))}, truth)


def stages_of_two_years(rng: Random) -> Form:
    """Last year's stages beside what is asked for this year; the groups are years, and nothing is merged."""
    title, got, paid, asked = names(rng, 3), amounts(rng, 3), amounts(rng, 3), amounts(rng, 3)
    rows: list[list[Cell]] = [
        ["สรุปงบประมาณ จังหวัดสุโขทัย"],
        [None, None, "ปีงบประมาณ 2565", None, "ปีงบประมาณ 2566"],
        ["ที่", "โครงการ", "ได้รับจัดสรร", "เบิกจ่าย", "คำขอ"],
        *[[n, *row] for n, row in enumerate(zip(title, got, paid, asked, strict=True), start=1)],
    ]
    truth = each(title, "allocated", got, year=2565) + each(title, "disbursed", paid, year=2565)
    return Form({"งบ": sheet(*rows)}, truth + each(title, "requested", asked))


def head_typed_over_two_rows(rng: Random) -> Form:
    """A head whose words run on in the next row, nothing merged: ชื่อ / โครงการ, งบประมาณ / ที่ได้รับจัดสรร."""
    title, got, paid = names(rng, 3), amounts(rng, 3), amounts(rng, 3)
    rows: list[list[Cell]] = [
        [TITLE],
        ["ลำดับ", "ชื่อ", "หน่วยงาน", "งบประมาณ", "ผลการ"],
        ["ที่", "โครงการ", "รับผิดชอบ", "ที่ได้รับจัดสรร", "เบิกจ่าย"],
        [None, None, None, "(บาท)", "(บาท)"],
        *[
            [n, name, "สยจ.", a, b]
            for n, (name, a, b) in enumerate(zip(title, got, paid, strict=True), start=1)
        ],
    ]
    return Form({"งบ": sheet(*rows)}, each(title, "allocated", got) + each(title, "disbursed", paid))


def sums_of_half_years(rng: Random) -> Form:
    """Quarters with the sum of each half year and of the year."""
    title, own = names(rng, 3), [amounts(rng, 4) for _ in range(3)]
    leaves: list[Cell] = [
        "ไตรมาส 1",
        "ไตรมาส 2",
        "รวมครึ่งปีแรก",
        "ไตรมาส 3",
        "ไตรมาส 4",
        "รวมครึ่งปีหลัง",
        "รวมทั้งปี",
    ]
    rows: list[list[Cell]] = [
        [TITLE],
        ["ที่", "โครงการ", "ผลการเบิกจ่าย (บาท)", *[None] * 6],
        [None, None, *leaves],
        *[[n, name, a, b, a + b, c, d, c + d, a + b + c + d]
          for n, (name, (a, b, c, d)) in enumerate(zip(title, own, strict=True), start=1)],
    ]  # fmt: skip
    truth = each(title, "disbursed", [sum(baht) for baht in own])
    return Form({"ผล": sheet(*rows, merges=(*_MERGES, (1, 2, 1, 8)))}, truth)


def parts_that_no_list_knows(rng: Random) -> Form:
    """What the budget is for, in words of the office's own, and its sum."""
    title, own = names(rng, 3), [amounts(rng, 3) for _ in range(3)]
    rows: list[list[Cell]] = [
        [TITLE],
        ["ที่", "โครงการ", "งบประมาณ (บาท)", None, None, None],
        [None, None, "ค่าอาหาร", "ค่าวิทยากร", "ค่าพาหนะ", "รวม"],
        *[
            [n, name, *baht, sum(baht)]
            for n, (name, baht) in enumerate(zip(title, own, strict=True), start=1)
        ],
    ]
    truth = each(title, "budget", [sum(baht) for baht in own])
    return Form({"งบ": sheet(*rows, merges=(*_MERGES, (1, 2, 1, 5)))}, truth)


def parts_without_a_sum(rng: Random) -> Form:
    """What the budget is for, without its sum: it is all of them."""
    title, own = names(rng, 3), [amounts(rng, 3) for _ in range(3)]
    rows: list[list[Cell]] = [
        [TITLE],
        ["ที่", "โครงการ", "งบประมาณ (บาท)", None, None],
        [None, None, "ค่าอาหาร", "ค่าวิทยากร", "ค่าพาหนะ"],
        *[[n, name, *baht] for n, (name, baht) in enumerate(zip(title, own, strict=True), start=1)],
    ]
    truth = each(title, "budget", [sum(baht) for baht in own])
    return Form({"งบ": sheet(*rows, merges=(*_MERGES, (1, 2, 1, 4)))}, truth)


def instalments(rng: Random) -> Form:
    """What was allocated in two instalments: the project got both."""
    title, first, second = names(rng, 3), amounts(rng, 3), amounts(rng, 3)
    rows: list[list[Cell]] = [
        [TITLE],
        ["ที่", "โครงการ", "ได้รับจัดสรร ครั้งที่ 1", "ได้รับจัดสรร ครั้งที่ 2"],
        *[[n, *row] for n, row in enumerate(zip(title, first, second, strict=True), start=1)],
    ]
    return Form(
        {"งบ": sheet(*rows)}, each(title, "allocated", [a + b for a, b in zip(first, second, strict=True)])
    )


def the_same_stage_twice(rng: Random) -> Form:
    """Two columns that name the same stage and differ: which one is meant is not guessed."""
    title, got, one, two = names(rng, 3), amounts(rng, 3), amounts(rng, 3), amounts(rng, 3)
    rows: list[list[Cell]] = [
        [TITLE],
        ["ที่", "โครงการ", "ได้รับจัดสรร", "เบิกจ่าย", "เบิกจ่าย"],
        *[[n, *row] for n, row in enumerate(zip(title, got, one, two, strict=True), start=1)],
    ]
    return Form({"งบ": sheet(*rows)}, each(title, "allocated", got), rules={"column_repeated"})


def percentages_that_are_fractions(rng: Random) -> Form:
    """The share of each project in the whole, and of the target, without the word for a percentage in the leaf."""
    title, got, paid = names(rng, 3), amounts(rng, 3), amounts(rng, 3)
    rows: list[list[Cell]] = [
        [TITLE],
        ["ที่", "โครงการ", "งบประมาณ (บาท)", "ผลการเบิกจ่าย", None],
        [None, None, None, "บาท", "%"],
        *[
            [n, name, a, b, 0.45]
            for n, (name, a, b) in enumerate(zip(title, got, paid, strict=True), start=1)
        ],
    ]
    truth = each(title, "budget", got) + each(title, "disbursed", paid)
    return Form({"งบ": sheet(*rows, merges=(*_MERGES, (1, 2, 2, 2), (1, 3, 1, 4)))}, truth)


def numbers_with_dots(rng: Random) -> Form:
    """Running numbers typed as "1." and "๒)"; a heading without a number states its sum."""
    title, baht = names(rng, 4), amounts(rng, 4)
    marks = ["1.", "2.", "๓.", "(4)"]
    rows: list[list[Cell]] = [[TITLE], ["ลำดับ", "โครงการ", "งบประมาณ"]]
    for part in (slice(0, 2), slice(2, 4)):
        rows.append([None, f"แผนงานที่ {part.start // 2 + 1}", sum(baht[part])])
        rows += [list(row) for row in zip(marks[part], title[part], baht[part], strict=True)]
    rows.append([None, "รวมงบประมาณทั้งจังหวัด", sum(baht)])
    return Form({"งบ": sheet(*rows)}, each(title, "budget", baht), silent=True)


def counted_at_the_end(rng: Random) -> Form:
    """The grand total says only how many projects there are."""
    title, baht = names(rng, 4), amounts(rng, 4)
    rows: list[list[Cell]] = [
        [TITLE],
        ["โครงการ", "หน่วยงาน", "งบประมาณ"],
        *[[name, "สยจ.", one] for name, one in zip(title, baht, strict=True)],
        ["จำนวน 4 โครงการ", None, sum(baht)],
    ]
    return Form({"งบ": sheet(*rows)}, each(title, "budget", baht), silent=True)


def items_beside_the_project(rng: Random) -> Form:
    """A project's name once, its items with their amounts beside and below it, nothing merged."""
    title, baht = names(rng, 2), amounts(rng, 6)
    rows: list[list[Cell]] = [[TITLE], ["ที่", "โครงการ", "รายการ", "งบประมาณ"]]
    for n, name in enumerate(title):
        rows.append([n + 1, name, "ค่าตอบแทน", baht[3 * n]])
        rows += [[None, None, text, baht[3 * n + k]] for k, text in ((1, "ค่าอาหาร"), (2, "ค่าวัสดุ"))]
    truth = [said(name, "budget", sum(baht[3 * n : 3 * n + 3])) for n, name in enumerate(title)]
    return Form({"งบ": sheet(*rows)}, truth)


def provinces_over_strategies(rng: Random) -> Form:
    """Rows that name the province, below each rows that name the strategy, and a subtotal of each province."""
    title, baht = names(rng, 4), amounts(rng, 4)
    rows: list[list[Cell]] = [["แผนงานโครงการ ปีงบประมาณ 2566"], ["ลำดับ", "โครงการ", "งบประมาณ"]]
    for place, province in enumerate(("สุโขทัย", "ราชบุรี")):
        part = slice(2 * place, 2 * place + 2)
        rows += [[f"{place + 1}. จังหวัด{province}"], ["ยุทธศาสตร์ที่ 1 ความเป็นธรรม"]]
        rows += [[n, *row] for n, row in enumerate(zip(title[part], baht[part], strict=True), start=1)]
        rows.append([None, f"รวมจังหวัด{province}", sum(baht[part])])
    truth = each(title[:2], "budget", baht[:2])
    truth += [said(name, "budget", one, province="70") for name, one in zip(title[2:], baht[2:], strict=True)]
    return Form({"งบ": sheet(*rows)}, truth)


def stages_beside_the_word_for_budget(rng: Random) -> Form:
    """Heads that join a longer word for money with a shorter one for its stage."""
    title, own = names(rng, 3), [amounts(rng, 6) for _ in range(3)]
    heads = {
        "requested": "งบประมาณตามคำขอ", "allocated": "วงเงินงบประมาณจัดสรร", "planned": "เป้าหมายการเบิกจ่าย",
        "disbursed": "จำนวนเงินเบิกจ่าย", "committed": "งบประมาณผูกพัน", "remaining": "งบประมาณคงเหลือ",
    }  # fmt: skip
    rows: list[list[Cell]] = [[TITLE], ["ที่", "โครงการ", *heads.values()]]
    rows += [[n, name, *baht] for n, (name, baht) in enumerate(zip(title, own, strict=True), start=1)]
    truth = [
        said(name, measure, one)
        for name, baht in zip(title, own, strict=True)
        for measure, one in zip(heads, baht, strict=True)
    ]
    return Form({"งบ": sheet(*rows)}, truth)


def difference_of_two_years(rng: Random) -> Form:
    """Last year's money, this year's, and how much it is more or less, which is no transfer; costs as the budget."""
    title, one, two = names(rng, 3), amounts(rng, 3), amounts(rng, 3)
    rows: list[list[Cell]] = [
        ["ค่าใช้จ่ายโครงการ จังหวัดสุโขทัย"],
        ["ที่", "โครงการ", "ค่าใช้จ่าย ปี 2565", "ค่าใช้จ่าย ปี 2566", "เพิ่ม/ลด"],
        *[
            [n, name, a, b, b - a]
            for n, (name, a, b) in enumerate(zip(title, one, two, strict=True), start=1)
        ],
    ]
    return Form({"งบ": sheet(*rows)}, each(title, "budget", one, year=2565) + each(title, "budget", two))


def years_that_are_numbers(rng: Random) -> Form:
    """Years typed as numbers under the budget, and how far along the project is."""
    title, own = names(rng, 3), [amounts(rng, 3) for _ in range(3)]
    rows: list[list[Cell]] = [
        ["โครงการตามแผนพัฒนา จังหวัดสุโขทัย"],
        ["ที่", "โครงการ", "งบประมาณ (บาท)", None, None, "ความก้าวหน้า", "หน่วยงาน/ผู้รับผิดชอบ"],
        [None, None, 2565, 2566, 2567, None, None],
        *[
            [n, name, *baht, "50 %", "สยจ."]
            for n, (name, baht) in enumerate(zip(title, own, strict=True), start=1)
        ],
    ]
    truth = [
        said(name, "budget", one, year=year)
        for name, baht in zip(title, own, strict=True)
        for year, one in zip((2565, 2566, 2567), baht, strict=True)
    ]
    return Form({"งบ": sheet(*rows, merges=(*_MERGES, (1, 2, 1, 4), (1, 5, 2, 5), (1, 6, 2, 6)))}, truth)


def plans_categories_and_items(rng: Random) -> Form:
    """Plan, project, category and item in columns, as a budget document has them; the title names no bill."""
    title, baht = names(rng, 4), amounts(rng, 4)
    rows: list[list[Cell]] = [
        [TITLE],
        ["แผนงาน", "ชื่อโครงการ", "งบรายจ่าย", "รายการ", "จำนวนเงิน"],
        *[["แผนงานพื้นฐาน", name, "งบดำเนินงาน", "ค่าใช้สอย", one] for name, one in zip(title, baht, strict=True)],
    ]
    return Form({"งบ": sheet(*rows)}, each(title, "budget", baht))
