"""Sheets whose Thai was read in the wrong encoding: the records use what it was, raw_row keeps what was received."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.errors import CellError
from pipeline.findings import Finding, make_finding
from pipeline.personal import MASK_CELL, MASK_ID, MASK_PHONE, mask
from pipeline.thai import parse_baht
from pipeline.thai.garbled import is_damaged, may_be_garbled, read_back
from pipeline.workbook import Cell, Sheet, address

# What was received and what it was read as, by zero-based row and column.
Originals = dict[tuple[int, int], tuple[Cell, Cell]]


def repair_sheet(sheet: Sheet, texts: Iterable[str]) -> tuple[Sheet, Originals, list[Finding]]:
    """Read back what is garbled in a sheet's cells; one finding tells the first and how many there are.

    A text that reads as an amount is left as it is and refused where it is money: an amount's cell holds its own text.

    Args:
        sheet: the sheet as received.
        texts: its different texts.

    Returns:
        The sheet to read, what was received where that differs, and the findings.
    """
    readings = _read_texts([text for text in texts if may_be_garbled(text)])
    originals: Originals = {}
    damaged: list[tuple[int, int]] = []
    rows: list[list[Cell]] = []
    for number, row in enumerate(sheet.rows):
        repaired = list(row)
        for index, cell in enumerate(row):
            if not isinstance(cell, str):
                continue
            if is_damaged(cell):
                damaged.append((number, index))
            elif cell in readings:
                repaired[index] = readings[cell][0]
                originals[number, index] = (cell, readings[cell][0])
        rows.append(repaired)
    findings = [*_tell_repaired(sheet, originals, readings), *_tell_damaged(sheet, damaged)]
    return replace(sheet, rows=rows), originals, findings


def mask_name(name: str) -> str:
    """Take personal data out of a file's or a sheet's name, also where its Thai was read in the wrong encoding."""
    legible = read_back(name)
    if legible and mask(legible[0]) != legible[0]:
        return mask(legible[0])
    return mask(name)


def mask_sheet_names(names: Sequence[str]) -> list[str]:
    """Take personal data out of the names of a workbook's sheets, each of which stays different from the others.

    A name with a telephone or an ID in it is a person's, whatever else stands there.
    """
    masked: list[str] = []
    for name in names:
        clean = mask_name(name)
        clean = MASK_CELL if MASK_PHONE in clean or MASK_ID in clean else clean
        count = 2
        unique = clean
        while clean != name and (unique in masked or unique in names):
            unique, count = f"{clean} ({count})", count + 1
        masked.append(unique)
    return masked


def put_back(sheet: Sheet, originals: Originals) -> Sheet:
    """Give the cells of a sheet their received text again, but for those that were emptied of personal data."""
    rows = [list(row) for row in sheet.rows]
    for (row, index), (received, reading) in originals.items():
        if rows[row][index] == reading:
            rows[row][index] = received
    return replace(sheet, rows=rows)


def _read_texts(texts: list[str]) -> dict[str, tuple[str, str]]:
    """Read the garbled texts; short ones in the way in which most longer ones went wrong."""
    ways = Counter(found[1] for text in texts if (found := read_back(text)))
    like = frozenset(way for way, _ in ways.most_common(1))
    readings = {text: found for text in texts if (found := read_back(text, like=like))}
    return {text: found for text, found in readings.items() if not _is_amount(found[0])}


def _is_amount(text: str) -> bool:
    """Whether a text is one amount of money."""
    try:
        parse_baht(text)
    except CellError:
        return False
    return True


def _tell_repaired(sheet: Sheet, originals: Originals, readings: dict[str, tuple[str, str]]) -> list[Finding]:
    """Tell the first cell that was read back, and how many there are."""
    if not originals:
        return []
    place, (received, reading) = next(iter(originals.items()))
    finding = make_finding(
        "text_repaired",
        sheet=sheet.name,
        cell=address(*place),
        value=mask(str(reading)),
        how=readings[str(received)][1],
        others=_others(len(originals)),
    )
    return [finding]


def _tell_damaged(sheet: Sheet, places: list[tuple[int, int]]) -> list[Finding]:
    """Tell the first cell in which letters are lost, and how many there are."""
    if not places:
        return []
    others = _others(len(places))
    return [make_finding("text_damaged", sheet=sheet.name, cell=address(*places[0]), others=others)]


def _others(count: int) -> str:
    """Say how many more cells there are."""
    return f" (และอีก {count - 1} ช่องในชีตนี้)" if count > 1 else ""
