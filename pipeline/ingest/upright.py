"""Leads what was read of a form that was laid down, or of a table that was turned, back to the cells of its sheet."""

from __future__ import annotations

from dataclasses import replace

from pipeline.layout import Column, Sideways, Table, Upright
from pipeline.layout.model import NOTE, RECORD, TITLE
from pipeline.records import Batch, Extract
from pipeline.workbook import Sheet, address, cell_text, column_index, column_letters

_PERSON = "person"
Laid = Upright | Sideways


def form_table(table: Table, laid: Laid, rows: list[int]) -> Table:
    """The form as others see it: the role of each of its rows, and where it names persons.

    Args:
        table: the table that the form was laid down as.
        laid: where its values stand.
        rows: the used rows of the form's sheet, zero-based.
    """
    first = min(laid.rows)
    roles = {row: RECORD if row in laid.rows else TITLE if row < first else NOTE for row in rows}
    columns = {index: Column(index, (), (), field=_PERSON) for _, index in laid.people}
    return replace(
        table,
        roles=roles,
        columns=tuple(columns.values()),
        records=tuple(dict.fromkeys(row for row, _ in laid.people)),
        sections={},
    )


def lead_back(extract: Extract, laid: Laid, form: Sheet) -> None:
    """Put the form's own cells in place of those of the table that it was laid down as."""
    extract.batches[:] = [_led_back(batch, laid, form) for batch in extract.batches]
    cells = places_of(laid)
    extract.findings[:] = [
        replace(finding, cell=cells.get(finding.cell or "", finding.cell)) for finding in extract.findings
    ]
    for total in extract.totals:
        total["cell"] = cells.get(total["cell"], total["cell"])
    extract.refused = set()


def places_of(laid: Laid) -> dict[str, str]:
    """The address in the form of each cell of the table, from its head down."""
    return {
        address(row, column): address(*laid.place(row, column))
        for row in range(laid.head, len(laid.sheet.rows))
        for column in range(len(laid.sheet.rows[laid.head]))
    }


def _led_back(batch: Batch, laid: Laid, form: Sheet) -> Batch:
    """A batch with the rows and letters of the form; a project stands in the form's first row."""
    columns = dict(batch.columns)
    if "letters" not in columns:
        columns["row_number"] = [min(laid.rows) + 1] * batch.count
        return replace(batch, columns=columns)
    index = column_index(str(columns["letters"]))
    places = [laid.place(row - 1, index) for row in batch.values("row_number")]
    columns["row_number"] = [row + 1 for row, _ in places]
    columns["letters"] = [column_letters(column) for _, column in places]
    texts = [form.rows[row][column] for row, column in places]
    columns["text"] = [cell_text(text) if isinstance(text, str) else None for text in texts]
    return replace(batch, columns=columns)
