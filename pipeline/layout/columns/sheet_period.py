"""Tables of one quarter or month, which their title or their sheet's name says: แผนและผล ไตรมาสที่ 1, a sheet a month."""

from __future__ import annotations

from dataclasses import replace

from pipeline.layout.model import Table
from pipeline.layout.words.periods import SPAN, take_period
from pipeline.layout.words.vocabulary import Vocabulary
from pipeline.thai import squeeze, to_arabic_digits

_YEAR = "year"


def settle_sheet_period(table: Table, sheet_name: str, vocabulary: Vocabulary) -> Table:
    """Give a table's columns of money that flows the one quarter or month that titles or the sheet's name state.

    A table whose columns name periods themselves is left as it is; so is money that is given once for the year.
    """
    if any(column.period != _YEAR for column in table.money):
        return table
    period = find_sheet_period(table, sheet_name, vocabulary)
    if period is None:
        return table
    columns = tuple(
        replace(column, period=period) if column.measure in vocabulary.periods.flows else column
        for column in table.columns
    )
    return replace(table, columns=columns)


def find_sheet_period(table: Table, sheet_name: str, vocabulary: Vocabulary) -> str | None:
    """The one quarter or month that titles and the sheet's name state; None where none or several do."""
    spoken = (*(text for _, text in table.titles), sheet_name)
    codes = {code for text in spoken if (code := _period_of(text, vocabulary))}
    return codes.pop() if len(codes) == 1 else None


def _period_of(text: str, vocabulary: Vocabulary) -> str | None:
    """The quarter or month that a text states for what it heads; a day up to which something is told is none."""
    words = vocabulary.periods
    plain = words.as_of.sub("", to_arabic_digits(squeeze(text)))
    month = words.titled_month.search(plain)
    if month and not words.span.search(plain):
        return words.codes[month.group(1).replace(".", "")]
    code = take_period(plain, words).code
    return None if code == SPAN else code
