"""Projects that stand in several rows: a row for each stage, category or source; lists that are lettered."""

from __future__ import annotations

from random import Random

from tests.messy.form import TITLE, YEAR, Form, amounts, each, names, said, sheet
from tests.messy.grid import Cell


def plan_and_result_in_rows(rng: Random) -> Form:
    """A row for the plan and one for the result of every project, quarters across, a total of two rows."""
    title = names(rng, 3)
    own = [(amounts(rng, 4), amounts(rng, 4)) for _ in title]
    rows: list[list[Cell]] = [[TITLE], ["ที่", "โครงการ", None, *[f"ไตรมาส {n}" for n in (1, 2, 3, 4)], "รวม"]]
    for n, (name, (plan, paid)) in enumerate(zip(title, own, strict=True), start=1):
        rows += [[n, name, "แผน", *plan, sum(plan)], [None, None, "ผล", *paid, sum(paid)]]
    for label, place in (("แผน", 0), ("ผล", 1)):
        sums = [sum(pair[place][quarter] for pair in own) for quarter in range(4)]
        rows.append([None, None if place else "รวมทั้งสิ้น", label, *sums, sum(sums)])
    truth = each(title, "planned", [sum(plan) for plan, _ in own])
    return Form({"งบ": sheet(*rows)}, truth + each(title, "disbursed", [sum(paid) for _, paid in own]))


def result_that_was_left_blank(rng: Random) -> Form:
    """Plan and result in rows, names merged; nothing was paid yet for one project, and a budget stands beside."""
    title, baht, plan = names(rng, 3), amounts(rng, 3), amounts(rng, 3)
    rows: list[list[Cell]] = [[TITLE], ["ที่", "โครงการ", "งบประมาณ (บาท)", "แผน/ผล", "ต.ค.", "พ.ย."]]
    merges = []
    for n, (name, whole, one) in enumerate(zip(title, baht, plan, strict=True)):
        top = len(rows)
        rows += [[n + 1, name, whole, "แผน", one, one], [None, None, None, "ผล", *([one, None] if n else [])]]
        merges += [(top, column, top + 1, column) for column in (0, 1, 2)]
    truth = each(title, "budget", baht) + each(title, "planned", [2 * one for one in plan])
    return Form({"งบ": sheet(*rows, merges=tuple(merges))}, truth + each(title[1:], "disbursed", plan[1:]))


def stages_against_their_columns(rng: Random) -> Form:
    """Rows say one stage, and the head of their column another: refused and told, never taken for either."""
    title, baht = names(rng, 3), amounts(rng, 3)
    rows: list[list[Cell]] = [[TITLE], ["ที่", "โครงการ", "รายการเงิน", "เบิกจ่ายแล้ว (บาท)"]]
    for n, (name, one) in enumerate(zip(title, baht, strict=True), start=1):
        rows += [[n, name, "คำขอ", one], [None, None, "จัดสรร", one]]
    return Form({"งบ": sheet(*rows)}, [], rules={"table_refused"})


def a_row_for_each_stage(rng: Random) -> Form:
    """Data as a system gives it: one row for each project and stage, not next to each other."""
    title, asked, got, paid = names(rng, 3), amounts(rng, 3), amounts(rng, 3), amounts(rng, 3)
    stages = (("เสนอขอ", asked), ("จัดสรร", got), ("เบิกจ่าย", paid))
    rows: list[list[Cell]] = [
        ["ลำดับ", "จังหวัด", "ปีงบประมาณ", "ชื่อโครงการ", "ขั้นตอนงบประมาณ", "จำนวนเงิน"],
        *[
            [3 * place + n, "สุโขทัย", YEAR, name, words, one]
            for place, (words, baht) in enumerate(stages)
            for n, (name, one) in enumerate(zip(title, baht, strict=True), start=1)
        ],
    ]
    truth = each(title, "requested", asked) + each(title, "allocated", got) + each(title, "disbursed", paid)
    return Form({"data": sheet(*rows)}, truth)


def a_row_without_its_stage(rng: Random) -> Form:
    """A row of data names no stage: its amount is told, and of none."""
    title, got = names(rng, 3), amounts(rng, 3)
    rows: list[list[Cell]] = [
        [TITLE],
        ["โครงการ", "ขั้นตอน", "จำนวนเงิน"],
        [title[0], "จัดสรร", got[0]],
        [title[0], "เบิกจ่าย", got[1]],
        [title[1], "จัดสรร", got[2]],
        [title[2], None, 5000],
    ]
    truth = [said(title[0], "allocated", got[0]), said(title[0], "disbursed", got[1])]
    truth.append(said(title[1], "allocated", got[2]))
    return Form({"data": sheet(*rows)}, truth, rules={"stage_missing"})


def a_row_for_each_category(rng: Random) -> Form:
    """A row for each expense category, the name above left standing; some projects state their own sum."""
    title, own = names(rng, 3), [amounts(rng, 2) for _ in range(3)]
    rows: list[list[Cell]] = [[TITLE], ["ที่", "โครงการ", "หมวดรายจ่าย", "ได้รับจัดสรร (บาท)"]]
    for n, (name, (one, two)) in enumerate(zip(title, own, strict=True)):
        rows += [[n + 1, name, "งบลงทุน", one], [None, None, "งบรายจ่ายอื่น", two]]
        rows += [[None, None, "รวม", one + two]] * (n % 2)
    rows.append([None, "รวมทั้งสิ้น", None, sum(map(sum, own))])
    return Form({"งบ": sheet(*rows)}, each(title, "allocated", [sum(baht) for baht in own]))


