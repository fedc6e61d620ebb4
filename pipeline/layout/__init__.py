"""A sheet -> its table: what each row and each column is."""

from __future__ import annotations

from pipeline.errors import SourceError
from pipeline.layout.columns import read_columns
from pipeline.layout.columns.sheet_period import settle_sheet_period
from pipeline.layout.columns.stages import read_stages
from pipeline.layout.forms import find_known_header, fingerprint, known_meanings
from pipeline.layout.given import NOTHING_GIVEN, Given, Meaning, given_header, rank_fields, settle_columns
from pipeline.layout.headers import find_header, is_number
from pipeline.layout.model import NOTE, RECORD, SECTION, TITLE, TOTAL, Column, Header, Table
from pipeline.layout.regions import Region, crop, split_sheet
from pipeline.layout.rows.outline import read_outline
from pipeline.layout.rows.roles import assign_roles, settle_notes, settle_signatures
from pipeline.layout.rows.sums import settle_sums
from pipeline.layout.rows.wrapped import join_wrapped
from pipeline.layout.turned.sideways import Sideways, turn
from pipeline.layout.turned.upright import Upright, lay_down
from pipeline.layout.words.vocabulary import Vocabulary, load_vocabulary
from pipeline.thai import Unit, clean_text
from pipeline.workbook import Cell, Sheet, cell_text

__all__ = [
    "NOTHING_GIVEN",
    "Column",
    "Given",
    "Header",
    "Meaning",
    "Region",
    "Table",
    "Sideways",
    "Upright",
    "Vocabulary",
    "crop",
    "lay_down",
    "load_vocabulary",
    "read_layout",
    "settle_sheet_period",
    "split_sheet",
    "turn",
    "used_rows",
]

_UNIT_WORD = "หน่วย"


def read_layout(
    sheet: Sheet,
    vocabulary: Vocabulary,
    *,
    number: int = 1,
    sheet_titles: tuple[tuple[int, str], ...] = (),
    given: Given = NOTHING_GIVEN,
) -> Table:
    """Understand a sheet, or what `crop` leaves of it, as one table.

    Args:
        sheet: the cells of one region.
        vocabulary: the words of heads.
        number: the table's number in its sheet.
        sheet_titles: titles of the sheet's first table, which speak where this table's own are silent.
        given: what a person settled beforehand; it goes before a known form, and that before the words of heads.

    Raises:
        SourceError: no row reads as a table's head, or rows and not columns say the stage of money.
    """
    header = _header(sheet, vocabulary, given)
    heads = read_columns(sheet, header, vocabulary)
    known = known_meanings(heads)
    meanings = {**known, **given.columns}
    columns = settle_columns(heads, meanings, given.units) if meanings or given.units else heads
    roles = assign_roles(sheet, header, columns, vocabulary)
    roles = settle_signatures(sheet, columns, roles, vocabulary)
    continued = join_wrapped(sheet, columns, roles, vocabulary)
    outline = read_outline(sheet, columns, roles, vocabulary)
    roles.update(dict.fromkeys(outline.sections, SECTION))
    roles = settle_notes(settle_sums(sheet, columns, roles, outline, vocabulary))
    staged = read_stages(sheet, columns, roles, vocabulary)
    columns, roles = staged.columns, staged.roles
    roles.update((row, role) for row, role in given.roles.items() if row in roles)
    wrapped = {row for rows in continued.values() for row in rows}
    records = tuple(row for row, role in roles.items() if role == RECORD and row not in wrapped)
    titles = _titles(sheet, roles, vocabulary)
    return Table(
        number=number,
        header=header,
        columns=columns,
        roles=roles,
        records=records,
        sections=_sections(sheet, roles),
        titles=titles,
        sheet_titles=sheet_titles,
        unit=_unit(titles, vocabulary)
        or _unit(sheet_titles, vocabulary)
        or _unit(_notes(sheet, roles), vocabulary),
        fields=rank_fields(columns, meanings),
        parents=outline.parents,
        continued=continued,
        stages=staged.by_row,
        fingerprint=fingerprint(heads),
        meanings=meanings,
        form_name=next((meaning.why for meaning in known.values()), None),
    )


def _header(sheet: Sheet, vocabulary: Vocabulary, given: Given) -> Header:
    """The head that was given, else a known form's, else the first rows that read as one.

    Raises:
        SourceError: there is none.
    """
    header = (
        given_header(sheet, given) or find_known_header(sheet, vocabulary) or find_header(sheet, vocabulary)
    )
    if header is None:
        raise SourceError(
            "no_header",
            "ไม่พบหัวตารางที่รู้จักในชีตนี้  ตรวจว่ามีแถวหัวตาราง เช่น ชื่อโครงการ และ งบประมาณ "
            "หรือบอกแถวหัวตารางใน overrides.csv (what = header)",
        )
    return header


def _unit(titles: tuple[tuple[int, str], ...], vocabulary: Vocabulary) -> Unit | None:
    """The money unit that a title or a unit cell states."""
    rows: dict[int, list[str]] = {}
    for row, text in titles:
        rows.setdefault(row, []).append(text)
    texts = [text for _, text in titles] + [" ".join(parts) for parts in rows.values() if len(parts) > 1]
    return next((unit for text in texts if (unit := vocabulary.find_unit(text))), None)


def _notes(sheet: Sheet, roles: dict[int, str]) -> tuple[tuple[int, str], ...]:
    """The notes that speak of a unit."""
    notes = ((row, text) for row, role in roles.items() if role == NOTE for text in _row_texts(sheet, row))
    return tuple((row, text) for row, text in notes if _UNIT_WORD in text)


def used_rows(sheet: Sheet) -> list[int]:
    """The zero-based rows with anything in them."""
    return [number for number, row in enumerate(sheet.rows) if _is_used(row)]


def _is_used(row: list[Cell]) -> bool:
    """Whether a row has a cell that is more than white space; a loop: a generator a row costs three times more."""
    for cell in row:  # noqa: SIM110
        if cell is not None and (type(cell) is not str or cell.strip()):
            return True
    return False


def _row_texts(sheet: Sheet, row: int) -> list[str]:
    """The texts of one row, each once, although a merge may repeat them."""
    texts = [clean_text(cell_text(cell)) for cell in sheet.rows[row] if cell is not None]
    return list(dict.fromkeys(text for text in texts if text))


def _titles(sheet: Sheet, roles: dict[int, str], vocabulary: Vocabulary) -> tuple[tuple[int, str], ...]:
    """The texts of the rows that are titles."""
    rows = (row for row, role in roles.items() if role == TITLE)
    return tuple((row, text) for row in rows for text in _join_label(_row_texts(sheet, row), vocabulary))


def _join_label(texts: list[str], vocabulary: Vocabulary) -> list[str]:
    """Write a label and the answer in the cell beside it as one text: จังหวัด : | พังงา."""
    if len(texts) == 2 and vocabulary.read_heading(texts[0]).is_exact:
        return [f"{texts[0].rstrip(' :：')} {texts[1]}"]
    return texts


def _sections(sheet: Sheet, roles: dict[int, str]) -> dict[int, str]:
    """Give each record the section that it stands under; a grand total ends every section."""
    sections: dict[int, str] = {}
    current: str | None = None
    for row, role in roles.items():
        if role == SECTION:
            texts = _row_texts(sheet, row)
            current = next((text for text in texts if not is_number(text)), texts[0])
        elif role == TOTAL:
            current = None
        elif role == RECORD and current:
            sections[row] = current
    return sections
