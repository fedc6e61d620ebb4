"""Tables of statistics -> core_indicator: provinces, months or items beside figures, by specs/indicators."""

from __future__ import annotations

from collections import Counter

from pipeline.errors import SourceError
from pipeline.layout import Column
from pipeline.layout.statistics import LABEL, PROVINCE
from pipeline.layout.statistics.heads import is_headless
from pipeline.records.cells import ColumnValues, read_provinces, read_values, texts_as_written
from pipeline.records.forms import tell_blank_form
from pipeline.records.leftovers import tell_unknown_columns
from pipeline.records.model import Extract, share
from pipeline.records.stated import tell_totals
from pipeline.records.statistics import Named, Statistics, name_rows, part_columns
from pipeline.records.times import RowTime, disagrees, read_row_times, time_of
from pipeline.records.units import scale_of, tell_unit
from pipeline.thai import squeeze
from pipeline.workbook import cell_text, column_letters

_MOST_REPEATED = 0.2

Codes = dict[int, str | None]
Times = dict[int, tuple[int, str]]


def read_indicators(table: Statistics) -> Extract:
    """Read a statistical table: one core_indicator row for every record's cell in a column of figures.

    Raises:
        SourceError: nothing says the year or the province of the figures, or the same row comes again and again.
    """
    extract = Extract()
    blank = tell_blank_form(table)
    if blank:
        extract.findings.append(blank)
        return extract
    if not table.figures.values:
        raise SourceError("no_figures", "ตารางนี้มีชื่อจังหวัดแต่ไม่มีคอลัมน์ตัวเลขที่เป็นค่าสถิติ จึงไม่มีอะไรให้นำเข้า")
    provinces = _provinces(table, extract)
    times = read_row_times(table, extract)
    _refuse_repeated(table, provinces, times, extract)
    untimed = [
        column
        for column in table.figures.values
        if not _read_column(table, column, provinces, times, extract)
    ]
    if len(untimed) == len(table.figures.values):
        raise SourceError(
            "no_year",
            "ไม่พบว่าข้อมูลนี้เป็นของปีใด  ใส่ปีในหัวเรื่อง หัวคอลัมน์ หรือชื่อไฟล์ หรือระบุปีใน overrides.csv",
        )
    extract.findings.extend(table.at_head("indicator_without_year", column) for column in untimed)
    _tell_texts(table, extract)
    return extract


def _provinces(table: Statistics, extract: Extract) -> Codes:
    """The province of every record: its column's; none where every series is the nation's; else the table's."""
    source, series = table.source, table.matched.series
    if table.figures.subject == PROVINCE:
        return read_provinces(source, PROVINCE, extract)
    if series and all(place.is_national for place in series):
        return dict.fromkeys(table.records)
    if source.province.value is None:
        raise SourceError(
            "no_province",
            "ไม่พบว่าข้อมูลนี้เป็นของจังหวัดใด  ใส่ชื่อจังหวัดในหัวเรื่อง ชื่อชีต ชื่อไฟล์ หรือโฟลเดอร์",
        )
    return dict.fromkeys(table.records, str(source.province.value))


def _refuse_repeated(
    table: Statistics, provinces: Codes, times: dict[int, RowTime], extract: Extract
) -> None:
    """Refuse rows that say the same province, time and part as another: which of them holds is not known.

    Raises:
        SourceError: so many repeat that the table must be about something else besides.
    """
    if table.figures.subject == LABEL:
        return
    parts = part_columns(table)
    keys = {
        row: (
            provinces[row],
            times[row],
            *(squeeze(cell_text(table.source.cell(row, part))) for part in parts),
        )
        for row in table.records
        if row not in extract.refused
    }
    counts = Counter(keys.values())
    repeated = [row for row, key in keys.items() if counts[key] > 1]
    if len(repeated) > _MOST_REPEATED * len(keys):
        raise SourceError(
            "rows_repeat",
            f"จังหวัดและปีเดียวกันมีหลายแถว ({len(repeated)} จาก {len(keys)} แถว) จึงไม่ทราบว่าแต่ละแถวต่างกันเรื่องใด  "
            "ระบุคอลัมน์ที่แยกแถวไว้ที่ where ของตัวชี้วัดใน specs/indicators",
        )
    for row in repeated:
        extract.refused.add(row)
        extract.findings.append(
            table.source.finding("indicator_row_repeated", row, table.figures.subject_column)
        )


