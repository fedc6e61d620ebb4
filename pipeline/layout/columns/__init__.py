"""What each column of a table is: its own words first, then its group's, then its neighbours'."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import zip_longest

from pipeline.layout.columns.parts import FUND_SOURCE, settle_marks, settle_months, settle_sources
from pipeline.layout.columns.title_stages import TitleStage, find_title_stage
from pipeline.layout.columns.twins import settle_twins
from pipeline.layout.model import Column, Header
from pipeline.layout.words.periods import SPAN
from pipeline.layout.words.vocabulary import Heading, Vocabulary
from pipeline.thai import clean_text
from pipeline.workbook import Sheet, cell_text

BUDGET, SPENT, DISBURSED, COMMITTED = "budget", "spent", "disbursed", "committed"
SUM_OF_YEARS = "sum_of_years"
TRANSFERRED, _MORE_OR_LESS = "transferred", "เพิ่ม/ลด"
_ALL_SPENDING = "รวมเบิกจ่าย"
# Under a head of these, แผน and ผล are numbers of people or things.
_NO_MONEY = frozenset(
    {
        "target",
        "target_group",
        "kpi",
        "unit_of_measure",
        "count",
        "project_count",
        "expected_result",
        "output",
    }
)
_SUM_WORDS = re.compile(
    r"^รวม.*(?:\d+ปี|\d{4}[-–—]\d{2,4})|^รวม(?:งบประมาณ|วงเงิน|เงิน|ทั้งสิ้น|ทั้งหมด)|ทั้งโครงการ|ตลอดโครงการ|ตลอดแผน"
)


def read_columns(sheet: Sheet, header: Header, vocabulary: Vocabulary) -> tuple[Column, ...]:
    """Read every column that has a head, groups spread over the columns that they stand above."""
    levels = [_spread(sheet, row, header.rows[place + 1 :]) for place, row in enumerate(header.rows)]
    if header.is_stacked:
        words = zip_longest(*(sheet.rows[row] for row in header.rows))
        levels = [[clean_text(" ".join(map(cell_text, cells))) for cells in words]]
    columns = []
    for index in range(len(levels[0])):
        path = _path([level[index] for level in levels])
        if path:
            columns.append(_read_column(index, path, vocabulary))
    titled = find_title_stage(sheet, header, vocabulary)
    settled = _settle_measures(settle_marks(sheet, header, columns), vocabulary, titled)
    return settle_twins(sheet, header, settled, vocabulary)


def _spread(sheet: Sheet, row: int, below: tuple[int, ...]) -> list[str]:
    """Give every column the text that stands above it in one row of the head; `below` are the head's further rows."""
    texts = [clean_text(cell_text(cell)) for cell in sheet.rows[row]]
    merges = [merge for merge in sheet.merges if merge.top <= row <= merge.bottom]
    for merge in merges:
        origin = clean_text(cell_text(sheet.rows[merge.top][merge.left]))
        for index in range(merge.left, min(merge.right, len(texts) - 1) + 1):
            texts[index] = texts[index] or origin
    if below and not any(merge.right > merge.left for merge in merges):
        _fill_right(sheet, texts, below)
    return texts


def _fill_right(sheet: Sheet, texts: list[str], below: tuple[int, ...]) -> None:
    """Spread a group that is not merged over the empty cells to its right, as far as there is a head below."""
    has_below = [any(_holds(sheet, row, index) for row in below) for index in range(len(texts))]
    group = ""
    for index, text in enumerate(texts):
        if text:
            group = text if has_below[index] else ""
        elif has_below[index]:
            texts[index] = group


def _holds(sheet: Sheet, row: int, index: int) -> bool:
    """Whether a cell holds anything."""
    cells = sheet.rows[row]
    return index < len(cells) and cells[index] is not None


def _path(levels: list[str]) -> tuple[str, ...]:
    """Drop empty levels and levels that only repeat the one above, as a merge down does."""
    path: list[str] = []
    for text in levels:
        if text and (not path or path[-1] != text):
            path.append(text)
    return tuple(path)


def _read_column(index: int, path: tuple[str, ...], vocabulary: Vocabulary) -> Column:
    """Decide what a column is: the leaf before its group, the longest word before a shorter one."""
    headings = tuple(vocabulary.read_heading(text) for text in path)
    leaf_first: list[Heading] = list(reversed(headings))
    is_percent = any(heading.is_percent for heading in headings)
    unit = next((heading.unit for heading in leaf_first if heading.unit), None)
    source = _fund_source(leaf_first, vocabulary)
    deciding = None if is_percent else _deciding(leaf_first, source, unit, vocabulary)
    return Column(
        index=index,
        path=path,
        headings=headings,
        is_percent=is_percent,
        field=deciding.field if deciding else None,
        measure=deciding.measure if deciding and unit not in vocabulary.count_units else None,
        category=next((heading.category for heading in leaf_first if heading.category), None),
        fund_source=source.fund_source if source else None,
        year_be=next((heading.year_be for heading in leaf_first if heading.year_be), None),
        period=next((heading.period for heading in leaf_first if heading.period), "year"),
        unit=unit,
        is_outflow=any(heading.text.startswith(vocabulary.outflows) for heading in headings),
    )


