"""A traced figure worked out again: its cells are read out of the received files, its formula is written here."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from math import sqrt
from pathlib import Path

from pipeline.settings import PROJECT
from tests.integration.test_lineage import figure, grids

PLACE = re.compile(r"([A-Z]+)([0-9]+)")
ROW = re.compile(r"แถว ([0-9]+)")
OPERATION = re.compile(r"([a-z_]+)\((.*)\)", re.DOTALL)
FIRST_NUMBER = re.compile(r"-?[0-9][0-9,]*(\.[0-9]+)?")
COUNTS = ("n", "n_lines", "n_issues", "n_rows")
Units = Mapping[tuple[str, str, str], str]
# A cell's sheet and row, its column, its value, and whether it stands above or below the line.
Cell = tuple[tuple[str, str, int], str, Decimal, bool]
Z = 1.96


def byar(n: Decimal, of: Decimal, side: int) -> float:
    """A bound per 100,000 (Breslow & Day 1987, p. 69)."""
    events = float(n) + (side > 0)
    cube = (1 - 1 / (9 * events) + side * Z / (3 * sqrt(events))) ** 3 if events else 0
    return 100_000 * events * cube / float(of)


def top(values: Sequence[Decimal], count: int) -> Decimal:
    largest = sorted((value for value in values if value > 0), reverse=True)
    return 100 * sum(largest[:count], Decimal(0)) / sum(largest, Decimal(0))


Formula = Callable[[Sequence[Decimal]], Decimal | float]
OPERATIONS: Mapping[str, Formula] = {
    "sum": lambda v: sum(v, Decimal(0)),
    "count": len,
    "size": lambda v: abs(v[0]),
    "difference": lambda v: v[0] - v[1],
    "change_pct": lambda v: (v[1] / v[0] - 1) * 100,
    "share_pct": lambda v: v[0] / v[1] * 100,
    "part_pct": lambda v: v[0] / sum(v, Decimal(0)) * 100,
    "ratio": lambda v: v[0] / v[1],
}
# What columns of views that are worked out of others are of their operands.
COLUMNS: Mapping[str, Formula] = {
    "rate_low": lambda v: byar(v[0], v[1], -1),
    "rate_high": lambda v: byar(v[0], v[1], 1),
    "change_pct": OPERATIONS["change_pct"],
    "rate_change_pct": OPERATIONS["change_pct"],
    "change_value": OPERATIONS["difference"],
    "difference_baht": OPERATIONS["difference"],
    "share_pct": OPERATIONS["share_pct"],
    "execution_pct": OPERATIONS["share_pct"],
    "per_head_baht": OPERATIONS["ratio"],
    "top_share_pct": lambda v: top(v, 5),
    "hhi": lambda v: sum((100 * one / sum(v, Decimal(0))) ** 2 for one in v),
    "n_holders": len,
}


def read_number(text: str) -> Decimal:
    """Read the first number of a text; a unit or an interval may follow it."""
    found = FIRST_NUMBER.search(text)
    assert found, text
    return Decimal(found[0].replace(",", ""))


def read_cells(traced: Path, units: Units) -> dict[str, list[Cell]]:
    """Read what the listed cells hold out of the received files, by the operand that they are of."""
    cells: dict[str, list[Cell]] = defaultdict(list)
    with traced.open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            cells[row["operand"]].append(read_cell(row, units))
    return cells


def read_cell(row: Mapping[str, str], units: Units) -> Cell:
    sheets = grids(PROJECT / "raw_data" / row["path"])
    grid = sheets.get(row["sheet"], sheets.get("", {}))
    if not (place := PLACE.fullmatch(row["cell"])):
        # A row that is counted, or a finding of a whole sheet.
        whole = ROW.fullmatch(row["cell"])
        assert whole is None or any(number == int(whole[1]) for number, _ in grid)
        return (row["path"], row["sheet"], int(whole[1]) if whole else 0), "", Decimal(1), True
    line = (row["path"], row["sheet"], int(place[2]))
    if row["unit"] in ("ข้อ", "โครงการ"):
        return line, place[1], Decimal(1), True
    text = grid[int(place[2]), place[1]]
    assert Decimal(row["text"]) == Decimal(str(text)) if row["text"].isdigit() else row["text"]
    column = units.get((row["path"], row["sheet"], place[1]), "")
    unit = units.get((row["path"], row["sheet"], row["cell"]), column)
    # A dash says that there is no amount: its row counts, its value does not.
    value = Decimal(0) if str(text).strip() == "-" else figure(text, unit)
    return line, place[1], -value if row["part"] == "minus" else value, row["part"] != "divisor"


def work_out(address: str, cells: Mapping[str, list[Cell]]) -> Decimal | float:
    """Apply the formula of an address again, from the cells of each operand."""
    found = OPERATION.fullmatch(address)
    if found:
        operands = split(found[2])
        return OPERATIONS[found[1]]([Decimal(str(work_out(operand, cells))) for operand in operands])
    if address in cells or "" in cells or not cells:
        return of_cells(address, cells.get(address, cells.get("", [])))
    values = [of_cells(operand, some) for operand, some in cells.items()]
    return COLUMNS.get(address.partition("?")[0].split(".")[1], lambda v: v[0])(values)


def split(text: str) -> list[str]:
    """Split at the semicolons outside of brackets."""
    parts, depth = [""], 0
    for sign in text:
        depth += (sign == "(") - (sign == ")")
        if sign == ";" and not depth:
            parts.append("")
        else:
            parts[-1] += sign
    return parts


def of_cells(address: str, cells: list[Cell]) -> Decimal:
    """What a figure's own cells give; a project or a line of a document is a row of its sheet."""
    view, column = address.partition("?")[0].split(".")
    above = [cell for cell in cells if cell[3]]
    below = [cell for cell in cells if not cell[3]]
    total = sum((cell[2] for cell in above), Decimal(0))
    lines = Decimal(len({cell[0] for cell in above}))
    if view == "quality_issue" or "kind=indicator" in address:
        return Decimal(len(cells))
    if column == "n_zero":
        by_row: dict[tuple[str, str, int], Decimal] = defaultdict(Decimal)
        for line, _, value, _ in above:
            by_row[line] += value
        return Decimal(sum(value == 0 for value in by_row.values()))
    if column in COUNTS or column.startswith("n_"):
        return lines
    if view == "out_project_by_plan" and column == "share_pct":
        return 100 * lines / len({cell[0] for cell in below})
    if not below:
        return total
    whole = total / sum((cell[2] for cell in below), Decimal(0))
    return whole if column == "per_head_baht" else (100 if column.endswith("pct") else 100_000) * whole
