"""Lines of overrides.csv at work on one sheet and one table, and what came of each line."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace

from pipeline.context import Answer
from pipeline.errors import SourceError
from pipeline.findings import Finding, make_finding
from pipeline.ingest.beside.area import Area
from pipeline.ingest.beside.overrides import Override
from pipeline.layout import Given, Region, Table
from pipeline.workbook import Cell, Sheet

USED, SAME = "used", "same"
_TOLD_ROWS = 20
# Columns that a line for the whole table goes before; a budget line's unit and an indicator's province are its subject.
_DECIDED_BY_COLUMN = {"province": ("province",), "year": ("fiscal_year", "year")}
_SUBJECT = {"province": "indicator"}


@dataclass
class Rulings:
    """The lines that speak of one sheet or one table of it.

    Attributes:
        lines: the lines, the narrowest first.
        outcomes: by line, whether it settled something or only said what the sheet says too; shared by a file's tables.
    """

    lines: tuple[Override, ...] = ()
    outcomes: dict[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Whether there is any line."""
        return bool(self.lines)

    def of(self, what: str) -> list[Override]:
        """The lines that settle one thing, the narrowest first."""
        return [line for line in self.lines if line.what == what]

    def tell(self, line: Override, *, same: bool = False) -> None:
        """Keep that a line settled something; one that ever did is not superfluous."""
        if not same or self.outcomes.get(line.place) != USED:
            self.outcomes[line.place] = SAME if same else USED

    def apart(self) -> Rulings:
        """The same lines, of whose outcomes nobody is told."""
        return Rulings(self.lines, dict(self.outcomes))

    def within(self, region: Region) -> Rulings:
        """The lines that speak of a region."""
        area = Area(region.top, region.bottom, region.left, region.right)
        return Rulings(tuple(line for line in self.lines if line.area.overlaps(area)), self.outcomes)


def rulings_of_sheet(lines: tuple[Override, ...], name: str, outcomes: dict[str, str]) -> Rulings:
    """Pick the lines that speak of a sheet; a line of a sheet goes before one of all, a range before the whole."""
    fitting = [line for line in lines if line.what != "received_on" and line.speaks_of_sheet(name)]
    return Rulings(tuple(sorted(fitting, key=lambda line: (not line.sheet, line.area.is_whole))), outcomes)


def given_regions(rulings: Rulings, sheet: Sheet, found: Callable[[], list[Region]]) -> list[Region]:
    """The regions of tables: those that lines state, else those that are found."""
    stated = rulings.of("table")
    automatic = found()
    if not stated:
        return automatic
    width = max((len(row) for row in sheet.rows), default=1)
    regions = []
    for line in stated:
        region = Region(line.area.top, line.area.bottom, line.area.left, min(line.area.right, width - 1))
        rulings.tell(line, same=[region] == automatic)
        regions.append(region)
    return sorted(regions, key=lambda region: (region.top, region.left))


def tell_outside(sheet: Sheet, rulings: Rulings, regions: list[Region]) -> list[Finding]:
    """Tell the used rows that stand outside every table that lines state."""
    if not rulings.of("table"):
        return []
    covered = {row for region in regions for row in range(region.top, region.bottom + 1)}
    rows = [row + 1 for row, cells in enumerate(sheet.rows) if any(cells) and row not in covered]
    told = ", ".join(map(str, rows[:_TOLD_ROWS])) + (" ..." if len(rows) > _TOLD_ROWS else "")
    return [make_finding("outside_tables", sheet=sheet.name, rows=told)] if rows else []


def skip_areas(sheet: Sheet, rulings: Rulings) -> tuple[Sheet, list[Finding]]:
    """Empty what lines leave out of a sheet; each is told once, with the rows that it leaves out."""
    findings = []
    for line in rulings.of("skip"):
        held = [row for row, cells in enumerate(sheet.rows) if _holds(cells, row, line.area)]
        if held:
            rulings.tell(line)
            sheet = replace(
                sheet, rows=[_without(cells, row, line.area) for row, cells in enumerate(sheet.rows)]
            )
            findings.append(
                make_finding(
                    "override_skip",
                    sheet=sheet.name,
                    rows=f"{held[0] + 1}-{held[-1] + 1}",
                    count=f"{len(held):,}",
                    told=line.told,
                )
            )
    return sheet, findings


