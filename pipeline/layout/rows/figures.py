"""Figures as they stand in cells, and rows that are the sum of others."""

from __future__ import annotations

from decimal import Decimal

from pipeline.errors import CellError
from pipeline.thai import parse_number
from pipeline.workbook import Sheet, cell_text

_TOLERANCE = Decimal("0.005")


def proves(sheet: Sheet, money: list[int], row: int, covered: list[int]) -> bool:
    """Whether every figure of a row is the sum of the same column in other rows; at least one stands there."""
    stated = {index: amount for index in money if (amount := amount_of(sheet, row, index)) is not None}
    if not stated or not covered:
        return False
    return all(
        abs(amount - sum((amount_of(sheet, other, index) or Decimal(0) for other in covered), Decimal(0)))
        <= _TOLERANCE
        for index, amount in stated.items()
    )


def amount_of(sheet: Sheet, row: int, index: int) -> Decimal | None:
    """The figure in a cell as it stands there, without its unit; None where there is none."""
    cells = sheet.rows[row]
    value = cells[index] if index < len(cells) else None
    if value is None or isinstance(value, bool):
        return None
    try:
        return parse_number(cell_text(value).removesuffix(".-").removesuffix("บาท"))
    except CellError:
        return None
