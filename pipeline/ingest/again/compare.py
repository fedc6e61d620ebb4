"""Forms of one run beside each other: read differently, or changed since the year before."""

from __future__ import annotations

from pathlib import PurePosixPath

from pipeline.findings import make_finding
from pipeline.ingest.reading import FileReading
from pipeline.ingest.table_reading import TableReading

SAME_FORM_SHARE = 0.5
_TOLD = 6

_Placed = tuple[FileReading, TableReading]


def compare_forms(readings: list[FileReading]) -> None:
    """Add to each reading what differs: equal heads read in two ways, and a form that changed between years."""
    placed = [
        (reading, table)
        for reading in readings
        for table in reading.tables
        if table.kind and table.heads and table.records
    ]
    _tell_read_differently(placed)
    _tell_changed([one for one in placed if one[1].status in ("loaded", "superseded") and one[1].year_be])


def _tell_read_differently(placed: list[_Placed]) -> None:
    """Tell each table whose heads are an earlier one's but whose columns were read otherwise."""
    first: dict[str, _Placed] = {}
    for reading, table in placed:
        if table.kind == "indicator":
            # Statistics are read by what their cells hold, and not by their heads alone.
            continue
        _, known = first.setdefault(str(table.fingerprint), (reading, table))
        if known.heads == table.heads:
            continue
        changed = [
            f'"{head}" {_meaning(was)} → {_meaning(now)}'
            for (head, was), (_, now) in zip(known.heads, table.heads, strict=False)
            if was != now
        ]
        other = _where(*first[str(table.fingerprint)])
        reading.findings.append(
            make_finding(
                "form_read_differently", sheet=table.sheet, other=other, difference=", ".join(changed[:_TOLD])
            )
        )


def _tell_changed(placed: list[_Placed]) -> None:
    """Tell each table whose heads differ from those of the nearest earlier year of the same sender and kind."""
    groups: dict[tuple[str | None, str], list[_Placed]] = {}
    for reading, table in placed:
        groups.setdefault((table.kind, _sender(reading, table)), []).append((reading, table))
    for group in groups.values():
        for reading, table in group:
            before = _form_before(table, group)
            if before:
                told = _difference(before[1], table)
                reading.findings.append(
                    make_finding(
                        "form_changed",
                        sheet=table.sheet,
                        cell=table.cell_range,
                        province_code=table.province_code,
                        year=str(table.year_be),
                        earlier_year=str(before[1].year_be),
                        earlier=_where(*before),
                        difference=told,
                    )
                )


def _sender(reading: FileReading, table: TableReading) -> str:
    """Whose form it is: a province's, else a folder's."""
    return table.province_code or str(PurePosixPath(reading.file.path).parent)


def _form_before(table: TableReading, group: list[_Placed]) -> _Placed | None:
    """The nearest earlier year's table of the same form; None where one is the same, or none is like it."""
    earlier = [one for one in group if (one[1].year_be or 0) < (table.year_be or 0)]
    if not earlier:
        return None
    year = max(one[1].year_be or 0 for one in earlier)
    nearest = [one for one in earlier if one[1].year_be == year]
    if any(one[1].fingerprint == table.fingerprint for one in nearest):
        return None
    likest = max(nearest, key=lambda one: (_likeness(one[1], table), one[0].file.path))
    return likest if _likeness(likest[1], table) >= SAME_FORM_SHARE else None


def _likeness(one: TableReading, other: TableReading) -> float:
    """Which share of two tables' heads is common to both."""
    ours, theirs = set(_heads(one)), set(_heads(other))
    return len(ours & theirs) / max(len(ours | theirs), 1)


def _heads(table: TableReading) -> list[str]:
    """A table's heads; those that say a year alone are told by it only, and so are left out."""
    return [head for head, _ in table.heads if head]


def _difference(before: TableReading, table: TableReading) -> str:
    """Say which columns came, went and were renamed; a new head with an old one's meaning is a renamed one."""
    was, now = dict(before.heads), dict(table.heads)
    gone = [head for head in _heads(before) if head not in now]
    new = [head for head in _heads(table) if head not in was]
    renamed = _renamed(gone, new, was, now)
    parts = [
        *(f'เปลี่ยนชื่อ "{old}" เป็น "{fresh}"' for old, fresh in renamed),
        *(f'เพิ่ม "{head}"' for head in new if head not in {fresh for _, fresh in renamed}),
        *(f'หาย "{head}"' for head in gone if head not in {old for old, _ in renamed}),
    ]
    return ", ".join(parts) or "ลำดับคอลัมน์"


def _renamed(
    gone: list[str], new: list[str], was: dict[str, str | None], now: dict[str, str | None]
) -> list[tuple[str, str]]:
    """Pair heads that went with heads that came where both were read as the same one thing."""
    pairs = []
    for old in gone:
        fitting = [fresh for fresh in new if was[old] and now[fresh] == was[old]]
        if len(fitting) == 1:
            pairs.append((old, fitting[0]))
    return pairs


def _meaning(name: str | None) -> str:
    """What a column was read as."""
    return name or "ไม่รู้จัก"


def _where(reading: FileReading, table: TableReading) -> str:
    """The place of a table."""
    return f"{reading.file.path} › {table.sheet}"
