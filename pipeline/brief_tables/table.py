"""One look for every table: a frozen Table that shows itself as pandoc Markdown and, in JupyterLab, as HTML."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape as escape_html
from typing import Any

import pandas as pd

from pipeline.brief_text.markdown import escape, let_break
from pipeline.brief_text.numbers import MISSING, format_baht, format_number, format_year, is_missing
from pipeline.brief_text.said import figures_of, tidy
from pipeline.brief_text.templates import say
from pipeline.trace import Address, Formula, make_address

# Wider than any column setting of pandoc, so that every table takes the full width in the given proportions.
RULE_LENGTH = 200


def format_text(value: object) -> str:
    """Show a text as it is, with its figures; what is missing says so."""
    return MISSING if is_missing(value) else value if isinstance(value, str) else str(value)


def format_path(value: object) -> str:
    """Show a file's path so that it may break after slashes, hyphens and underscores."""
    return let_break(format_text(value))


def format_place(path: object, sheet: object, cell: object) -> str:
    """Name a place as file › sheet › cell, without the parts that it lacks.

    >>> format_place("สุโขทัย/แผน65.xlsx", "แผน", "E14")
    'สุโขทัย/แผน65.xlsx › แผน › E14'
    """
    return " › ".join(str(part) for part in (path, sheet, cell) if not is_missing(part) and part)


def format_decimal(value: object) -> str:
    """Show a rate or a share to one decimal."""
    return format_number(value, 1)


