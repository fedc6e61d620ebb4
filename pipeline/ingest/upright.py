"""Leads what was read of an upright form, laid down as a table, back to the cells of the form."""

from __future__ import annotations

from dataclasses import replace

from pipeline.layout import Column, Table, Upright
from pipeline.layout.model import NOTE, RECORD, TITLE
from pipeline.records import Batch, Extract
from pipeline.workbook import Sheet, address, cell_text, column_index, column_letters

_PERSON = "person"


def form_table(table: Table, upright: Upright, rows: list[int]) -> Table:
    """The form as others see it: the role of each of its rows, and where it names persons.

    Args:
        table: the table that the form was laid down as.
        upright: where its values stand.
        rows: the used rows of the form's sheet, zero-based.
    """
    first = min(upright.rows)
    roles = {row: RECORD if row in upright.rows else TITLE if row < first else NOTE for row in rows}
    columns = {index: Column(index, (), (), field=_PERSON) for _, index in upright.people}
    return replace(
        table,
        roles=roles,
        columns=tuple(columns.values()),
        records=tuple(row for row, _ in upright.people),
        sections={},
    )


def lead_back(extract: Extract, upright: Upright, form: Sheet) -> None:
    """Put the form's own cells in place of those of the table that it was laid down as."""
    extract.batches[:] = [_led_back(batch, upright, form) for batch in extract.batches]
    cells = {
        address(row, column): place
        for column, place in enumerate(upright.places)
        for row in (upright.head, upright.head + 1)
    }
    extract.findings[:] = [
        replace(finding, cell=address(*cells[finding.cell])) if finding.cell in cells else finding
        for finding in extract.findings
    ]


def _led_back(batch: Batch, upright: Upright, form: Sheet) -> Batch:
    """A batch of the one record, its rows and letters those of the form; a project stands in the form's first row."""
    columns = dict(batch.columns)
    for name in columns.keys() & {"row_number", "owner_row"}:
        columns[name] = [min(upright.rows) + 1] * batch.count
    if "letters" in columns:
        row, index = upright.places[column_index(str(columns["letters"]))]
        columns["row_number"], columns["letters"] = [row + 1], column_letters(index)
        cell = form.rows[row][index]
        columns["text"] = cell_text(cell) if isinstance(cell, str) else None
    return replace(batch, columns=columns)
