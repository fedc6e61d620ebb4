"""A sheet's rows -> the rows of an HTML table: merges kept, roles as classes, findings at their cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from pipeline.inspect.model import GridRow, Row, SheetView, column_word, columns
from pipeline.trace import ROWS_A_PAGE, row_anchor
from pipeline.workbook import column_letters

GAP = "gap"
_SHOWN_GAP = 3
_NUMERIC = re.compile(r"[-(]?[\d๐-๙][\d๐-๙,. ]*%?\)?")
_ADDRESS = re.compile(r"([A-Z]+)(\d+)")
# A text alone in such a row runs over the empty cells to its right, as in a spreadsheet program.
_SPREAD = frozenset({"title", "section", "note"})
_CORRECTED = "cell_corrected"
_SEVERITY_CLASS = {"error": "e", "warning": "w", "info": "i"}


@dataclass(frozen=True)
class Part:
    """One page's share of a sheet: the rows that it shows, in order, and where each merge begins and is covered."""

    rows: Sequence[GridRow]
    number: int
    count: int


def split_rows(view: SheetView) -> list[Part]:
    """Split a sheet's used rows over pages."""
    starts = range(0, max(len(view.rows), 1), ROWS_A_PAGE)
    return [
        Part(view.rows[start : start + ROWS_A_PAGE], number, len(starts))
        for number, start in enumerate(starts, start=1)
    ]


def count_columns(view: SheetView) -> int:
    """How many columns a sheet shows: up to its last used cell."""
    return max((_index(next(reversed(cells))) + 1 for _, _, cells in view.rows if cells), default=1)


def _index(letters: str) -> int:
    """The zero-based number of a column's letters."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def meaning_rows(view: SheetView, width: int) -> dict[int, str]:
    """The row of meanings to show above each band of tables, by the first row of the band."""
    bands: dict[int, list[Row]] = {}
    for table in view.tables:
        corner = _ADDRESS.match(table["cell_range"])
        if columns(table) and corner:
            bands.setdefault(int(corner[2]), []).append(table)
    return {top: _meaning_row(tables, width) for top, tables in bands.items()}


def _meaning_row(tables: Sequence[Row], width: int) -> str:
    """What each column is, as one row."""
    cells = [""] * width
    for table in tables:
        for column in columns(table):
            index = _index(column["cell"])
            if index < width:
                cells[index] = _meaning_cell(column)
    return "<tr class=m><th scope=row>อ่านเป็น" + "".join(cell or "<th>" for cell in cells)


def _meaning_cell(column: Row) -> str:
    """One column's meaning, its unit, and how sure it is where that is less than sure."""
    unit = f"<small>{escape(column['shown_unit'])}</small>" if column["shown_unit"] else ""
    sure = "" if column["confidence"] >= 1 else f"<small>มั่นใจ {column['confidence']:.0%}</small>"
    kind = "k" if column.get("measure") else "u" if column["value"] is None else "f"
    return f"<th class={kind} scope=col>{escape(column_word(column))}{unit}{sure}"


def grid_rows(view: SheetView, part: Part, width: int, meanings: Mapping[int, str]) -> Iterator[str]:
    """The rows of one page, with gaps of empty rows said.

    Args:
        view: the sheet.
        part: which of its rows.
        width: how many columns it has.
        meanings: rows of meanings, by the row that each stands above.
    """
    letters = [column_letters(index) for index in range(width)]
    marks = _marks(view)
    shown = _with_gaps(part.rows, view.merges)
    spans, covered = _spans(shown, view.merges, width)
    first = part.rows[0][0] if part.rows else 1
    pending = sorted(top for top in meanings if top >= first)
    if part.number > 1 and (before := [top for top in meanings if top < first]):
        yield meanings[max(before)]
    for number, role, cells in shown:
        while pending and pending[0] <= number:
            yield meanings[pending.pop(0)]
        if role == GAP:
            yield f"<tr class=gap><th><td colspan={width}>{cells['told']}"
            continue
        texts = [cells.get(letter, "") for letter in letters]
        yield _row(number, role, texts, (marks.get(number), spans.get(number), covered.get(number)))


