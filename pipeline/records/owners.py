"""Which project each row of a table belongs to: its own, or the one whose name is merged or left standing above it."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from pipeline.records.source import Source
from pipeline.records.staged import find_staged_owners


class Split(NamedTuple):
    """The category and the source of money that a row's amounts are a part by."""

    category: str | None
    fund_source: str | None


# What the row of a part of a project says in place of a name.
_CATEGORIES = ("expense_category", "category_2", "category_3")
_PARTS = ("activity", "item", *_CATEGORIES)


def find_owners(source: Source) -> dict[int, int]:
    """Find the row of the project that each record belongs to; a record without any project is left out.

    A row that the outline puts under a project is its activity. A row without a name goes with the project above
    where the name is merged down over it, or where it has no running number and names an activity.
    """
    if source.table.stages:
        return find_staged_owners(source, _merged_down(source))
    records, names, parents = source.table.records, source.texts("project_name"), source.table.parents
    if not parents and None not in names:
        return dict(zip(records, records, strict=True))
    merged = _merged_down(source)
    owners: dict[int, int] = {}
    current: int | None = None
    for row, name in zip(records, names, strict=True):
        if parents.get(row) in owners:
            owners[row] = owners[parents[row]]
        elif name is not None:
            current = row
            owners[row] = row
        elif merged.get(row) in owners:
            owners[row] = owners[merged[row]]
        elif current is not None and _is_activity(source, row):
            owners[row] = current
    return owners


def find_splits(source: Source, owners: dict[int, int]) -> dict[int, Split]:
    """Find the projects that stand in a row for each expense category or source of money, their own row among them.

    Returns:
        By row, the category and the source of its amounts; rows of other projects are left out.
    """
    category = next((field for field in _CATEGORIES if field in source.table.fields), "")
    fields = [field for field in (category, "fund_source") if field in source.table.fields]
    if not fields:
        return {}
    rows: dict[int, list[int]] = {}
    for row, owner in owners.items():
        rows.setdefault(owner, []).append(row)
    splits: dict[int, Split] = {}
    for row, *below in (project for project in rows.values() if len(project) > 1):
        said = {each: tuple(source.text(each, field) for field in fields) for each in (row, *below)}
        if len(set(said.values())) < len(said) or not all(map(any, said.values())):
            continue
        kinds = {
            field for place, field in enumerate(fields) if len({one[place] for one in said.values()}) > 1
        }
        for each in said:
            splits[each] = Split(
                source.text(each, category) if category in kinds else None,
                source.text(each, "fund_source") if "fund_source" in kinds else None,
            )
    return splits


def _rows_below(values: dict[int, int | None], owners: dict[int, int]) -> dict[int, list[int]]:
    """The sub-rows of each project that hold an amount."""
    below: dict[int, list[int]] = {}
    for row, owner in owners.items():
        if row != owner and values.get(row) is not None:
            below.setdefault(owner, []).append(row)
    return below


def split_rows(
    values: dict[int, int | None], owners: dict[int, int], splits: dict[int, Split]
) -> dict[int, Split]:
    """Of a column's rows those whose amount is a part: where only the project's own row holds one, it is the whole."""
    if not splits:
        return {}
    below = _rows_below(values, owners)
    return {row: split for row, split in splits.items() if owners[row] in below}


def find_parts(
    source: Source, values: dict[int, int | None], owners: dict[int, int], split: Collection[int] = ()
) -> frozenset[int]:
    """Find the sub-rows that are parts of their project's own amount, and not added to it again.

    They are where they add up to it, and where the project's own row names no activity whose amount it could be.

    Args:
        source: the table.
        values: what the records hold in a column, in satang.
        owners: the row of the project that each belongs to.
        split: rows whose amounts are parts that nothing is the sum of.
    """
    parts: set[int] = set()
    for owner, rows in _rows_below(values, owners).items():
        own = values.get(owner)
        in_outline = rows[0] in source.table.parents
        if owner in split:
            continue
        if own is None:
            parts.update(rows if in_outline else ())
        elif (
            in_outline
            or (source.text(owner, "activity") or _item(source, owner)) is None
            or own == sum(values[row] or 0 for row in rows)
        ):
            parts.update(rows)
    return frozenset(parts)


def part_name(source: Source, row: int) -> str | None:
    """What a sub-row is called: its activity, else its own name."""
    return source.text(row, "activity") or source.text(row, "project_name") or source.text(row, "item")


def _item(source: Source, row: int) -> str | None:
    """A record's item, where that is not its name."""
    fields = source.table.fields
    is_name = fields.get("item") is fields["project_name"]
    return None if is_name else source.text(row, "item")


def _merged_down(source: Source) -> dict[int, int]:
    """Where the name's column is merged down: the first row of the merge for each row below it."""
    index = source.table.fields["project_name"].index
    return {
        row: merge.top
        for merge in source.sheet.merges
        if merge.left <= index <= merge.right
        for row in range(merge.top + 1, merge.bottom + 1)
    }


def _is_activity(source: Source, row: int) -> bool:
    """Whether a nameless row says what is done and claims no number of its own."""
    says = next((text for field in _PARTS if (text := source.text(row, field))), None)
    return source.text(row, "row_no") is None and says is not None
