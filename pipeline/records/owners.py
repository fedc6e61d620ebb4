"""Which project each row of a table belongs to: its own, or the one whose name is merged or left standing above it."""

from __future__ import annotations

from pipeline.records.source import Source


def find_owners(source: Source) -> dict[int, int]:
    """Find the row of the project that each record belongs to; a record without any project is left out.

    A row that the outline puts under a project is its activity. A row without a name goes with the project above
    where the name is merged down over it, or where it has no running number and names an activity.
    """
    merged, parents = _merged_down(source), source.table.parents
    owners: dict[int, int] = {}
    current: int | None = None
    for row in source.table.records:
        if parents.get(row) in owners:
            owners[row] = owners[parents[row]]
        elif source.text(row, "project_name") is not None:
            current = row
            owners[row] = row
        elif merged.get(row) in owners:
            owners[row] = owners[merged[row]]
        elif current is not None and _is_activity(source, row):
            owners[row] = current
    return owners


def find_parts(source: Source, values: dict[int, int | None], owners: dict[int, int]) -> frozenset[int]:
    """Find the sub-rows that are parts of their project's own amount, and not added to it again.

    They are where they add up to it, and where the project's own row names no activity whose amount it could be.
    """
    below: dict[int, list[int]] = {}
    for row, owner in owners.items():
        if row != owner and values.get(row) is not None:
            below.setdefault(owner, []).append(row)
    parts: set[int] = set()
    for owner, rows in below.items():
        own = values.get(owner)
        in_outline = rows[0] in source.table.parents
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
    says = source.text(row, "activity") or source.text(row, "item")
    return source.text(row, "row_no") is None and says is not None