def _holds(cells: list[Cell], row: int, area: Area) -> bool:
    """Whether a row has anything inside an area."""
    inside = cells[area.left : area.right + 1] if area.top <= row <= area.bottom else []
    return any(cell is not None for cell in inside)


def _without(cells: list[Cell], row: int, area: Area) -> list[Cell]:
    """A row with what is inside an area emptied."""
    if not area.top <= row <= area.bottom:
        return cells
    return [None if area.left <= index <= area.right else cell for index, cell in enumerate(cells)]


def given_layout(rulings: Rulings, region_rows: Collection[int]) -> Given:
    """Gather what lines say of a table's head, rows, columns and unit."""
    header = next(iter(rulings.of("header")), None)
    roles = {
        row: line.value
        for line in rulings.of("role")
        for row in region_rows
        if line.area.top <= row <= line.area.bottom
    }
    columns = {line.area.left: line.meaning for line in reversed(rulings.of("column")) if line.meaning}
    return Given(
        header=(header.area.top, header.area.bottom) if header else None,
        roles=roles,
        columns=columns,
        units=_units(rulings),
    )


def _units(rulings: Rulings) -> dict[int | None, str]:
    """The unit by column; under None what is said of the whole table."""
    units: dict[int | None, str] = {}
    for line in reversed(rulings.of("unit")):
        if line.area.is_whole:
            units[None] = line.value
        else:
            units.update(dict.fromkeys(range(line.area.left, line.area.right + 1), line.value))
    return units


def tell_layout(rulings: Rulings, table: Table, automatic: Table | None) -> None:
    """Keep which lines of a layout settled something, beside the layout that is read without them.

    Args:
        rulings: the lines of one table.
        table: its layout by the lines.
        automatic: its layout without them; None where there is none.
    """
    before = {column.index: column for column in automatic.columns} if automatic else {}
    after = {column.index: column for column in table.columns}
    for line in rulings.of("header"):
        rulings.tell(line, same=automatic is not None and automatic.header == table.header)
    for line in rulings.of("role"):
        rows = [row for row in table.roles if line.area.top <= row <= line.area.bottom]
        if rows:
            same = automatic is not None and all(automatic.roles.get(row) == line.value for row in rows)
            rulings.tell(line, same=same)
    for line in rulings.of("column"):
        if line.area.left in after:
            known = before.get(line.area.left)
            rulings.tell(line, same=known is not None and known == after[line.area.left])
    for line in rulings.of("unit"):
        held = [column for column in table.money if line.area.left <= column.index <= line.area.right]
        stated = automatic.unit.name if automatic and automatic.unit else None
        if held:
            said = {
                before[column.index].unit or stated if column.index in before else None for column in held
            }
            rulings.tell(line, same=said == {line.value})


def drop_deciding_columns(rulings: Rulings, table: Table, kind: str) -> Table:
    """Take out the columns of province and year where a line says it for the whole table."""
    dropped = {
        field
        for what, fields in _DECIDED_BY_COLUMN.items()
        for field in fields
        if rulings.of(what) and kind != _SUBJECT.get(what)
    }
    if not dropped & table.fields.keys():
        return table
    for what, fields in _DECIDED_BY_COLUMN.items():
        if dropped & table.fields.keys() & set(fields):
            rulings.tell(rulings.of(what)[0])
    return replace(
        table, fields={name: column for name, column in table.fields.items() if name not in dropped}
    )


def rule(rulings: Rulings, what: str, automatic: Callable[[], Answer]) -> Answer:
    """Answer a question of a table: by a line, else by what titles and names say.

    Raises:
        SourceError: no line speaks, and titles and names contradict each other.
    """
    line = next(iter(rulings.of(what)), None)
    if line is None:
        return automatic()
    value: str | int = int(line.value) if what == "year" else line.value
    try:
        same = automatic().value == value
    except SourceError:
        same = False
    rulings.tell(line, same=same)
    return Answer(value, (line.told,))
