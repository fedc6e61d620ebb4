"""Takes personal data out of a sheet before anything of it is stored."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from pipeline.errors import SourceError
from pipeline.findings import Finding, make_finding
from pipeline.ingest.cleared.legible import Originals, repair_sheet
from pipeline.ingest.cleared.people import empty_people, may_hold_people
from pipeline.layout import Table, Vocabulary, crop, read_layout, split_sheet
from pipeline.personal import MASK_CELL, is_bare_number, mask, may_hold_personal_data
from pipeline.personal.signatures import (
    find_places_to_sign,
    mask_lines,
    mask_signed,
    may_be_signed,
    signature_rows,
)
from pipeline.thai import squeeze
from pipeline.thai.garbled import may_be_garbled
from pipeline.workbook import Cell, Sheet, address, cell_text

PERSONAL_DATA = "personal_data"
HEAD_ROWS = 15
_THIRTEEN_DIGITS = 10**12
# No pattern reaches over it from one text into the next.
_BETWEEN = "\x00"
_MOST_REMEMBERED = 200_000
_CODE_HEADS = ("รหัส", "เลขที่", "code", "projectcode", "project_code", "id")
_PERSON = ("บัตร", "ประชาชน", "ประจำตัว", "โทร")


@dataclass(frozen=True)
class Prepared:
    """A sheet as it may be read and stored.

    Attributes:
        sheet: legible, without personal data.
        originals: what was received where the sheet has another text.
        findings: what was read back and what was taken out.
        is_people: whether it held nothing but a list of people, and nothing is left to read.
    """

    sheet: Sheet
    originals: Originals
    findings: list[Finding]
    is_people: bool = False


def prepare_sheet(received: Sheet, vocabulary: Vocabulary) -> Prepared:
    """Read back what is garbled in a sheet, and take personal data out; each looked for only where a glance says so.

    Args:
        received: the sheet as received, but for its name, which is masked already.
        vocabulary: the words of heads.
    """
    texts = _texts(received)
    harmless = _harmless()
    joined = _BETWEEN.join(texts - harmless)
    sheet = received
    originals: Originals = {}
    findings: list[Finding] = []
    if may_be_garbled(joined):
        sheet, originals, findings = repair_sheet(received, texts)
        joined = _BETWEEN.join(_texts(sheet))
    if may_hold_personal_data(joined):
        sheet, masked = _mask_cells(sheet, texts if sheet is received else _texts(sheet))
        findings = [*findings, *masked]
    signing = find_places_to_sign(_texts(sheet)) if may_be_signed(joined) else frozenset()
    sheet, signed = _mask_signatures(sheet, signing)
    findings = [*findings, *signed]
    is_people = False
    if may_hold_people(f"{sheet.name}{_BETWEEN}{joined}") or any(
        finding.rule == PERSONAL_DATA for finding in findings
    ):
        sheet = replace(sheet, rows=[list(row) for row in sheet.rows])
        is_people, people = empty_people(sheet, vocabulary)
        findings = [*findings, *people]
    elif sheet is received and len(harmless) < _MOST_REMEMBERED:
        # What stands below a place to sign is looked at by where it stands: such a place is never passed over.
        harmless |= texts - signing
    return Prepared(sheet, originals, findings, is_people)


@lru_cache(maxsize=1)
def _harmless() -> set[str]:
    """Texts of sheets in which nothing was seen; offices repeat one another, and no text is searched twice for them."""
    return set()


def _mask_cells(sheet: Sheet, texts: set[str]) -> tuple[Sheet, list[Finding]]:
    """Mask the cells of a sheet in which something was seen; the same sheet where a closer look finds nothing."""
    if not any(mask(text) != text for text in texts if may_hold_personal_data(text)):
        return sheet, []
    findings: list[Finding] = []
    rows = [_mask_row(sheet, number, row, findings) for number, row in enumerate(sheet.rows)]
    return replace(sheet, rows=rows), findings


def _mask_signatures(sheet: Sheet, signing: frozenset[str]) -> tuple[Sheet, list[Finding]]:
    """Mask the names of who sign, in the cells and in the lines of text around the table.

    Args:
        sheet: the sheet.
        signing: those of its texts that are places to sign.
    """
    captions = tuple(mask_lines(sheet.captions))
    sheet = sheet if captions == sheet.captions else replace(sheet, captions=captions)
    if not signing:
        return sheet, []
    rows = list(sheet.rows)
    findings = []
    left = 0
    for number, row in enumerate(sheet.rows):
        signs = not signing.isdisjoint(row)
        left = signature_rows() if signs else left - any(cell is not None for cell in row)
        if not signs and left < 0:
            continue
        rows[number] = [
            mask_signed(cell, below=cell not in signing) if isinstance(cell, str) else cell for cell in row
        ]
        findings += [
            make_finding("personal_data", sheet=sheet.name, cell=address(number, index), others="")
            for index, (cell, clean) in enumerate(zip(row, rows[number], strict=True))
            if cell != clean
        ]
    return replace(sheet, rows=rows), findings


def _texts(sheet: Sheet) -> set[str]:
    """Every different text in a sheet, whole numbers of thirteen digits too."""
    different = set().union(*sheet.rows)
    texts = {cell for cell in different if type(cell) is str}
    # As `_is_large` says, without a call for each number.
    large = {
        cell
        for cell in different - texts
        if (type(cell) is float or type(cell) is int) and cell >= _THIRTEEN_DIGITS
    }
    return texts.union(map(cell_text, large)) if large else texts


def _mask_row(sheet: Sheet, number: int, row: list[Cell], findings: list[Finding]) -> list[Cell]:
    """Mask one row's cells."""
    masked: list[Cell] = []
    for index, cell in enumerate(row):
        is_large = _is_large(cell)
        text = cell if isinstance(cell, str) else cell_text(cell) if is_large else ""
        clean = mask(text) if text and may_hold_personal_data(text) else text
        if clean != text and is_bare_number(text) and len(text.strip()) < 13 and _is_code(sheet, index):
            clean = text
        masked.append(clean if clean != text else cell)
        if clean != text:
            place = address(number, index)
            findings.append(make_finding(PERSONAL_DATA, sheet=sheet.name, cell=place, others=""))
    return masked


