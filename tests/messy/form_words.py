"""Words that forms put in other places: alternatives, two languages, stages in titles, rows of shares."""

from __future__ import annotations

from random import Random

from tests.messy.form import TITLE, YEAR, Form, amounts, each, names, said, sheet
from tests.messy.grid import Cell
from tests.messy.in_periods import MONTHS


def names_among_alternatives(rng: Random) -> Form:
    """One column for plans and projects, headed "กลยุทธ์ / โครงการ"; plans state their sums."""
    title, baht = names(rng, 4), amounts(rng, 4)
    rows: list[list[Cell]] = [[TITLE], ["ลำดับ", "กลยุทธ์ / โครงการ", "เงินที่ได้รับ", "ใช้ไป"]]
    for n in range(2):
        two = baht[2 * n : 2 * n + 2]
        rows.append([n + 1, f"กลยุทธ์ที่ {n + 1} ลดข้อพิพาท", sum(two), sum(two) // 2])
        rows += [[f"{n + 1}.{k + 1}", title[2 * n + k], one, one // 2] for k, one in enumerate(two)]
    halves = [one // 2 for one in baht]
    return Form({"แผน": sheet(*rows)}, each(title, "allocated", baht) + each(title, "spent", halves))


def stages_beside_plain_words_for_money(rng: Random) -> Form:
    """The stage stands beside a word for money: จำนวนเงินที่ขอ, วงเงินที่ขอใช้."""
    title, asked, got = names(rng, 3), amounts(rng, 3), amounts(rng, 3)
    rows: list[list[Cell]] = [
        [TITLE],
        ["ที่", "โครงการ", "จำนวนเงินที่ขอรับ (บาท)", "วงเงินที่ได้รับ (บาท)"],
        *[[n, *row] for n, row in enumerate(zip(title, asked, got, strict=True), start=1)],
    ]
    return Form({"แผน": sheet(*rows)}, each(title, "requested", asked) + each(title, "allocated", got))


def rows_that_are_no_projects(rng: Random) -> Form:
    """Below the projects "ฯลฯ", a total that only counts, and what share of the total each column is."""
    title, got, paid = names(rng, 3), amounts(rng, 3), amounts(rng, 3)
    rows: list[list[Cell]] = [
        [TITLE],
        ["ข้อ", "ชื่อโครงการ", "ได้รับจัดสรร (พันบาท)", "เบิกจ่าย (พันบาท)"],
        *[[n, name, a / 1000, b / 1000] for n, (name, a, b) in enumerate(zip(title, got, paid, strict=True), start=1)],
        [None, "ฯลฯ"],
        [None, "รวมทั้งหมด (Grand total)", sum(got) / 1000, sum(paid) / 1000],
        [None, "ร้อยละของงบที่ได้รับ", 100, 37.25],
        [None, "รวมทั้งสิ้น (3 โครงการ)"],
    ]  # fmt: skip
    truth = each(title, "allocated", got) + each(title, "disbursed", paid)
    return Form({"แผน": sheet(*rows)}, truth, silent=True)


def months_whose_stage_the_title_says(rng: Random) -> Form:
    """Months and their sum, and no head that says the stage: the title does."""
    title, own = names(rng, 3), [amounts(rng, 12) for _ in range(3)]
    rows: list[list[Cell]] = [
        [f"ผลการเบิกจ่ายรายเดือน จังหวัดสุโขทัย ปีงบประมาณ {YEAR}"],
        ["โครงการ", *MONTHS, "รวม"],
        *[[name, *baht, sum(baht)] for name, baht in zip(title, own, strict=True)],
    ]
    return Form({"งบ": sheet(*rows)}, each(title, "disbursed", [sum(baht) for baht in own]))


def months_whose_title_says_plan_and_result(rng: Random) -> Form:
    """The title names plan and result together: the columns are of neither, but of a budget."""
    title, own = names(rng, 3), [amounts(rng, 12) for _ in range(3)]
    rows: list[list[Cell]] = [
        [f"แผน/ผลการเบิกจ่ายรายเดือน จังหวัดสุโขทัย ปีงบประมาณ {YEAR}"],
        ["โครงการ", *MONTHS],
        *[[name, *baht] for name, baht in zip(title, own, strict=True)],
    ]
    return Form({"งบ": sheet(*rows)}, each(title, "budget", [sum(baht) for baht in own]))


def sources_in_two_languages(rng: Random) -> Form:
    """Heads in Thai and English; the sum of the sources stands in some rows only."""
    title, own = names(rng, 4), [amounts(rng, 2) for _ in range(4)]
    rows: list[list[Cell]] = [
        [TITLE],
        ["No. ที่", "ชื่อโครงการ (Project)", "แหล่งงบประมาณ (Source of budget)", None, None],
        [None, None, "งบจังหวัด (Area)", "งบ อปท. (Local)", "รวม (Total)"],
        *[
            [n, name, *baht, sum(baht) if n % 2 else None]
            for n, (name, baht) in enumerate(zip(title, own, strict=True), start=1)
        ],
    ]
    merges = ((1, 0, 2, 0), (1, 1, 2, 1), (1, 2, 1, 4))
    return Form({"แผน": sheet(*rows, merges=merges)}, each(title, "budget", [sum(baht) for baht in own]))


def categories_with_what_they_buy(rng: Random) -> Form:
    """Categories as columns, one with what it is made of in brackets, one that may be a source elsewhere; few sums."""
    title, own = names(rng, 4), [amounts(rng, 3) for _ in range(4)]
    rows: list[list[Cell]] = [
        [TITLE],
        ["ที่", "โครงการ", "งบประมาณที่ได้รับจัดสรร", None, None, None],
        [None, None, "งบดำเนินงาน\n(ค่าใช้สอย)", "งบลงทุน", "เงินอุดหนุน", "รวม"],
        *[
            [n, name, *baht, sum(baht) if n % 2 else None]
            for n, (name, baht) in enumerate(zip(title, own, strict=True), start=1)
        ],
    ]
    merges = ((1, 0, 2, 0), (1, 1, 2, 1), (1, 2, 1, 5))
    return Form({"แผน": sheet(*rows, merges=merges)}, each(title, "allocated", [sum(baht) for baht in own]))


def upright_form_without_colons(rng: Random) -> Form:
    """An upright form in two columns whose amount is asked for in words of its own, with บาท behind it."""
    name, baht = names(rng, 1)[0], amounts(rng, 1)[0]
    page = sheet(
        ["แบบขอรับงบประมาณ"],
        ["ชื่อโครงการ", name],
        ["หน่วยงาน", "สำนักงานบังคับคดีจังหวัดสุโขทัย"],
        ["จังหวัด", "สุโขทัย"],
        ["ปีงบประมาณ", str(YEAR)],
        ["วงเงินงบประมาณที่เสนอขอ", f"{baht:,} บาท"],
        ["กลุ่มเป้าหมาย", "ประชาชน 80 คน"],
    )
    return Form({"แบบ": page}, [said(name, "requested", baht)])


def numbers_that_look_like_years(rng: Random) -> Form:
    """Projects numbered beyond 1900 whose amounts may be years, under a head of which one word is known."""
    title = names(rng, 5)
    rows: list[list[Cell]] = [
        [TITLE],
        ["ที่ตั้ง", "โครงการ", "หน่วย งาน", "มูลค่ารวม", "เงินจัดสรร"],
        *[[1950 + n, name, "สยจ.", 2480 + n, 2500 + n] for n, name in enumerate(title)],
    ]
    truth = each(title, "allocated", [2500 + n for n in range(5)])
    return Form({"แผน": sheet(*rows)}, truth)


def titles_of_many_words(rng: Random) -> Form:
    """Two long titles side by side that hold words of heads, above the head."""
    title, baht = names(rng, 4), amounts(rng, 4)
    rows: list[list[Cell]] = [
        ["โครงการที่ได้รับจัดสรรของจังหวัดสุโขทัย ปีงบประมาณ 2566", None, "ผู้ประสานงาน กลุ่มงานยุติธรรมชุมชน"],
        [],
        ["ลำดับ", "ชื่อโครงการ", "หน่วยงาน", "ได้รับจัดสรร"],
        *[[n, name, "สยจ.", one] for n, (name, one) in enumerate(zip(title, baht, strict=True), start=1)],
    ]
    return Form({"แผน": sheet(*rows)}, each(title, "allocated", baht))


def pages_that_carry_their_unit(rng: Random) -> Form:
    """Every page repeats the title with (ต่อ), its number and the unit in one cell; carried sums are of all pages."""
    title, baht = names(rng, 6), amounts(rng, 6)
    rows: list[list[Cell]] = []
    for page in range(3):
        part = slice(page * 2, page * 2 + 2)
        rows += [[TITLE + (" (ต่อ)" if page else "")], [None, None, f"หน้า {page + 1}/3 หน่วย : บาท"]]
        rows += [["ที่", "โครงการ", "ได้รับจัดสรร"]]
        rows += [[None, "ยอดยกมา", sum(baht[: part.start])]] * bool(page)
        rows += [[part.start + k + 1, title[part][k], one] for k, one in enumerate(baht[part])]
        rows += [[None, "- รายการที่ค้างจ่าย"], [None, "ยอดยกไป", sum(baht[: part.stop])], []]
    return Form({"แผน": sheet(*rows)}, each(title, "allocated", baht), silent=True)


def lines_listed_below_activities(rng: Random) -> Form:
    """A line with a dash and no figure below an activity: it heads nothing, and the next activity is its project's."""
    title, baht = names(rng, 2), amounts(rng, 4)
    rows: list[list[Cell]] = [[TITLE], ["ที่", "โครงการ/กิจกรรม", "งบประมาณ (บาท)"]]
    for n, name in enumerate(title):
        one, two = baht[2 * n : 2 * n + 2]
        rows += [[n + 1, name, one + two], [f"{n + 1}.1", "ประชุมชี้แจง", one], [None, "   - ค่าอาหาร 60 คน"]]
        rows += [[f"{n + 1}.2", "อบรม", two]]
    rows.append([None, "รวมทั้งสิ้น 2 โครงการ", sum(baht)])
    return Form(
        {"แผน": sheet(*rows)}, each(title, "budget", [baht[0] + baht[1], baht[2] + baht[3]]), silent=True
    )
