"""The errors that are planted in the rich form, one a workbook."""

from __future__ import annotations

from datetime import date

from tests.planted.form import FIRST, LAST, MONEY, NAMES, TOTAL, Planted, add_up, move_row, rows_of

CLEAN = add_up(rows_of("ก"))


def at(letter: str, row: int, times: float = 1, more: int = 0) -> float:
    """What stands in a cell where nothing is wrong, changed."""
    return CLEAN[f"{letter}{row}"] * times + more


def thousandfold(row: int) -> dict[str, float]:
    """A row whose money is written in another unit."""
    return {f"{letter}{row}": at(letter, row, 1000) for letter in MONEY}


ANY = frozenset
MISSUM = frozenset({"total_mismatch"})
UNREAD = frozenset({"total_mismatch", "amount_net_adds_up", "amount_remaining_adds_up", "project_equal_rows"})
TYPO = f"โครงการ{NAMES[1]}".replace("เสพติด", "เสพติต")

CELLS = (
    Planted("amount_grouped_wrong", "amount_unreadable", "J6", after={"J6": "120,3,00"}, also=UNREAD),
    Planted("amount_in_words", "amount_unreadable", "J7", after={"J7": "ประมาณสองแสน"}, also=UNREAD),
    Planted("amount_two_numbers", "amount_unreadable", "M8", after={"M8": "5,000 ถึง 6,000"}, also=UNREAD),
    Planted("amount_date", "amount_is_date", "M9", after={"M9": date(2022, 3, 1)}, also=UNREAD),
    Planted("amount_broken_formula", "cell_error", "N5", after={"N5": "#REF!"}, also=UNREAD),
    Planted("amount_not_found", "cell_error", "N6", after={"N6": "#N/A"}, also=UNREAD),
    Planted(
        "amount_with_other_unit", "amount_unit_suspect", "J9", after={"J9": "538800.0000ล้านบาท"}, also=UNREAD
    ),
    Planted("name_missing", "project_name_missing", "B9", {"B9": None}, also=frozenset({"count_mismatch"})),
    Planted("name_short", "project_name_length_plausible", "5:5", {"B5": "กขค"}),
    Planted(
        "amounts_missing", "project_without_amount", "8:8", dict.fromkeys([f"{c}8" for c in [*MONEY, "Q"]])
    ),
    Planted("kpi_missing", "project_kpi_missing", "E7", {"E7": None}),
    Planted("measure_missing", "project_measure_unit_missing", "F8", {"F8": None}),
    Planted("plan_missing", "project_plan_missing", "C5", {"C5": None}),
    Planted("agency_missing", "project_agency_missing", "D6", {"D6": None}),
    Planted("fund_missing", "project_fund_missing", "I7", {"I7": None}),
    Planted("kpi_dash", "project_kpi_missing", "E12", {"E12": " "}),
    Planted("starts_early", "project_starts_in_fiscal_year", "G6", {"G6": date(2019, 10, 5)}),
    Planted("starts_in_year_before", "project_starts_in_fiscal_year", "G7", {"G7": date(2021, 9, 30)}),
    Planted("ends_late", "project_ends_in_fiscal_year", "H9", {"H9": date(2024, 9, 30)}),
    Planted("ends_after_last_day", "project_ends_in_fiscal_year", "H10", {"H10": date(2022, 10, 1)}),
    Planted("dates_backwards", "period_backwards", "H5", {"H5": date(2021, 10, 1)}),
    Planted("date_impossible", "date_impossible", "G8", {"G8": "31 ก.พ. 2565"}),
    Planted("personal_number", "personal_data", "R5", {"R5": "ติดต่อ 1101800000003"}),
    Planted("personal_phone", "personal_data", "R6", {"R6": "โทร 081-234-5678"}),
)
IDENTITIES = (
    Planted(
        "disbursed_negative",
        "amount_not_negative",
        "M5",
        {"M5": -5_000},
        also=frozenset({"amount_spent_adds_up", "amount_remaining_adds_up"}),
    ),
    Planted(
        "remaining_negative",
        "amount_remaining_negative",
        "P6",
        {"P6": -at("P", 6)},
        also=frozenset({"amount_remaining_adds_up"}),
    ),
    Planted(
        "disbursed_over_net",
        "amount_disbursed_within_net",
        "N7",
        {"N7": at("L", 7, more=5_000)},
        also=frozenset({"amount_spent_adds_up", "percent_recomputed", "amount_remaining_adds_up"}),
    ),
    Planted(
        "net_wrong",
        "amount_net_adds_up",
        "L8",
        {"L8": at("L", 8, more=9_000)},
        also=frozenset({"amount_remaining_adds_up", "percent_recomputed"}),
    ),
    Planted(
        "net_without_transfer",
        "amount_net_adds_up",
        "L9",
        {"L9": at("J", 9)},
        also=frozenset({"amount_remaining_adds_up", "percent_recomputed"}),
    ),
    Planted(
        "spent_wrong",
        "amount_spent_adds_up",
        "O10",
        {"O10": at("O", 10, more=1_000)},
        also=frozenset({"amount_remaining_adds_up"}),
    ),
    Planted(
        "spent_without_committed",
        "amount_spent_adds_up",
        "O11",
        {"O11": at("N", 11)},
        also=frozenset({"amount_remaining_adds_up"}),
    ),
    Planted("remaining_wrong", "amount_remaining_adds_up", "P12", {"P12": at("P", 12, more=700)}),
    Planted("remaining_of_other_form", "amount_remaining_adds_up", "P13", {"P13": at("L", 13) - at("N", 13)}),
    Planted("percent_wrong", "percent_recomputed", "Q14", {"Q14": at("Q", 14, more=10)}),
    Planted("percent_of_other_row", "percent_recomputed", "Q15", {"Q15": at("Q", 4)}),
    Planted(
        "amount_tiny",
        "amount_too_small",
        "M5",
        {"M5": 41},
        also=frozenset({"amount_spent_adds_up", "amount_remaining_adds_up", "percent_recomputed"}),
    ),
    Planted("row_in_other_unit", "amount_out_of_scale", "J6", thousandfold(6)),
    Planted(
        "row_in_thousands",
        "amount_out_of_scale",
        "N7",
        {f"{c}7": at(c, 7, 0.001) for c in MONEY},
        also=frozenset({"amount_too_small", "amount_net_adds_up"}),
    ),
    Planted(
        "amount_huge",
        "amount_too_large",
        "J8",
        {f"{c}8": at(c, 8, 1_000_000) for c in MONEY},
        also=frozenset({"amount_out_of_scale"}),
    ),
)
TOTALS = (
    Planted(
        "total_lacks_row",
        "total_mismatch",
        f"J{TOTAL}",
        after={f"J{TOTAL}": at("J", TOTAL) - at("J", 9)},
        explains="ต่างเท่ากับแถว 9 พอดี: ยอดรวมที่พิมพ์ไว้อาจไม่ได้รวมแถวนี้",
    ),
    Planted(
        "total_has_row_twice",
        "total_mismatch",
        f"L{TOTAL}",
        after={f"L{TOTAL}": at("L", TOTAL) + at("L", 7)},
        explains="ต่างเท่ากับแถว 7 พอดี: ยอดรวมที่พิมพ์ไว้อาจรวมแถวนี้ซ้ำ",
    ),
    Planted(
        "total_lacks_last_rows",
        "total_mismatch",
        f"N{TOTAL}",
        after={f"N{TOTAL}": sum(at("N", row) for row in range(FIRST, LAST - 1))},
        explains="ต่างเท่ากับแถว 14-15 รวมกันพอดี",
    ),
    Planted(
        "total_in_thousands",
        "total_unit_suspect",
        f"J{TOTAL}",
        after={f"J{TOTAL}": at("J", TOTAL, 0.001)},
        also=MISSUM,
    ),
    Planted(
        "total_swapped",
        "total_mismatch",
        f"J{TOTAL}",
        after={
            f"J{TOTAL}": int(
                str(CLEAN[f"J{TOTAL}"])[1] + str(CLEAN[f"J{TOTAL}"])[0] + str(CLEAN[f"J{TOTAL}"])[2:]
            )
        },
        explains="สลับหลัก",
    ),
    Planted(
        "total_digit_lost",
        "total_mismatch",
        f"L{TOTAL}",
        after={f"L{TOTAL}": int(str(CLEAN[f"L{TOTAL}"])[:2] + str(CLEAN[f"L{TOTAL}"])[3:])},
        explains="หนึ่งหลัก",
    ),
    Planted(
        "row_swapped",
        "total_mismatch",
        f"M{TOTAL}",
        after={"M13": 1_700},
        explains="แถว 13 พิมพ์ตัวเลขสลับหลักกัน",
        also=frozenset({"amount_spent_adds_up", "amount_remaining_adds_up"}),
    ),
    Planted(
        "row_digit_lost",
        "total_mismatch",
        f"M{TOTAL}",
        after={"M12": 680},
        explains="แถว 12 พิมพ์ตัวเลขตกหรือเกินหนึ่งหลัก",
        also=frozenset({"amount_spent_adds_up", "amount_remaining_adds_up"}),
    ),
    Planted(
        "unreadable_in_total",
        "total_mismatch",
        f"M{TOTAL}",
        after={"M8": "รอแจ้ง"},
        explains="แถว 8 อ่านจำนวนเงินไม่ได้",
        also=frozenset({"amount_unreadable", "amount_remaining_adds_up", "amount_spent_adds_up"}),
    ),
    Planted("count_too_many", "count_mismatch", f"B{TOTAL}", after={f"B{TOTAL}": "รวม 13 โครงการ"}),
    Planted("count_too_few", "count_mismatch", f"B{TOTAL}", after={f"B{TOTAL}": "รวมทั้งสิ้น ๑๑ โครงการ"}),
    Planted(
        "row_missing",
        "total_mismatch",
        f"J{TOTAL}",
        explains="ลำดับที่ 6 ไม่มีในตาราง",
        also=frozenset({"count_mismatch"}),
        after=dict.fromkeys([f"{chr(ord('A') + index)}9" for index in range(18)]),
    ),
)
ROWS = (
    Planted("row_repeated", "project_equal_rows", "10:10", move_row(CLEAN, 5, 10)),
    Planted("name_misspelt", "project_near_duplicate", "B11", move_row(CLEAN, 5, 11) | {"B11": TYPO}),
    Planted(
        "two_agencies",
        "project_counted_by_two_agencies",
        "D12",
        move_row(CLEAN, 5, 12) | {"D12": "เรือนจำกลางแห่งหนึ่ง"},
    ),
    Planted("agency_misspelt", "agency_spelled_differently", "D5", {"D5": "สำนักงานคุมประพฤต"}),
    Planted("agency_misspelt_again", "agency_spelled_differently", "D6", {"D6": "สำนักงานยุตธรรมจังหวัด"}),
)
ERRORS = (*CELLS, *IDENTITIES, *TOTALS, *ROWS)
