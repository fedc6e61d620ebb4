"""The few figures that an analyst draws in a notebook, in the look of the briefs; rows in, a Chart out.

A Chart shows itself in JupyterLab; `chart.svg` and `chart.png` hold the drawing. Every figure needs a title, which says
what is to be seen; the unit and where the figures are from stand with it.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.brief_text.evidence import Words
from pipeline.brief_text.numbers import MISSING, format_number, is_missing
from pipeline.errors import UsageError

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.charts.chart import Chart

__all__ = ["bars", "dots", "lines", "ranges", "tile_map"]
MOST_IN_WORDS = 8
MOST_DECIMALS = 4


def bars(
    rows: pd.DataFrame,
    *,
    name: str,
    value: str,
    title: str,
    unit: str = "",
    source: str = "",
    decimals: int = 0,
) -> Chart:
    """Draw a bar a row from zero, in the order of the rows; a row without a value is left out.

    Args:
        rows: one row a bar.
        name: the column of the bars' names.
        value: the column of their values, in `unit`.
        title: what is to be seen.
        unit: what the values are in, and of when.
        source: where they are from.
        decimals: as written at the bars' ends.

    Raises:
        UsageError: there is no such column, or no row has a value.

    >>> import pandas as pd
    >>> agencies = pd.DataFrame({"agency": ["เรือนจำ", "คุมประพฤติ"], "baht": [1200, 800]})
    >>> bars(agencies, name="agency", value="baht", title="งบสองหน่วยงาน", unit="บาท").words.alt
    'งบสองหน่วยงาน (บาท): เรือนจำ 1,200; คุมประพฤติ 800'
    """
    from pipeline.charts.bars import Bar, draw_bars

    known = _known(rows, value, name)
    drawn = [
        Bar(str(row[name]), float(row[value]), _write(row[value], decimals)) for _, row in known.iterrows()
    ]
    words = _words(title, unit, source, told=[f"{bar.name} {bar.written}" for bar in drawn])
    return draw_bars(drawn, words)


def lines(
    rows: pd.DataFrame,
    *,
    value: str,
    title: str,
    panel: str | None = None,
    unit: str = "",
    source: str = "",
    decimals: int = 0,
) -> Chart:
    """Draw values over years, broken where a year has none; with `panel`, one small panel a name.

    Args:
        rows: one row a year (and panel), with the column `year_be` or `fiscal_year_be`.
        value: the column of the values, in `unit`.
        title: what is to be seen.
        panel: the column that names the panels; None for one line on one large panel.
        unit: what the values are in.
        source: where they are from.
        decimals: as written beside the panels' lines.

    Raises:
        UsageError: there is no such column, no row has a value, or a year stands twice.
    """
    from pipeline.charts.lines import Line, draw_panels, draw_years
    from pipeline.charts.style import INK

    year = "year_be" if "year_be" in rows.columns else "fiscal_year_be"
    known = _known(rows, value, year, *([panel] if panel else [])).rename(columns={year: "year_be"})
    if known.duplicated(["year_be", *([panel] if panel else [])]).any():
        raise UsageError("lines: หนึ่งปีต้องมีแถวเดียว (ต่อหนึ่ง panel)  รวมหรือเลือกแถวก่อน")
    known = known.assign(**{value: known[value].astype(float)})
    line = Line("", value, "-", INK, 1.5, "o")
    told = [
        f"{row[panel] if panel else ''} {row['year_be']} {_write(row[value], decimals)}".strip()
        for _, row in known.iterrows()
    ]
    words = _words(title, unit, source, told=told)
    if panel is None:
        return draw_years(known, words, line)
    return draw_panels(known, words, panel=panel, lines=[line], decimals=decimals)


def dots(
    rows: pd.DataFrame,
    *,
    name: str,
    value: str,
    title: str,
    interval: tuple[str, str] | None = None,
    focus: str = "",
    unit: str = "",
    source: str = "",
) -> Chart:
    """Draw a dot a row on one scale from zero, in the order of the rows, with its interval where it has one.

    Args:
        rows: one row a dot.
        name: the column of the dots' names.
        value: the column of their values, in `unit`.
        title: what is to be seen.
        interval: the columns of the intervals' lower and upper ends; None for no intervals.
        focus: the name to be drawn darker.
        unit: what the values are in, and of when.
        source: where they are from.

    Raises:
        UsageError: there is no such column, or no row has a value.
    """
    from pipeline.charts.compare import Dot, draw_dots

    known = _known(rows, value, name, *(interval or ()))
    drawn = []
    for _, row in known.iterrows():
        low, high = (None if is_missing(row[end]) else float(row[end]) for end in interval or (value, value))
        dot = Dot(str(row[name]), float(row[value]), is_focus=str(row[name]) == focus)
        drawn.append(replace(dot, low=low, high=high) if interval else dot)
    told = [f"{row[name]} {_write(row[value], 1)}" for _, row in known.iterrows()]
    return draw_dots([("", drawn)], _words(title, unit, source, told=told))


def ranges(
    rows: pd.DataFrame,
    *,
    name: str,
    value: str,
    title: str,
    unit: str = "",
    source: str = "",
    decimals: int = 1,
) -> Chart:
    """Draw how provinces lie on each of several measures: a strip a measure, a dot a province, nobody first or last.

    Args:
        rows: one row a province and measure.
        name: the column of the measures' names.
        value: the column of the values.
        title: what is to be seen.
        unit: what stands under the title.
        source: where the values are from.
        decimals: of the lowest and the highest as written.

    Raises:
        UsageError: there is no such column, or no row has a value.
    """
    from pipeline.charts.ranges import Range, draw_ranges

    known = _known(rows, value, name)
    strips = [
        Range(str(key), tuple(map(float, part[value])), decimals)
        for key, part in known.groupby(name, sort=False)
    ]
    told = [
        f"{one.name} {_write(min(one.values), decimals)}–{_write(max(one.values), decimals)}"
        for one in strips
    ]
    return draw_ranges(strips, _words(title, unit, source, told=told))


def tile_map(
    rows: pd.DataFrame,
    *,
    value: str,
    title: str,
    order: Sequence[str] | None = None,
    unit: str = "",
    source: str = "",
    marked: str = "",
    none_name: str = MISSING,
) -> Chart:
    """Draw the 77 provinces as tiles placed as on the map, shaded by a number or by a word.

    Args:
        rows: one row a province, with the column `province_code`.
        value: numbers, which are cut into at most four groups of about as many provinces; or words.
        title: what is to be seen.
        order: the words from the lightest to the darkest, at most four; None for numbers.
        unit: what the values are in, and of when.
        source: where they are from.
        marked: code of a province to frame.
        none_name: what a province without a value is called.

    Raises:
        UsageError: there is no such column, no row has a value, a province stands twice, or a word is not in `order`.
    """
    from pipeline.charts.tiles import draw_tiles

    known = _known(rows, value, "province_code")
    if known["province_code"].duplicated().any():
        raise UsageError("tile_map: หนึ่งจังหวัดต้องมีแถวเดียว  เลือกปีและตัวชี้วัดก่อน")
    codes, values = list(known["province_code"]), list(known[value])
    names, levels = _levels_of_words(values, order) if order else _levels_of_numbers(values)
    told = [f"{name} {levels.count(number)}" for number, name in enumerate(names)]
    words = _words(title, unit, source, told=told)
    shaded = dict(zip(codes, levels, strict=True))
    return draw_tiles(shaded, words, names=names, none_name=none_name, marked=marked)


def _levels_of_words(values: Sequence[object], order: Sequence[str]) -> tuple[list[str], list[int]]:
    """Give each word its place in the order."""
    unknown = sorted({str(value) for value in values} - set(order))
    if unknown or not 1 <= len(order) <= 4:
        raise UsageError(f"tile_map: order ต้องมีทุกคำที่ใช้ ไม่เกินสี่คำ  คำที่ไม่มีใน order: {', '.join(unknown) or '-'}")
    return list(order), [list(order).index(str(value)) for value in values]


def _levels_of_numbers(values: Sequence[object]) -> tuple[list[str], list[int]]:
    """Cut numbers into at most four groups of about as many provinces; equal numbers stay together."""
    numbers = [float(str(value)) for value in values]
    ordered = sorted(set(numbers))
    groups = min(4, len(ordered))
    cuts = [ordered[round(len(ordered) * number / groups)] for number in range(groups)]
    levels = [sum(number >= cut for cut in cuts) - 1 for number in numbers]
    inside = [
        [number for number, at in zip(numbers, levels, strict=True) if at == one] for one in range(groups)
    ]
    tried = ([_name_group(group, decimals) for group in inside] for decimals in range(MOST_DECIMALS))
    distinct = (names for names in tried if len(set(names)) == groups)
    return next(distinct, [_name_group(group, MOST_DECIMALS) for group in inside]), levels


def _name_group(numbers: Sequence[float], decimals: int) -> str:
    """Name a group of numbers by its ends."""
    low, high = (format_number(end, decimals) for end in (min(numbers), max(numbers)))
    return low if low == high else f"{low}–{high}"


def _known(rows: pd.DataFrame, value: str, *others: str) -> pd.DataFrame:
    """The rows that have a value.

    Raises:
        UsageError: a column is not there, or nothing has a value.
    """
    missing = [column for column in (value, *others) if column not in rows.columns]
    if missing:
        raise UsageError(f"ไม่มีคอลัมน์ {', '.join(missing)}  ตารางนี้มี {', '.join(map(str, rows.columns))}")
    known = rows[[not is_missing(one) for one in rows[value]]]
    if known.empty:
        raise UsageError(f"ยังไม่มีข้อมูลให้วาด: ทุกแถวของ {value} ว่าง")
    return known


def _write(value: object, decimals: int) -> str:
    """Write a value as Thai readers expect it."""
    return format_number(value, decimals)


def _words(title: str, unit: str, source: str, *, told: Sequence[str]) -> Words:
    """Put a figure's words together; who cannot see it is told the first values."""
    more = f" และอีก {len(told) - MOST_IN_WORDS} ค่า" if len(told) > MOST_IN_WORDS else ""
    alt = f"{title}{f' ({unit})' if unit else ''}: {'; '.join(told[:MOST_IN_WORDS])}{more}"
    return Words(f"fig-{zlib.crc32(title.encode()):08x}", title, title, unit, alt, source)