def _read_column(
    table: Statistics, column: Column, provinces: Codes, times: dict[int, RowTime], extract: Extract
) -> bool:
    """Read one column of figures; returns False where nothing says its year."""
    names = name_rows(table, column)
    if not names:
        extract.findings.append(table.at_head("column_unknown", column))
        return True
    loaded = [row for row in names if row not in extract.refused]
    timed = {
        row: time
        for row in loaded
        if (time := time_of(table.source, table.figures, column, times[row], basis=names[row].basis))
    }
    if loaded and not timed:
        return False
    _tell_names(table, column, names, extract)
    read = read_values(table.source, column, extract)
    _add_values(table, column, names, (provinces, timed, read), extract)
    first = names[next(iter(names))]
    tell_totals(table, column, first.unit if len(set(names.values())) == 1 else None, extract)
    return True


def _tell_names(table: Statistics, column: Column, names: dict[int, Named], extract: Extract) -> None:
    """Tell what is not yet named, what no part fits, and what is odd about a column's unit and month."""
    unnamed = [row for row, named in names.items() if not named.is_named]
    if unnamed and table.figures.subject == LABEL:
        extract.findings.extend(
            table.source.finding("indicator_unnamed", row, column, value=column.name, code=names[row].code)
            for row in unnamed
        )
    elif unnamed:
        extract.findings.append(table.at_head("indicator_unnamed", column, code=names[unnamed[0]].code))
    for row in table.records:
        if row not in names and row not in extract.refused:
            extract.refused.add(row)
            extract.findings.append(table.source.finding("indicator_part_unknown", row, column))
    if disagrees(table.figures, column):
        extract.findings.append(table.at_head("period_disagrees", column))
    tell_unit(table, column, names, extract)


def _add_values(
    table: Statistics,
    column: Column,
    names: dict[int, Named],
    read: tuple[Codes, Times, ColumnValues[float]],
    extract: Extract,
) -> None:
    """Add one core_indicator row for every loaded record's cell in a column, those of one source together."""
    provinces, times, values = read
    by_row = dict(zip(table.records, values.values, strict=True))
    groups: dict[tuple[str, int, str], list[int]] = {}
    for row in times:
        if row not in extract.refused and row not in values.unreadable:
            named = names[row]
            groups.setdefault((named.source, named.rank, named.basis), []).append(row)
    for (origin, rank, basis), rows in groups.items():
        scales = {named: scale_of(table, column, named) for named in {names[row] for row in rows}}
        extract.add(
            "core_indicator",
            {
                "province_code": [provinces[row] for row in rows],
                "indicator_code": share([names[row].code for row in rows]),
                "year_be": share([times[row][0] for row in rows]),
                "period_basis": basis,
                "period": share([times[row][1] for row in rows]),
                "value": [_scaled(by_row[row], scales[names[row]]) for row in rows],
                "unit": share([names[row].unit for row in rows]),
                "source": origin,
                "source_rank": rank,
                "text": texts_as_written(table.source, column, rows),
                "row_number": [row + 1 for row in rows],
                "letters": column_letters(column.index),
            },
            count=len(rows),
        )


def _scaled(value: float | None, scale: float) -> float | None:
    """A value in the definition's unit."""
    return value if value is None or scale == 1 else value * scale


def _tell_texts(table: Statistics, extract: Extract) -> None:
    """Tell the columns with a head that are neither figures, codes nor names of rows or parts."""
    figures = table.figures
    headless = {column.index for column in figures.table.columns if is_headless(column)}
    known = {column.index for column in figures.table.fields.values()}
    known |= headless | {
        column.index for column in (*figures.values, *figures.empty, *figures.codes, *part_columns(table))
    }
    tell_unknown_columns(table.source, extract, known=known)