def _row(
    number: int,
    role: str,
    texts: Sequence[str],
    special: tuple[Mapping[int, list[Row]] | None, Mapping[int, str] | None, set[int] | None],
) -> str:
    """One row; the short way where nothing was found in it and nothing is merged or covered by a merge."""
    begin = f"<tr id={row_anchor(number)} class={role or 'blank'}><th scope=row>{number}"
    if role in _SPREAD and not any(special) and sum(map(bool, texts)) == 1:
        index = next(index for index, text in enumerate(texts) if text)
        return (
            begin + "<td>" * index + f"<td colspan={len(texts) - index}>{escape(texts[index], quote=False)}"
        )
    if not any(special):
        return begin + "".join([_cell(text) for text in texts])
    marks, spans, covered = special[0] or {}, special[1] or {}, special[2] or set()
    return begin + "".join(
        _marked_cell(text, f"{column_letters(index)}{number}", marks.get(index, ()), spans.get(index, ""))
        for index, text in enumerate(texts)
        if index not in covered
    )


def _cell(text: str) -> str:
    """One cell; numbers to the right."""
    if not text:
        return "<td>"
    return f"<td class=n>{text}" if _NUMERIC.fullmatch(text) else f"<td>{escape(text, quote=False)}"


def _marked_cell(text: str, cell: str, findings: Sequence[Row], span: str) -> str:
    """One cell with its span, and what was found there to read on hover and on focus."""
    shown = escape(text, quote=False)
    for corrected in (finding["corrected"] for finding in findings if "corrected" in finding):
        shown = f"<s>{shown}</s> <ins>{escape(corrected, quote=False) or '(ว่าง)'}</ins>"
    if not findings:
        return f"<td{span}{' class=n' if _NUMERIC.fullmatch(text) else ''}>{shown}"
    kind = _SEVERITY_CLASS[findings[0]["severity"]]
    told = " ".join(escape(finding["message_th"]) for finding in findings)
    tip = f"<span class=tip role=tooltip>{told}</span>"
    return f"<td{span} id={cell} class={kind} tabindex=0>{shown or '&nbsp;'}{tip}"


def _marks(view: SheetView) -> dict[int, dict[int, list[Row]]]:
    """The findings at cells, by row number and zero-based column."""
    marks: dict[int, dict[int, list[Row]]] = {}
    corrected = {correction["cell"]: correction["to_text"] for correction in view.corrections}
    for finding in view.findings:
        place = _ADDRESS.fullmatch(finding["cell"] or "")
        if place and finding["sheet"] == view.name:
            text = corrected.get(finding["cell"]) if finding["rule"] == _CORRECTED else None
            marked = finding if text is None else {**finding, "corrected": text}
            marks.setdefault(int(place[2]), {}).setdefault(_index(place[1]), []).append(marked)
    return marks


def _with_gaps(rows: Sequence[GridRow], merges: Sequence[tuple[int, int, int, int]]) -> list[GridRow]:
    """Put in the empty rows between used ones: a few as rows, many as one line that says how many."""
    merged = {
        row for top, _, bottom, _ in merges if bottom - top <= ROWS_A_PAGE for row in range(top, bottom + 1)
    }
    shown: list[GridRow] = []
    before = rows[0][0] - 1 if rows else 0
    for row in rows:
        gap = range(before + 1, row[0])
        if len(gap) <= _SHOWN_GAP or (gap[0] in merged and gap[-1] in merged):
            shown += [(number, "", {}) for number in gap]
        else:
            shown.append((gap[0], GAP, {"told": f"แถว {gap[0]:,}-{gap[-1]:,} ว่าง"}))
        shown.append(row)
        before = row[0]
    return shown


def _spans(
    shown: Sequence[GridRow], merges: Sequence[tuple[int, int, int, int]], width: int
) -> tuple[dict[int, dict[int, str]], dict[int, set[int]]]:
    """The span of each merge's first shown cell, and the cells that merges cover, by row number and column."""
    numbers = {number for number, role, _ in shown if role != GAP}
    spans: dict[int, dict[int, str]] = {}
    covered: dict[int, set[int]] = {}
    for top, left, bottom, right in merges:
        rows = [number for number in range(top, min(bottom, top + ROWS_A_PAGE) + 1) if number in numbers]
        wide = min(right, width) - left + 1
        if not rows or wide < 1 or rows[-1] - rows[0] + 1 != len(rows):
            continue
        down = f" rowspan={len(rows)}" if len(rows) > 1 else ""
        across = f" colspan={wide}" if wide > 1 else ""
        spans.setdefault(rows[0], {})[left - 1] = down + across
        for number in rows:
            held = set(range(left - 1, left - 1 + wide))
            covered.setdefault(number, set()).update(held - {left - 1} if number == rows[0] else held)
    return spans, covered