def _is_large(cell: Cell) -> bool:
    """Whether a cell is a number of thirteen digits or more."""
    return (type(cell) is float or type(cell) is int) and cell >= _THIRTEEN_DIGITS


def _is_code(sheet: Sheet, index: int) -> bool:
    """Whether a column is headed as one of codes, in which ten digits are no telephone."""
    above = (row[index] for row in sheet.rows[:HEAD_ROWS] if index < len(row))
    return heads_codes(cell for cell in above if isinstance(cell, str))


def heads_codes(texts: Iterable[str]) -> bool:
    """Whether a column with these texts above it is one of codes."""
    heads = map(squeeze, texts)
    return any(head.startswith(_CODE_HEADS) and not any(word in head for word in _PERSON) for head in heads)


def mask_people(sheet: Sheet, table: Table, vocabulary: Vocabulary) -> list[Finding]:
    """Empty the columns that hold people out of what will be stored of a sheet; an office named there stays.

    One finding a column names its first such cell and how many there are.
    """
    findings = []
    for column in table.columns:
        if column.field != "person":
            continue
        rows = [row for row in table.records if _names_a_person(sheet, row, column.index, vocabulary)]
        for row in rows:
            sheet.put(row, column.index, MASK_CELL)
        if rows:
            others = f" (และอีก {len(rows) - 1} ช่องในคอลัมน์นี้)" if len(rows) > 1 else ""
            cell = address(rows[0], column.index)
            findings.append(make_finding(PERSONAL_DATA, sheet=sheet.name, cell=cell, others=others))
    return findings


def mask_unread(sheet: Sheet, vocabulary: Vocabulary) -> list[Finding]:
    """Mask the people in a sheet of which something is left out: what is not read is stored all the same."""
    findings: list[Finding] = []
    for region in split_sheet(sheet, vocabulary):
        try:
            table = read_layout(crop(sheet, region), vocabulary)
        except SourceError:
            continue
        findings += mask_people(sheet, table, vocabulary)
    return findings


def _names_a_person(sheet: Sheet, row: int, index: int, vocabulary: Vocabulary) -> bool:
    """Whether a cell of such a column holds anything but an office, a blank or what was masked already."""
    cells = sheet.rows[row]
    plain = squeeze(cell_text(cells[index])) if index < len(cells) else ""
    return bool(plain) and plain not in vocabulary.nil and not plain.startswith(("[", *vocabulary.offices))
