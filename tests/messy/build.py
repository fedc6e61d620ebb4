"""Defects and a seed -> a folder of files and its truth; the same for the same seed."""

from __future__ import annotations

import zlib
from pathlib import Path
from random import Random

from tests.messy import in_cells, in_columns, in_file, in_periods, in_place, in_plan, in_rows, in_sheet
from tests.messy.catalogue import DEFECTS, Defect, are_compatible, loses_groups, with_needs
from tests.messy.plan import Book, Truth, plain_book, truth_of
from tests.messy.printing import lay_out, print_table
from tests.messy.write import write_book


def make_folder(raw: Path, names: tuple[str, ...], *, seed: int) -> tuple[list[Truth], list[str]]:
    """Write a plan with these defects under a folder.

    Returns:
        What out_project_amount must hold, and the personal data that no table may hold.
    """
    defects = with_needs(names)
    book = plain_book(Random(seed + zlib.crc32(" ".join(names).encode())))
    _apply(book, defects, in_plan, in_periods, in_columns, in_place)
    truth = truth_of(book.projects, book.columns)
    lay_out(book)
    _apply(book, defects, in_rows, in_cells)
    book.grids["main"] = print_table(book)
    _apply(book, defects, in_sheet, in_file)
    write_book(book, raw)
    return truth + book.others, book.personal


def _apply(book: Book, defects: list[Defect], *stages: object) -> None:
    """Apply the defects of some stages, in order."""
    for defect in defects:
        if defect.stage in stages:
            defect.apply(book)


def draw_combination(seed: int, not_yet: frozenset[str], *, least: int = 3, most: int = 8) -> tuple[str, ...]:
    """Draw defects that may meet in one sheet, by a seed, without those that the reader does not manage yet."""
    rng = Random(seed)
    wanted = rng.randint(least, most)
    names: tuple[str, ...] = ()
    for name in rng.sample(sorted(DEFECTS), len(DEFECTS)):
        if len(names) < wanted and _may_meet(with_needs((*names, name)), not_yet):
            names = (*names, name)
    return tuple(name for name in DEFECTS if name in names)


def is_managed(names: set[str], not_yet: frozenset[str]) -> bool:
    """Whether no defect, and no two or more of them together, are listed as not managed yet."""
    return not any(set(entry.split("+")) <= names for entry in not_yet)


def _may_meet(defects: list[Defect], not_yet: frozenset[str]) -> bool:
    """Whether these defects are all managed, none in another's way, and none makes one that is not managed."""
    made = {"group_heads_not_merged"} if loses_groups(defects) else set()
    return is_managed({defect.name for defect in defects} | made, not_yet) and are_compatible(defects)
