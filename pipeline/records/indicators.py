"""Tables of provinces x years x measures -> core_indicator, by the series listed in specs/indicators.yml."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from pipeline import specs
from pipeline.errors import SourceError
from pipeline.layout import Column, Table
from pipeline.records.cells import read_provinces, read_values, read_years, texts_as_written
from pipeline.records.leftovers import tell_unknown_columns
from pipeline.records.model import Extract
from pipeline.records.source import Source
from pipeline.thai import squeeze
from pipeline.workbook import column_letters


@dataclass(frozen=True)
class Series:
    """Where one indicator may be read: words of the table and of the column.

    Attributes:
        indicator_code: topic_what_measure.
        title: squeezed words that all stand in titles, the sheet's or the file's name.
        column: squeezed words that all stand in the column's head; none: the head is only a year.
        source: whom the figures are from.
        rank: which source goes first where several give the same figure.
    """

    indicator_code: str
    title: tuple[str, ...]
    column: tuple[str, ...]
    source: str
    rank: int


@dataclass(frozen=True)
class Definition:
    """What an indicator means; see specs/indicators.yml."""

    indicator_code: str
    name_th: str
    topic: str
    unit: str | None
    period_basis: str
    direction: str
    caution_th: str | None
    is_verified: bool


@dataclass(frozen=True)
class Catalogue:
    """All indicators and where they are read."""

    definitions: dict[str, Definition]
    series: tuple[Series, ...]


@lru_cache(maxsize=1)
def load_catalogue() -> Catalogue:
    """Load specs/indicators.yml.

    Raises:
        SpecError: an indicator lacks what it must say.
    """
    definitions = {}
    series: list[Series] = []
    for code, entry in specs.load_yaml("indicators.yml").items():
        where = f"indicators.yml: {code}"
        for key in ("name_th", "topic", "unit", "period_basis", "direction", "verified"):
            specs.require(key in entry, where, f"a value for {key}")
        specs.require(
            entry["period_basis"] in ("FY", "CY", "AY", "point"), where, "period_basis FY, CY, AY or point"
        )
        definitions[code] = Definition(
            code,
            entry["name_th"],
            entry["topic"],
            entry["unit"],
            entry["period_basis"],
            entry["direction"],
            entry.get("caution_th"),
            bool(entry["verified"]),
        )
        series.extend(_read_series(code, place) for place in entry.get("read_from", ()))
    return Catalogue(definitions, tuple(series))


def match_columns(table: Table, titles: str, catalogue: Catalogue) -> dict[int, Series]:
    """Find which series each column of a table holds, by column index; the most words win.

    Args:
        table: the layout.
        titles: titles, sheet's and file's name, squeezed and joined.
        catalogue: the series to look for.
    """
    candidates = [series for series in catalogue.series if all(word in titles for word in series.title)]
    matched: dict[int, Series] = {}
    for column in table.columns:
        fitting = [series for series in candidates if _fits(series, column)]
        if fitting:
            matched[column.index] = max(
                fitting, key=lambda series: (len("".join(series.column)), len(series.title))
            )
    return matched


def read_indicators(source: Source, matched: dict[int, Series]) -> Extract:
    """Read an indicator table: one core_indicator row for every record's cell in a matched column.

    Raises:
        SourceError: nothing says the year of the figures.
    """
    extract = Extract()
    provinces = read_provinces(source, "province", extract)
    years = _years(source, matched, extract)
    catalogue = load_catalogue()
    for column in source.table.columns:
        series = matched.get(column.index)
        if series:
            _add_values(
                source,
                column,
                series,
                catalogue.definitions[series.indicator_code],
                provinces=provinces,
                years=years,
                extract=extract,
            )
    tell_unknown_columns(source, extract, known=matched)
    return extract


def _read_series(code: str, place: dict[str, object]) -> Series:
    """Read one entry of read_from."""
    title, column = place["title"], place["column"]
    specs.require(
        isinstance(title, list) and isinstance(column, list),
        f"indicators.yml: {code}",
        "title and column as lists of words",
    )
    assert isinstance(title, list)
    assert isinstance(column, list)
    return Series(
        code,
        tuple(squeeze(str(word)) for word in title),
        tuple(squeeze(str(word)) for word in column),
        str(place["source"]),
        int(str(place["rank"])),
    )


def _fits(series: Series, column: Column) -> bool:
    """Whether a column's head has the words of a series; without words it must be a year alone."""
    if column.field:
        return False
    rest = [heading.text for heading in column.headings if heading.text]
    if not series.column:
        return bool(column.year_be) and not rest
    return bool(rest) and all(word in rest[-1] for word in series.column)


def _years(source: Source, matched: dict[int, Series], extract: Extract) -> dict[int, int]:
    """The year of every record: its column's, else the table's; wide years stand in the columns themselves."""
    for field in ("year", "fiscal_year"):
        if field in source.table.fields:
            return read_years(source, field, extract)
    if all(column.year_be for column in source.table.columns if column.index in matched):
        return {}
    if source.year.value is None:
        raise SourceError(
            "no_year", "ไม่พบว่าข้อมูลนี้เป็นของปีใด  ใส่ปีในหัวเรื่อง หัวคอลัมน์ หรือชื่อไฟล์ หรือตัดสินใน overrides.csv"
        )
    return dict.fromkeys(source.table.records, int(source.year.value))


def _add_values(
    source: Source,
    column: Column,
    series: Series,
    definition: Definition,
    *,
    provinces: dict[int, str | None],
    years: dict[int, int],
    extract: Extract,
) -> None:
    """Add one core_indicator row for every loaded record's cell in a column."""
    read = read_values(source, column, extract)
    values = dict(zip(source.table.records, read.values, strict=True))
    rows = [row for row in values if row not in extract.refused and row not in read.unreadable]
    extract.add(
        "core_indicator",
        {
            "province_code": [provinces[row] for row in rows],
            "indicator_code": series.indicator_code,
            "year_be": column.year_be or [years[row] for row in rows],
            "period_basis": definition.period_basis,
            "period": column.period,
            "value": [values[row] for row in rows],
            "unit": definition.unit,
            "source": series.source,
            "source_rank": series.rank,
            "text": texts_as_written(source, column, rows),
            "row_number": [row + 1 for row in rows],
            "letters": column_letters(column.index),
        },
        count=len(rows),
    )