def a_row_for_each_source(rng: Random) -> Form:
    """The name merged down over a row for each source of money, the amount of each beside it."""
    title, own = names(rng, 3), [amounts(rng, 2) for _ in range(3)]
    rows: list[list[Cell]] = [[TITLE], ["ที่", "โครงการ", "แหล่งเงิน", "งบประมาณ (บาท)"]]
    merges = []
    for n, (name, (one, two)) in enumerate(zip(title, own, strict=True), start=1):
        merges += [(len(rows), column, len(rows) + 1, column) for column in (0, 1)]
        rows += [[n, name, "งบจังหวัด", one], [None, None, "เงินบริจาค", two]]
    form = sheet(*rows, merges=tuple(merges))
    return Form({"งบ": form}, each(title, "budget", [sum(baht) for baht in own]))


def plans_that_are_lettered(rng: Random) -> Form:
    """ก. ข. above projects numbered in Thai digits, the letter in the column of numbers; plans state their sums."""
    title, baht = names(rng, 4), amounts(rng, 4)
    rows: list[list[Cell]] = [[TITLE], ["ลำดับ", "งาน / โครงการ", "หน่วยงาน", "คำของบประมาณ"]]
    for n, letter in enumerate("กข"):
        rows.append([f"{letter}.", f"งานพัฒนากลุ่มที่ {n + 1}", None, sum(baht[2 * n : 2 * n + 2])])
        rows += [[f"{'๑๒'[k]})", title[2 * n + k], "สยจ.", baht[2 * n + k]] for k in range(2)]
    rows.append([None, "รวมทั้ง ๒ งาน", None, sum(baht)])
    return Form({"แผน": sheet(*rows)}, each(title, "requested", baht))


def plans_lettered_in_the_names(rng: Random) -> Form:
    """ก. above 1. above a dash, all in one column with the names."""
    title, baht = names(rng, 3), amounts(rng, 6)
    sums = [baht[2 * n] + baht[2 * n + 1] for n in range(3)]
    rows: list[list[Cell]] = [[TITLE], ["งาน/โครงการ", "เงินที่จัดสรร (บาท)"]]
    for letter, part in (("ก", slice(0, 2)), ("ข", slice(2, 3))):
        rows.append([f"{letter}. ส่วนงานยุติธรรม", sum(sums[part])])
        for n in range(3)[part]:
            rows.append([f"{n + 1}. {title[n]}", sums[n]])
            rows += [[f"  - {text}", baht[2 * n + k]] for k, text in enumerate(("ค่าอาหาร", "ค่าวัสดุ"))]
    rows.append(["รวมทั้งสิ้น", sum(sums)])
    return Form(
        {"แผน": sheet(*rows)}, each([f"{n + 1}. {name}" for n, name in enumerate(title)], "allocated", sums)
    )


def provinces_named_once(rng: Random) -> Form:
    """The province stands in the first row of its projects only, and nothing is merged: filled down, and told."""
    title, baht = names(rng, 6), amounts(rng, 6)
    places = ["จ.น่าน", None, None, "จ.แพร่", None, None]
    codes = ["55", "55", "55", "54", "54", "54"]
    rows: list[list[Cell]] = [
        ["แผนงานโครงการ ปีงบประมาณ พ.ศ. 2566"],
        ["จังหวัด", "โครงการ", "งบประมาณ (บาท)"],
        *[list(row) for row in zip(places[:3], title[:3], baht[:3], strict=True)],
        ["รวม จ.น่าน", None, sum(baht[:3])],
        *[list(row) for row in zip(places[3:], title[3:], baht[3:], strict=True)],
    ]
    truth = [
        said(name, "budget", one, province=code) for name, one, code in zip(title, baht, codes, strict=True)
    ]
    return Form({"แผน": sheet(*rows)}, truth, rules={"province_filled_down"})


def a_province_that_was_left_out(rng: Random) -> Form:
    """One of several rows names no province, and each of the others its own: refused and told."""
    title, baht = names(rng, 5), amounts(rng, 5)
    places = ["น่าน", "แพร่", None, "ลำปาง", "ลำพูน"]
    rows: list[list[Cell]] = [
        ["แผนงานโครงการ ปีงบประมาณ พ.ศ. 2566"],
        ["จังหวัด", "โครงการ", "งบประมาณ (บาท)"],
        *[list(row) for row in zip(places, title, baht, strict=True)],
    ]
    said_of = zip(title, baht, ["55", "54", None, "52", "51"], strict=True)
    truth = [said(name, "budget", one, province=code) for name, one, code in said_of if code]
    return Form({"แผน": sheet(*rows)}, truth, rules={"province_missing"})


def money_kept_for_next_year(rng: Random) -> Form:
    """What is carried over, with and without a contract and in sum; heads merged over columns of which one is empty."""
    title, own = names(rng, 3), [amounts(rng, 2) for _ in range(3)]
    rows: list[list[Cell]] = [
        [TITLE],
        ["ที่", "โครงการ", "ขอรับจัดสรร", None, "เงินกันไว้เบิกเหลื่อมปี (บาท)", None, None],
        [None, None, None, None, "มีหนี้ผูกพัน", "ไม่มีหนี้ผูกพัน", "รวม"],
        ["แผนงานที่ 1 ความเป็นธรรม"],
        *[
            [n, name, sum(baht), None, *baht, sum(baht)]
            for n, (name, baht) in enumerate(zip(title, own, strict=True), start=1)
        ],
    ]
    merges = ((1, 0, 2, 0), (1, 1, 2, 1), (1, 2, 2, 3), (1, 4, 1, 6), (3, 0, 3, 6))
    sums = [sum(baht) for baht in own]
    truth = each(title, "requested", sums) + each(title, "carried_over", sums)
    return Form({"กันเงิน": sheet(*rows, merges=merges)}, truth)
