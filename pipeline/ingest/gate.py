"""The gate of a table: where too many of its rows were refused, none of them is used."""

from __future__ import annotations

from pipeline.errors import SourceError
from pipeline.gates import load_gates
from pipeline.ingest.table_reading import TableReading
from pipeline.records import Extract

ROWS_REFUSED = "rows_refused"


def hold_back(result: TableReading) -> None:
    """Refuse a table of many records most of which were refused: what is left of it says little.

    Raises:
        SourceError: the share of refused rows is above the limit; says the share and the limit.
    """
    gates = load_gates()
    records = frozenset(result.table.records) if result.table else frozenset()
    refused = len(records & result.extract.refused)
    if len(records) > gates.refused_over_records and refused > gates.refused_share * len(records):
        raise SourceError(
            ROWS_REFUSED,
            f"แถวถูกปฏิเสธ {refused:,} จาก {len(records):,} แถว (ร้อยละ {100 * refused / len(records):.1f}) "
            f"เกินขีดจำกัดร้อยละ {100 * gates.refused_share:g} จึงยังไม่นำเข้าทั้งตาราง  "
            "แก้ช่องที่แจ้งไว้แล้วส่งใหม่",
        )


def keep_reasons(extract: Extract, code: str) -> Extract:
    """What is kept of a refused table's extract: why its rows were refused, where that is why it was."""
    if code != ROWS_REFUSED:
        return Extract()
    return Extract(findings=[finding for finding in extract.findings if finding.severity == "error"])