def _fund_source(leaf_first: list[Heading], vocabulary: Vocabulary) -> Heading | None:
    """The level that names a source of money; a word that may be something else is one only in a head of money."""
    for level, heading in enumerate(leaf_first):
        groups = [*leaf_first[:level], *leaf_first[level + 1 :]]
        in_money = any(
            (group.measure and not group.is_weak) or group.field == FUND_SOURCE for group in groups
        )
        if heading.fund_source and (in_money or not heading.is_grouped):
            return heading
    leaf, groups = leaf_first[0], leaf_first[1:]
    if (
        not leaf.is_known
        and leaf.text not in vocabulary.totals
        and any(group.field == FUND_SOURCE for group in groups)
    ):
        return replace(leaf, fund_source=leaf.text)
    return None


def _deciding(
    leaf_first: list[Heading], source: Heading | None, unit: str | None, vocabulary: Vocabulary
) -> Heading | None:
    """The level that says what a column holds, the leaf first; a weak word is one of money only where others are."""
    saying = [
        heading for heading in leaf_first if (heading.field or heading.measure) and heading is not source
    ]
    saying = [heading for heading in saying if not (source and heading.field == FUND_SOURCE)]
    for place, heading in enumerate(saying):
        groups = saying[place + 1 :]
        staged = next((group for group in groups if group.measure and not group.is_bare), None)
        if heading.is_bare and staged:
            return staged
        if not heading.is_weak:
            return heading
        if any(group.field in _NO_MONEY for group in groups):
            return next(group for group in groups if group.field in _NO_MONEY)
        is_money = any(group.measure and not group.is_weak for group in groups) or any(
            level.period for level in leaf_first
        )
        if is_money or unit in vocabulary.money_units:
            return heading
    return None


def _settle_measures(
    columns: list[Column], vocabulary: Vocabulary, titled: TitleStage | None
) -> tuple[Column, ...]:
    """Decide what a column's own head leaves open by the columns beside it."""
    has_committed = any(column.measure == COMMITTED for column in columns)
    columns = [
        replace(column, measure=DISBURSED)
        if column.measure == SPENT and _ALL_SPENDING in column.headings[-1].text and not has_committed
        else column
        for column in settle_sources(settle_months(columns))
    ]
    settled: list[Column] = []
    for column in columns:
        if column.period == SPAN or _is_difference_of_years(column, columns):
            column = replace(column, measure=None)
        elif _is_sum_of_years(column, columns, vocabulary):
            column = replace(column, measure=None, field=SUM_OF_YEARS)
        elif column.measure is None and column.field is None and not column.is_percent:
            column = _with_neighbours_measure(column, columns, vocabulary, titled)
        settled.append(column)
    return tuple(settled)


def _with_neighbours_measure(
    column: Column, columns: Iterable[Column], vocabulary: Vocabulary, titled: TitleStage | None
) -> Column:
    """Give a column whose head is only a period, a part or a total the measure of the money beside it.

    Without a stated measure anywhere, such columns of projects are of the one stage that the table's titles name, else
    a budget whose stage the form does not say.
    """
    if column.unit in vocabulary.count_units:
        return column
    has_parts = any(other.category or other.fund_source or other.period != "year" for other in columns)
    is_total = column.headings[-1].text in vocabulary.totals
    is_money = is_total and (has_parts or column.unit in vocabulary.money_units)
    if column.period == "year" and not (column.category or column.fund_source or is_money):
        is_budget = _is_bare_year(column) and _is_of_projects(columns)
        return replace(column, measure=BUDGET) if is_budget else column
    stated = [other for other in columns if other.measure]
    if stated:
        before = (other for other in stated if other.index < column.index)
        return replace(column, measure=max(before, key=_place, default=stated[0]).measure)
    if not _is_of_projects(columns):
        return column
    if titled:
        return replace(column, measure=titled.measure, stage_by=titled.word)
    return replace(column, measure=BUDGET)


def _is_bare_year(column: Column) -> bool:
    """Whether a head is a year and nothing else."""
    return bool(column.year_be) and not any(heading.text for heading in column.headings)


def _is_of_projects(columns: Iterable[Column]) -> bool:
    """Whether the rows of a table are projects."""
    return any(other.field == "project_name" for other in columns)


def _place(column: Column) -> int:
    """Where a column stands."""
    return column.index


def _is_difference_of_years(column: Column, columns: Iterable[Column]) -> bool:
    """Whether เพิ่ม/ลด stands beside two years without what was given: their difference, and not what was moved."""
    if column.measure != TRANSFERRED or column.headings[-1].text != _MORE_OR_LESS:
        return False
    years = {other.year_be for other in columns if other.year_be and other.measure}
    return len(years) > 1 and not column.year_be


def _is_sum_of_years(column: Column, columns: Iterable[Column], vocabulary: Vocabulary) -> bool:
    """Whether a column adds up columns of several years, and so is no year's amount."""
    if column.year_be or column.field or column.period != "year" or column.category or column.fund_source:
        return False
    texts = [heading.text for heading in column.headings]
    if not any(text in vocabulary.totals or _SUM_WORDS.search(text) for text in texts):
        return False
    others = [other for other in columns if other.index != column.index]
    group = column.path[:-1]
    years = {other.year_be for other in others if other.year_be and other.path[:-1] == group}
    has_own_parts = any(not other.year_be and (other.period != "year" or other.category) for other in others)
    wide = {other.year_be for other in others if other.year_be}
    return len(years) > 1 or (len(wide) > 1 and not has_own_parts)
