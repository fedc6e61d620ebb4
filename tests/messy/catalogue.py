"""Every defect with what it lays claim to: two that claim the same thing never meet in one sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import ModuleType

from tests.messy import in_cells, in_columns, in_file, in_periods, in_place, in_plan, in_rows, in_sheet
from tests.messy.plan import Book

_CLAIMS: dict[ModuleType, dict[str, str]] = {
    in_plan: {
        "several_measures": "columns",
        "percent_column": "columns",
        "bare_budget": "columns",
        "expense_categories": "columns head",
        "groups_of_two_rows": "columns head",
        "groups_of_three_rows": "columns head",
        "equal_rows": "activities",
        "names_that_begin_with_total": "names",
        "activities_in_rows_below": "columns activities values",
        "name_merged_over_activities": "columns activities values merges",
        "name_merged_over_amounts": "columns activities values merges",
        "amounts_with_satang": "columns values unit",
        "blank_amounts": "values",
        "dash_amounts": "values",
        "unreadable_amounts": "values",
        "words_for_no_budget": "values",
        "without_running_numbers": "numbers",
        "unknown_columns": "unknown",
        "people_responsible": "people",
        "province_in_column": "province",
        "province_in_runs": "province",
        "province_by_other_names": "province",
        "year_in_column_in_words": "year",
        "year_in_column": "year",
        "year_in_column_two_digits": "year",
    },
    in_periods: {
        "wide_years": "columns head year",
        "wide_years_two_digits": "columns head year",
        "wide_years_with_total": "columns head year unit",
        "quarters_with_total": "columns head",
        "quarters_with_total_first": "columns head",
        "quarters_without_total": "columns head",
        "quarters_with_plan_and_actual": "columns head",
        "months_alone": "columns head",
        "months_with_plan_and_actual": "columns head",
        "months_in_quarters": "columns head",
        "quarters_of_two_measures": "columns head",
    },
    in_columns: {
        "names_like_sections": "names",
        "long_names": "long_names",
        "name_on_the_first_row_only": "columns activities values merges head",
        "sources_of_money": "columns head",
        "units_that_differ": "columns unit",
        "other_words_for_stages": "columns",
        "paid_and_committed_with_sum": "columns",
        "year_in_head": "columns year",
        "other_words_for_names": "name_head",
        "targets_that_are_numbers": "targets",
        "time_and_note": "note",
        "citizen_numbers_in_notes": "note",
        "zero_amounts": "values",
        "activities_numbered_below": "columns activities values numbers",
    },
    in_place: {
        "titles_above": "titles",
        "group_heads_not_merged": "merges",
        "column_numbers": "column_numbers",
        "column_numbers_plain": "column_numbers",
        "groups_in_text": "text",
        "months_in_text": "text",
        "unit_in_brackets": "unit",
        "unit_beside_title": "unit has_title titles merges",
        "date_in_title": "title_dates",
        "years_of_plan_in_title": "title_dates",
        "titles_merged": "merges",
        "names_of_last_versions": "stamp",
        "unit_cell_baht": "unit",
        "unit_cell_thousand": "unit",
        "unit_cell_million": "unit",
        "unit_in_head_thousand": "unit",
        "unit_in_head_million": "unit",
        "unit_in_title_million": "unit has_title",
        "province_in_folder": "province",
        "province_in_file_name": "province",
        "province_in_sheet_name": "province sheet_name",
        "province_by_its_office": "province",
        "province_shortened": "province",
        "year_in_file_name": "year",
        "year_in_sheet_name": "year sheet_name",
        "year_in_folder": "year",
        "year_of_two_digits": "year",
        "year_shortened": "year",
        "no_title": "province year has_title",
    },
    in_rows: {
        "province_merged_down": "merges sections pages blank_rows activities",
        "sections": "sections",
        "sections_merged": "sections merges",
        "sections_with_subtotals": "sections",
        "sections_with_plain_subtotals": "sections total",
        "sections_that_hold_subtotals": "sections",
        "sections_numbered": "sections numbers activities",
        "sections_in_the_names": "sections",
        "sections_of_two_levels": "sections",
        "numbers_start_again": "sections numbers",
        "total_at_the_end": "total",
        "total_under_the_names": "total",
        "total_that_counts": "total",
        "total_over_merged_cells": "total merges",
        "total_beside_the_amounts": "total",
        "total_in_many_words": "total",
        "total_with_spaces": "total",
        "total_after_a_blank_row": "total",
        "blank_row_under_the_head": "under_head beside",
        "rows_left_blank": "numbers total pages sections",
        "total_at_the_top": "total",
        "head_on_every_page": "pages",
        "totals_of_pages": "pages total sections",
        "blank_rows": "blank_rows",
        "notes_below": "below",
        "signature_block": "below",
    },
    in_cells: {
        "minus_in_brackets": "minus",
        "thai_digits": "amount_text",
        "amounts_with_tail": "amount_text unit",
        "amounts_with_baht": "amount_text unit",
        "amounts_in_words": "amount_text unit",
        "amounts_in_many_styles": "amount_text unit",
        "amounts_with_whole_baht": "amount_text unit",
        "amounts_as_text": "amount_text",
        "amounts_without_commas": "amount_text",
        "line_breaks_in_heads": "head_text",
        "spaces_in_heads": "head_text",
        "decomposed_am": "am",
        "doubled_marks": "marks",
        "zero_width_spaces": "encoding",
        "no_break_spaces": "encoding",
        "broken_names": "name_text",
    },
    in_sheet: {
        "second_table_below": "below sheets",
        "second_table_beside": "below beside sheets head pages sections total activities blank_rows province year"
        " column_numbers",
        "summary_table_below": "below sheets",
        "spacer_column": "below beside merges",
        "second_sheet": "container sheets",
        "sheet_for_each_year": "container sheets province year sheet_name has_title merges",
        "sheet_for_each_province": "container sheets province year sheet_name has_title merges",
        "cover_sheet": "container sheets",
        "hidden_sheet": "container sheets",
        "empty_rows_and_columns_first": "offset",
    },
    in_file: {
        "csv_utf8": "container sheet_name merges",
        "csv_with_mark": "container sheet_name merges",
        "csv_cp874": "container sheet_name merges encoding",
        "csv_semicolons": "container sheet_name merges",
        "text_with_tabs": "container sheet_name merges",
        "html_named_xls": "container sheet_name",
        "html_tis620_named_xls": "container sheet_name encoding",
        "xlsx_named_xls": "container",
        "sent_twice": "container sheet_name merges head sheets",
    },
}
_NEEDS = {
    "province_merged_down": ("province_in_runs",),
    "groups_in_text": ("quarters_with_total", "csv_utf8"),
    "months_in_text": ("months_with_plan_and_actual", "text_with_tabs"),
    "group_heads_not_merged": ("groups_of_two_rows",),
    "minus_in_brackets": ("several_measures",),
    "names_that_begin_with_total": ("total_at_the_end",),
}


@dataclass(frozen=True)
class Defect:
    """One defect.

    Attributes:
        name: of its function.
        stage: the room that it is in; rooms are gone through in order.
        claims: what it decides alone.
        needs: names of defects without which it changes nothing.
    """

    name: str
    stage: ModuleType
    apply: Callable[[Book], None]
    claims: frozenset[str]
    needs: tuple[str, ...] = ()


def _all_defects() -> Iterator[Defect]:
    """Pair every function with its claims."""
    for stage, claims in _CLAIMS.items():
        for name, words in claims.items():
            yield Defect(name, stage, getattr(stage, name), frozenset(words.split()), _NEEDS.get(name, ()))


DEFECTS = {defect.name: defect for defect in _all_defects()}
STAGES = tuple(_CLAIMS)


def with_needs(names: tuple[str, ...]) -> list[Defect]:
    """The named defects and those that they need, each once, in the order in which they are applied."""
    wanted = {*names, *(need for name in names for need in DEFECTS[name].needs)}
    return [defect for name, defect in DEFECTS.items() if name in wanted]


def are_compatible(defects: list[Defect]) -> bool:
    """Whether no two of them claim the same thing."""
    claims = [claim for defect in defects for claim in defect.claims]
    return len(claims) == len(set(claims))


def loses_groups(defects: list[Defect]) -> bool:
    """Whether groups of heads meet a container that cannot merge cells."""
    has_groups = any("head" in defect.claims for defect in defects if defect.stage is not in_file)
    return has_groups and any(defect.stage is in_file and "merges" in defect.claims for defect in defects)
