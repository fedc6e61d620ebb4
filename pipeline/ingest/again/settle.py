"""What came twice: duplicates count once, a submission that comes again replaces the one before."""

from __future__ import annotations

from pipeline.findings import make_finding
from pipeline.ingest.again.changes import compare_documents
from pipeline.ingest.again.conflicts import tell_conflict
from pipeline.ingest.reading import FileReading
from pipeline.ingest.table_reading import TableReading

SAME_SUBMISSION_SHARE = 0.5
# Beyond these, what tables are compared by is packed: it takes longer, and a tenth of the memory.
_MANY_FILES = 1_000


_Placed = tuple[FileReading, TableReading]


class Settler:
    """Marks duplicates, superseded submissions and documents that stand in two files, in the order they come.

    A table is compared only with those of its kind that are partly about the same. Of a table that was added, only
    this may still change: that a later one supersedes it.
    """

    def __init__(self) -> None:
        self._readings: list[FileReading] = []
        self._loaded: dict[tuple[str | None, str], list[_Placed]] = {}

    def add(self, reading: FileReading) -> None:
        """Settle one file's tables against those of the files before it."""
        self._readings.append(reading)
        for table in reading.tables:
            if table.status != "loaded":
                continue
            subjects = [(table.kind, subject) for subject in (table.content or "", *sorted(table.subjects))]
            near = {
                place[1].table_id: place for subject in subjects for place in self._loaded.get(subject, ())
            }
            _settle_table(reading, table, list(near.values()))
            if table.status == "loaded":
                for subject in subjects:
                    self._loaded.setdefault(subject, []).append((reading, table))
                if len(self._readings) > _MANY_FILES:
                    table.pack()

    def finish(self) -> list[FileReading]:
        """Settle what only all files together tell; returns them, without what they were compared by."""
        _settle_refused(self._readings)
        for reading in self._readings:
            for table in reading.tables:
                table.forget()
        return self._readings


def _settle_refused(readings: list[FileReading]) -> None:
    """Mark the refused sheets of a file that came again as a whole: what is asked stands in the later file."""
    heirs = {old: reading for reading in readings for table in reading.tables for old in table.replaces}
    for reading in readings:
        statuses = {table.status for table in reading.tables}
        if statuses != {"superseded", "refused"}:
            continue
        later = {
            heirs[table.table_id].file.file_id: heirs[table.table_id]
            for table in reading.tables
            if table.table_id in heirs
        }
        for table in reading.tables:
            held = [heir for heir in later.values() if table.sheet in (row["sheet"] for row in heir.sheets)]
            if table.status == "refused" and held:
                table.status, table.reason = "superseded", f"ส่งใหม่เป็น {held[-1].file.path} › {table.sheet}"


def _settle_table(reading: FileReading, table: TableReading, near: list[_Placed]) -> None:
    """Compare one table with those that came before it."""
    for earlier_reading, earlier in near:
        if earlier.status != "loaded":
            continue
        where = f"{earlier_reading.file.path} › {earlier.sheet}"
        if earlier.content == table.content and _has_records(table):
            table.status, table.reason = "duplicate", f"ข้อมูลเดียวกับ {where}"
            return
        if table.kind == "budget_line" and earlier.keys & table.keys:
            _settle_document((reading, table), (earlier_reading, earlier), where)
            return
        if table.kind == "indicator" and earlier_reading is not reading:
            conflict = tell_conflict(table.figures, earlier.figures, sheet=table.sheet, where=where)
            table.extract.findings.extend([conflict] if conflict else [])
        if _may_replace(table) and earlier_reading is not reading and _is_same_submission(table, earlier):
            earlier.status = "superseded"
            earlier.reason = f"ส่งใหม่เป็น {reading.file.path} › {table.sheet}"
            table.replaces = (*table.replaces, earlier.table_id)


def _may_replace(table: TableReading) -> bool:
    """Whether tables of this kind are sent again as a whole."""
    return table.kind in ("project", "indicator", "feedback") and _has_records(table)


def _has_records(table: TableReading) -> bool:
    """Whether anything was read; two blank forms are no duplicates."""
    return table.records > 0


def _is_same_submission(table: TableReading, earlier: TableReading) -> bool:
    """Whether two tables are mostly about the same projects, or figures, of the same provinces and years."""
    shared = len(table.keys & earlier.keys)
    return shared > SAME_SUBMISSION_SHARE * max(len(table.keys), len(earlier.keys), 1)


def _settle_document(later: _Placed, earlier: _Placed, where: str) -> None:
    """Keep the first extraction of a budget document; tell on which units the second disagrees, with both sums."""
    reading, table = later
    changes, told = compare_documents(earlier[1].units, table.units)
    sides = {
        "earlier_file_id": earlier[0].file.file_id,
        "earlier_sheet": earlier[1].sheet,
        "file_id": reading.file.file_id,
        "sheet": table.sheet,
    }
    reading.changes.extend({**change, **sides} for change in changes)
    table.status = "refused"
    table.reason = (
        f"เอกสารงบประมาณฉบับเดียวกับ {where} จึงนับครั้งเดียว  "
        f"ยอดต่างกัน {len(changes)} หน่วย (ดู out_submission_change)  ถ้าต้องใช้ไฟล์นี้แทน ให้นำไฟล์แรกออก "
        "หรือข้ามไฟล์แรกด้วย overrides.csv (what = skip)"
    )
    reading.findings.extend(
        make_finding("document_conflict", sheet=table.sheet, earlier=where, **words) for words in told
    )
