"""The role of every row: words and what stands beside them decide together."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from pipeline.layout.headers import is_number
from pipeline.layout.model import HEADER, NOTE, RECORD, SECTION, SUBTOTAL, TITLE, TOTAL, Column, Header
from pipeline.layout.words.vocabulary import Vocabulary
from pipeline.thai import clean_text, squeeze, to_arabic_digits
from pipeline.workbook import Cell, Sheet, cell_text

_COUNT = re.compile(r"(?:จำนวน)?\d+(?:โครงการ|รายการ|กิจกรรม|แห่ง|คน)?(?:เป็นเงิน|เป็นเงินทั้งสิ้น)?")
_ENDS_AS_TOTAL = re.compile(r"รวม(?:ทั้งสิ้น|ทั้งหมด)?(?:จำนวน)?\d+(?:โครงการ|รายการ|กิจกรรม)$")
_NUMBERING = re.compile(r"^(?:\d+(?:\.\d+)*[.)]?)")
_EDGE = " :：*."
# What a printed page adds to a title that it repeats.
CONTINUED = "(ต่อ)"
_LATIN, _EMPTY = re.compile(r"\([a-z .]+\)"), re.compile(r"\(\)")
_LARGEST_SHARE = 100
# A total beside parts of projects is one project's: รวม among its categories.
_OF_PARTS = frozenset({"expense_category", "category_2", "category_3", "activity"})
_NUMBERS = (int, float)


def assign_roles(
    sheet: Sheet, header: Header, columns: tuple[Column, ...], vocabulary: Vocabulary
) -> dict[int, str]:
    """Give every used row of a sheet one role, by zero-based row.

    Rows above the head are titles; below it, rows with a subject are records, rows whose words are those
    of a total and that have no running number are totals; what stands below the last of them is a note.
    What a printed page repeats of the head or the titles is a head or a title.
    """
    above = [_words(row) for row in sheet.rows[: header.last + 1]]
    heads = [words for words in above[header.first :] if words]
    titles = {word for words in above[: header.first] for word in words}
    firsts = titles | {words[0] for words in heads}
    numbered = _numbered_column(sheet, header, columns)
    is_plain = _plain_record(numbered, columns)
    roles: dict[int, str] = {}
    for number, row in enumerate(sheet.rows):
        if number > header.last and is_plain(row):
            roles[number] = RECORD
            continue
        first = _first_text(row)
        if not first:
            continue
        if number <= header.last:
            roles[number] = HEADER if number >= header.first else _role_above(row, columns, vocabulary)
        elif squeeze(first).removesuffix(CONTINUED) in firsts and (
            repeated := _repeated_role(_words(row), heads, titles)
        ):
            roles[number] = repeated
        else:
            roles[number] = _body_role(row, columns, numbered, vocabulary)
    return roles


def _plain_record(numbered: Column | None, columns: tuple[Column, ...]) -> Callable[[Sequence[Cell]], bool]:
    """Make the test by which most records are told at once: a running number that is one, and a name."""
    name = next((column.index for column in columns if column.field == "project_name"), None)
    if numbered is None or name is None or name <= numbered.index:
        return lambda row: False
    number, first = numbered.index, min(column.index for column in columns)

    def is_plain(row: Sequence[Cell]) -> bool:
        return (
            len(row) > name and type(row[number]) in _NUMBERS and type(row[name]) is str and bool(row[name])
        )

    return is_plain if number == first else lambda row: False


def _first_text(row: Sequence[Cell]) -> str:
    """The first used cell of a row as text; empty where the row is. A loop: a generator costs three times more."""
    for cell in row:
        if cell is not None and (text := cell_text(cell).strip()):
            return text
    return ""


def _role_above(row: Sequence[Cell], columns: tuple[Column, ...], vocabulary: Vocabulary) -> str:
    """A row above the head is a title, but where it states a total of a column of money."""
    money = [column.index for column in columns if column.measure]
    if any(index < len(row) and is_number(row[index]) for index in money):
        return total_role(row, columns, vocabulary) or TITLE
    return TITLE


def _repeated_role(words: list[str], heads: list[list[str]], titles: set[str]) -> str | None:
    """Tell a row that a printed page repeats of the head or the titles."""
    if words in heads:
        return HEADER
    return TITLE if titles.issuperset(words) else None


def _words(row: Sequence[Cell]) -> list[str]:
    """The used cells of a row, squeezed; a title that goes on is the title."""
    return [
        squeeze(cell_text(cell)).removesuffix(CONTINUED)
        for cell in row
        if cell is not None and cell_text(cell).strip()
    ]


def _numbered_column(sheet: Sheet, header: Header, columns: tuple[Column, ...]) -> Column | None:
    """The column of running numbers, where the table has one and uses it."""
    column = next((column for column in columns if column.field == "row_no"), None)
    if column is None:
        return None
    below = sheet.rows[header.last + 1 :]
    used = any(is_number(row[column.index]) for row in below if column.index < len(row))
    return column if used else None


def total_role(row: Sequence[Cell], columns: tuple[Column, ...], vocabulary: Vocabulary) -> str | None:
    """Tell a total or subtotal by its words; a row with a running number is neither."""
    for column in columns:
        if column.measure or column.is_percent or column.index >= len(row) or row[column.index] is None:
            continue
        text = cell_text(row[column.index])
        if column.field == "row_no" and is_number(text):
            return None
        role = _total_words(text, vocabulary)
        return SUBTOTAL if role and column.field in _OF_PARTS else role
    return None


def _total_words(text: str, vocabulary: Vocabulary) -> str | None:
    """Look a text up among the words of totals, with a count taken off: "รวม 32 โครงการ"."""
    plain = squeeze(to_arabic_digits(text)).strip(_EDGE)
    bare = _EMPTY.sub("", _COUNT.sub("", _LATIN.sub("", plain))).strip(_EDGE)
    if plain in vocabulary.totals or bare in vocabulary.totals:
        return TOTAL
    if (
        bare in vocabulary.subtotals
        or plain.startswith(vocabulary.subtotal_starts)
        or plain.endswith(vocabulary.subtotal_ends)
        or _ENDS_AS_TOTAL.search(plain)
    ):
        return SUBTOTAL
    return None


def _body_role(
    row: Sequence[Cell], columns: tuple[Column, ...], numbered: Column | None, vocabulary: Vocabulary
) -> str:
    """Decide a row below the head on its own."""
    role = total_role(row, columns, vocabulary)
    if role:
        return role
    filled = [index for index, cell in enumerate(row) if cell is not None and cell_text(cell).strip()]
    if len(filled) == 1:
        if numbered is not None and filled[0] == numbered.index and is_number(row[filled[0]]):
            return NOTE
        if not is_number(row[filled[0]]):
            return _lone_text_role(clean_text(cell_text(row[filled[0]])), vocabulary)
    elif _is_signature(row, filled, columns, vocabulary) or _is_share(row, filled, vocabulary):
        return NOTE
    return SECTION if _is_section_with_amounts(row, columns, numbered, vocabulary) else RECORD


def _is_signature(
    row: Sequence[Cell], filled: list[int], columns: tuple[Column, ...], vocabulary: Vocabulary
) -> bool:
    """Whether a row of several texts is where people sign: by its first word, and without a figure of money."""
    first = squeeze(cell_text(row[filled[0]])).lstrip("(")
    if not first.startswith(vocabulary.signatures):
        return False
    return not any(is_number(row[c.index]) for c in columns if c.measure and c.index < len(row))


def _is_share(row: Sequence[Cell], filled: list[int], vocabulary: Vocabulary) -> bool:
    """Whether a row tells what share of the total each column is: by its first word, and by figures of 100 at most."""
    if not squeeze(cell_text(row[filled[0]])).startswith(vocabulary.shares):
        return False
    figures = [row[index] for index in filled if is_number(row[index])]
    return bool(figures) and all(_is_percentage(figure) for figure in figures)


def _is_percentage(figure: Cell) -> bool:
    """Whether a figure may be a percentage."""
    text = to_arabic_digits(cell_text(figure)).strip()
    try:
        return text.endswith("%") or abs(float(text)) <= _LARGEST_SHARE
    except ValueError:
        return False


def _is_section_with_amounts(
    row: Sequence[Cell], columns: tuple[Column, ...], numbered: Column | None, vocabulary: Vocabulary
) -> bool:
    """Whether a row among numbered ones has no number, one text that heads a section, and otherwise only amounts."""
    if numbered is None or (numbered.index < len(row) and is_number(row[numbered.index])):
        return False
    money = {column.index for column in columns if column.measure or column.is_percent}
    texts = [cell_text(cell) for index, cell in enumerate(row) if index not in money and cell is not None]
    named = [text for text in texts if text.strip()]
    return len(named) == 1 and _NUMBERING.sub("", squeeze(named[0])).startswith(vocabulary.sections)


def _lone_text_role(text: str, vocabulary: Vocabulary) -> str:
    """A text that stands alone in its row is a note by its words, else it heads what follows."""
    plain = squeeze(text)
    if vocabulary.page_line.fullmatch(to_arabic_digits(plain)):
        return NOTE
    if plain.startswith(vocabulary.bullets):
        # A line that begins with a dash is listed of the row above, and heads nothing.
        listed = plain.lstrip("".join(vocabulary.bullets) + "( ")
        return SECTION if listed.startswith(vocabulary.sections) else NOTE
    return NOTE if plain.lstrip("( ").startswith((*vocabulary.notes, *vocabulary.signatures)) else SECTION


def settle_notes(roles: dict[int, str]) -> dict[int, str]:
    """A section with no record below it heads nothing: it is a note."""
    last = max((number for number, role in roles.items() if role in (RECORD, SUBTOTAL, TOTAL)), default=-1)
    return {number: NOTE if role == SECTION and number > last else role for number, role in roles.items()}


def settle_signatures(
    sheet: Sheet, columns: tuple[Column, ...], roles: dict[int, str], vocabulary: Vocabulary
) -> dict[int, str]:
    """What stands below the place where people sign, without a figure, belongs to it: names, posts, dates."""
    signed = next(
        (row for row, role in roles.items() if role == NOTE and _signs(sheet.rows[row], vocabulary)), None
    )
    if signed is None:
        return roles
    places = [column.index for column in columns if column.measure or column.field == "row_no"]
    settled = dict(roles)
    open_row = False
    for row, role in roles.items():
        if role == NOTE and _signs(sheet.rows[row], vocabulary):
            open_row = True
        elif role in (RECORD, SECTION) and open_row:
            cells = sheet.rows[row]
            open_row = not any(index < len(cells) and is_number(cells[index]) for index in places)
            settled[row] = NOTE if open_row else role
        else:
            open_row = False
    return settled


def _signs(row: Sequence[Cell], vocabulary: Vocabulary) -> bool:
    """Whether a row begins as one where people sign."""
    return squeeze(_first_text(row)).lstrip("(").startswith(vocabulary.signatures)
