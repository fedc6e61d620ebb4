"""What came twice: duplicates count once, a submission that comes again replaces the one before."""

from __future__ import annotations

from pipeline.ingest.reading import FileReading
from pipeline.ingest.tables import TableReading

SAME_SUBMISSION_SHARE = 0.5


def settle(readings: list[FileReading]) -> None:
    """Mark duplicates, superseded submissions and documents that stand in two files, in the order they came."""
    loaded: list[tuple[FileReading, TableReading]] = []
    for reading in readings:
        for table in reading.tables:
            if table.status == "loaded":
                _settle_table(reading, table, loaded)
            if table.status == "loaded":
                loaded.append((reading, table))


def _settle_table(
    reading: FileReading, table: TableReading, loaded: list[tuple[FileReading, TableReading]]
) -> None:
    """Compare one table with those that came before it."""
    for earlier_reading, earlier in loaded:
        if earlier.kind != table.kind or earlier.status != "loaded":
            continue
        where = f"{earlier_reading.file.path} › {earlier.sheet}"
        if earlier.content == table.content and _has_records(table):
            table.status, table.reason = "duplicate", f"ข้อมูลเดียวกับ {where}"
            return
        if table.kind == "budget_line" and earlier.keys & table.keys:
            _settle_document(table, earlier, where)
            return
        if table.kind == "project" and earlier_reading is not reading and _is_same_submission(table, earlier):
            earlier.status = "superseded"
            earlier.reason = f"ส่งใหม่เป็น {reading.file.path} › {table.sheet}"


def _has_records(table: TableReading) -> bool:
    """Whether anything was read; two blank forms are no duplicates."""
    return any(table.extract.rows.values())


def _is_same_submission(table: TableReading, earlier: TableReading) -> bool:
    """Whether two tables are mostly about the same projects of the same provinces, years and measures."""
    shared = len(table.keys & earlier.keys)
    return shared > SAME_SUBMISSION_SHARE * max(len(table.keys), len(earlier.keys), 1)


def _settle_document(table: TableReading, earlier: TableReading, where: str) -> None:
    """Keep the first extraction of a budget document; tell how many units the second gives otherwise."""
    ours, theirs = _by_unit(table), _by_unit(earlier)
    differing = sorted(unit for unit in ours.keys() | theirs.keys() if ours.get(unit) != theirs.get(unit))
    table.status = "refused"
    table.reason = (
        f"เอกสารงบประมาณฉบับเดียวกับ {where} จึงนับครั้งเดียว  "
        f"ยอดต่างกัน {len(differing)} จาก {len(ours.keys() | theirs.keys())} หน่วย  "
        f"ถ้าต้องใช้ไฟล์นี้แทน ให้นำไฟล์แรกออก"
    )


def _by_unit(table: TableReading) -> dict[str, int]:
    """Sum a document's amounts by budgetary unit, in satang."""
    sums: dict[str, int] = {}
    for row in table.extract.rows.get("core_budget_line", ()):
        unit = str(row["budgetary_unit"])
        sums[unit] = sums.get(unit, 0) + int(row["amount_satang"])
    return sums