FORMS: dict[str, Callable[[object], str]] = {
    "text": format_text,
    "path": format_path,
    "figure": format_text,
    "year": format_year,
    "count": format_number,
    "decimal": format_decimal,
    "baht": format_baht,
}
NUMBERS = ("figure", "count", "decimal", "baht")


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Attributes:
        name: the frame's column.
        head: its Thai heading, with the unit.
        form: how its cells are written, a key of FORMS; a figure is a number written already; numbers stand right.
        width: its share of the table's width, in any one measure for the whole table.
    """

    name: str
    head: str
    form: str
    width: int

    @property
    def is_number(self) -> bool:
        """Say whether the column stands right."""
        return self.form in NUMBERS


@dataclass(frozen=True)
class Origin:
    """Where the figures of a column are from, so that each has an address.

    Attributes:
        column: the table's column.
        view: the out_ view.
        figure: its column there.
        at: the frame's column that holds, for each row, the keys in the view, or the address itself where the figure
            is worked out of others; None where the row is none of it.
    """

    column: str
    view: str = ""
    figure: str = ""
    at: str = "at"


def list_keys(rows: pd.DataFrame, names: Sequence[str], **fixed: object) -> list[Any]:
    """List the keys of each row: the same ones for all, and what the row holds of the named columns."""
    return [fixed | {name: row[name] for name in names} for row in rows.to_dict("records")]


@dataclass(frozen=True)
class Table:
    """A table of a brief.

    Attributes:
        table_id: a name for links, as "tbl-population".
        caption: what is shown, where and when.
        columns: its columns, left to right.
        frame: one row a row; money in baht.
        source: where its numbers are from; empty where the rows themselves say it.
        note: what a reader must know to read it; empty for nothing.
        more: how many rows it leaves out.
        has_total: the last row is a sum.
        origins: where the figures of its columns are from, as far as they can be traced.
    """

    table_id: str
    caption: str
    columns: tuple[Column, ...]
    frame: pd.DataFrame
    source: str = ""
    note: str = ""
    more: int = 0
    has_total: bool = False
    origins: tuple[Origin, ...] = ()

    def numbered(self, number: int) -> Table:
        """Put the number of the table before its caption."""
        return replace(self, caption=f"ตารางที่ {number} {self.caption}")

    @property
    def cells(self) -> list[list[str]]:
        """The rows as they are written."""
        written = [
            [FORMS[column.form](value) for value in self.frame[column.name]] for column in self.columns
        ]
        return [list(row) for row in zip(*written, strict=True)]

    @property
    def figures(self) -> list[dict[str, Any]]:
        """Its figures that have an address: row and column from 0, the address, and the text that is shown."""
        cells = self.cells
        figures = [*self._whole_cells(cells), *_parts_of_cells(cells)]
        return sorted(figures, key=lambda one: (one["row"], one["column"], one.get("start", 0)))

    def _whole_cells(self, cells: list[list[str]]) -> Iterator[dict[str, Any]]:
        """The cells that are one figure, of the columns with an origin."""
        places = {column.name: number for number, column in enumerate(self.columns)}
        for number, row in enumerate(self.frame.to_dict("records")):
            for origin in self.origins:
                shown = cells[number][column := places[origin.column]]
                if shown != MISSING and (address := _address(row, origin)):
                    yield {"row": number, "column": column, "address": address, "shown": str(shown)}

    @property
    def remarks(self) -> tuple[str, ...]:
        """What stands under the table: how many rows it leaves out with the note, and the source."""
        more = say("study.more", count=format_number(self.more)) if self.more else ""
        note = " · ".join(text for text in (more, self.note) if text)
        return tuple(
            text for text in (note, say("common.source", source=self.source) if self.source else "") if text
        )

    def to_markdown(self) -> str:
        """Write a pandoc pipe table, its caption, and under it the note and the source in a div of class source."""
        head = _pipe([escape(column.head) for column in self.columns])
        rows = [[escape(cell) for cell in row] for row in self.cells]
        if self.has_total:
            rows[-1] = [f"**{cell}**" for cell in rows[-1]]
        lines = [
            head,
            _pipe(_rules(self.columns), pad=""),
            *(_pipe(row) for row in rows),
            "",
            f": {escape(self.caption)}",
        ]
        lines += ["" for _ in self.remarks[:1]] + _source_div(self.remarks)
        return "\n".join(lines) + "\n"

    def to_html(self) -> str:
        """Write the table for JupyterLab."""
        head = "".join(_html_cell("th", column.head, column) for column in self.columns)
        body = "".join(f"<tr>{_html_row(row, self.columns)}</tr>" for row in self.cells)
        remarks = "".join(f"<p>{escape_html(remark)}</p>" for remark in self.remarks)
        caption = f"<caption>{escape_html(self.caption)}</caption>"
        return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{remarks}"

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, str], dict[str, Any]]:
        """Show itself to a notebook; the metadata tells the renderer that this is a table, and of what."""
        bundle = {
            "text/markdown": self.to_markdown(),
            "text/html": self.to_html(),
            "text/plain": self.caption,
        }
        figures = self.figures
        return bundle, {
            "brief": {"kind": "table", "id": self.table_id} | ({"figures": figures} if figures else {})
        }


def _parts_of_cells(cells: list[list[str]]) -> Iterator[dict[str, Any]]:
    """The figures with an address of their own within cells."""
    for row, written in enumerate(cells):
        for column, cell in enumerate(written):
            if any(one.address for one in figures_of(cell)):
                text = tidy(cell)
                for one in text.figures:
                    shown = str(text[one.start : one.end])
                    place = {"row": row, "column": column, "start": one.start}
                    yield place | {"address": one.address, "shown": shown}


def _address(row: Mapping[Any, Any], origin: Origin) -> str:
    """Write the address of a figure; empty where its row is none of the view."""
    keys = row[origin.at]
    if isinstance(keys, Mapping):
        return str(make_address(origin.view, origin.figure, keys))
    return str(keys) if isinstance(keys, Address | Formula) else ""


def keep_as_is(values: Iterable[object]) -> pd.Series:
    """Make a column of addresses, or of texts that keep their figures; a frame's own column would be of plain texts."""
    return pd.Series(list(values), dtype=object)


def _pipe(cells: list[str], *, pad: str = " ") -> str:
    """Join cells into one line of a pipe table."""
    return f"|{pad}" + f"{pad}|{pad}".join(cells) + f"{pad}|"


def _rules(columns: tuple[Column, ...]) -> list[str]:
    """Draw the line under the heads: its dashes give the widths, its colons the sides."""
    whole = sum(column.width for column in columns)
    lengths = [max(3, round(RULE_LENGTH * column.width / whole)) for column in columns]
    return [
        f"{'-' * (length - 1)}:" if column.is_number else f":{'-' * (length - 1)}"
        for length, column in zip(lengths, columns, strict=True)
    ]


def _source_div(remarks: tuple[str, ...]) -> list[str]:
    """Set remarks in a div that the renderer can give a smaller type."""
    if not remarks:
        return []
    body = "\n\n".join(escape(remark) for remark in remarks)
    return ['::: {.source custom-style="Source Note"}', body, ":::"]


def _html_row(row: list[str], columns: tuple[Column, ...]) -> str:
    """Write the cells of one row of HTML."""
    return "".join(_html_cell("td", cell, column) for cell, column in zip(row, columns, strict=True))


def _html_cell(tag: str, text: str, column: Column) -> str:
    """Write one cell of HTML on its side."""
    side = "right" if column.is_number else "left"
    return f'<{tag} style="text-align:{side};vertical-align:top">{escape_html(text)}</{tag}>'
