"""A plan -> rows -> a sheet."""

from __future__ import annotations

from decimal import Decimal

from tests.messy.grid import Cell, Grid, Row, head_grid
from tests.messy.plan import FACTORS, PROVINCES, Book, Column, Project

TO_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


def lay_out(book: Book) -> None:
    """Make the rows under the head of the projects."""
    for number, project in enumerate(book.projects, start=1):
        cells = [_cell(book, column, project, number) for column in book.columns]
        row = Row("record", cells, project.section)
        book.body.append(row)
        if "activity" in project.fields:
            _add_merged_activities(book, project, row)
        else:
            _add_activities_below(book, project)


def in_unit(amount: Decimal | str | None, unit: str) -> Cell:
    """An amount of baht as the sheet prints it; texts stay."""
    return amount / FACTORS[unit] if isinstance(amount, Decimal) else amount


def _cell(book: Book, column: Column, project: Project, number: int) -> Cell:
    """One cell of a project's row."""
    if column.key:
        return in_unit(project.amounts.get(column.key), book.units.get(column.key, book.unit))
    plain: dict[str | None, Cell] = {
        "no": number,
        "name": project.name,
        "agency": project.agency,
        "province": PROVINCES.get(project.province),
        "year": project.year,
    }
    return project.fields.get(str(column.field), plain.get(column.field))


def _add_merged_activities(book: Book, project: Project, first: Row) -> None:
    """Put a project's activities beside its name, which is merged down over them."""
    place = book.index("activity")
    has_amounts = any(amounts for _, amounts in project.activities)
    held = {place} | (set(book.money) if has_amounts else set())
    first.spans = {index: len(project.activities) for index in range(len(book.columns)) if index not in held}
    for number, (text, amounts) in enumerate(project.activities):
        row = first if number == 0 else Row("activity", [None] * len(book.columns), project.section)
        row.cells[place] = text
        if amounts:
            for index in book.money:
                row.cells[index] = in_unit(amounts.get(book.columns[index].key), book.unit)  # type: ignore[arg-type]
        if number:
            book.body.append(row)


def _add_activities_below(book: Book, project: Project) -> None:
    """Put a project's activities in rows below it, each with its part of the project's amount."""
    above = book.body[-1].cells
    for number, (text, amounts) in enumerate(project.activities, start=1):
        row = Row("activity", [None] * len(book.columns), project.section)
        row.cells[book.index("name")] = text
        if book.has_numbered_activities:
            row.cells[book.index("no")] = f"{above[book.index('no')]}.{number}"
        for index in book.money:
            row.cells[index] = in_unit(amounts.get(book.columns[index].key), book.unit)  # type: ignore[arg-type]
        book.body.append(row)


def column_sums(book: Book, rows: list[Row]) -> dict[int, Cell]:
    """What a total states for each column of money: the sum of the projects' amounts."""
    records = [row for row in rows if row.kind == "record" or (row.kind == "activity" and _is_beside(book))]
    return {
        index: sum((cell for row in records if isinstance(cell := row.cells[index], Decimal)), Decimal(0))
        for index in book.money
    }


def _is_beside(book: Book) -> bool:
    """Whether activities have a column of their own, so that their amounts are no parts of a stated one."""
    return any(column.field == "activity" for column in book.columns)


def sum_row(book: Book, kind: str, label: str, rows: list[Row], *, place: int = 0) -> Row:
    """A row that states the sum of some rows."""
    cells: list[Cell] = [None] * len(book.columns)
    cells[place] = label
    for index, value in column_sums(book, rows).items():
        cells[index] = value
    return Row(kind, cells)


def print_table(book: Book) -> Grid:
    """Print titles, unit, head, rows and notes one below the other."""
    grid = Grid()
    lines = [line for line in ([_main_title(book)] if book.has_title else []) + book.titles if line]
    for number, line in enumerate(lines):
        grid.put(number, 0, [line])
        grid.merge(number, 0, number, len(book.columns) - 1 if book.has_merged_titles else 0)
    if book.unit_in in ("cell", "beside"):
        top = len(grid.rows) - (book.unit_in == "beside")
        grid.put(top, len(book.columns) - 1, [book.unit_words.format(book.unit)])
    book.head_top = len(grid.rows)
    _print_head(book, grid)
    for row in book.body:
        _print_row(book, grid, row)
    for number, note in enumerate(book.notes):
        grid.put(len(grid.rows) + (number == 0), 0, [note])
    return grid


def _main_title(book: Book) -> str:
    """The first title, with the unit where it is stated there."""
    unit = f"(หน่วย : {book.unit})" if book.unit_in == "title" else ""
    title = " ".join(part for part in (book.topic, book.place_words("title"), unit) if part)
    return title.translate(TO_THAI) if book.has_thai_title else title


def _print_head(book: Book, grid: Grid) -> None:
    """Print the head, and the numbers of the columns where the form has them."""
    paths = [_with_unit(book, column) for column in book.columns]
    grid.paste(head_grid(paths, is_merged=book.head_style == "merged"), len(grid.rows), 0)
    if book.has_number_row:
        numbers = [book.number_words.format(number) for number in range(1, len(paths) + 1)]
        if len(book.money) > 2 and max(map(len, paths)) == 1 and book.number_words == "({})":
            numbers[-1] += f"=({len(paths) - 2})-({len(paths) - 1})"
        grid.put(len(grid.rows), 0, numbers)


def _with_unit(book: Book, column: Column) -> tuple[str, ...]:
    """A column's head, with the unit of its money where heads state it."""
    if book.unit_in != "header" or not column.key:
        return column.path
    return (f"{column.path[0]} ({book.unit})", *column.path[1:])


def _print_row(book: Book, grid: Grid, row: Row) -> None:
    """Print one row, or the head again."""
    if row.kind == "head":
        _print_head(book, grid)
        return
    top = len(grid.rows)
    grid.put(top, 0, row.cells)
    grid.merge(top, 0, top, row.across - 1)
    for column, count in row.spans.items():
        grid.merge(top, column, top + count - 1, column)
