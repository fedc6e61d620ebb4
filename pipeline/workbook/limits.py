"""How large a file may be: beyond what any office sends, below what would fill the machine."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.errors import SourceError


@dataclass(frozen=True)
class Limits:
    """What one file may hold; a file over any of these is refused and the run goes on.

    Attributes:
        file_bytes: size of the file as received.
        unpacked_bytes: size of all members of a zip together, as declared and as they really unpack.
        ratio: how many times smaller a zip may have become by packing.
        ratio_from_bytes: unpacked size from which the ratio counts; a small file may pack well.
        members: files in a zip.
        sheets: sheets in a workbook.
        cells_per_sheet: cells from A1 to the last one that holds something.
        cells_per_file: the same, of all sheets together.
        html_table_depth: tables within tables.
        field_chars: characters in one field of delimited text; a spreadsheet's cell ends at 32,767.
        seconds: how long one file may take from its first byte to its last record; real ones take a few at most.
        memory_bytes: address space that reading one file may take; the limits above end a file long before, this one
            ends what gets past them.
    """

    file_bytes: int = 100_000_000
    unpacked_bytes: int = 256_000_000
    ratio: int = 400
    ratio_from_bytes: int = 32_000_000
    members: int = 10_000
    sheets: int = 1_000
    cells_per_sheet: int = 3_000_000
    cells_per_file: int = 5_000_000
    html_table_depth: int = 20
    field_chars: int = 1_000_000
    seconds: float = 60.0
    memory_bytes: int = 4_000_000_000


LIMITS = Limits()


def check_limit(what: str, *, found: int, limit: int, advice: str) -> None:
    """Refuse a file that holds more of something than is read.

    Raises:
        SourceError: `file_too_large`; names the limit, what was found and what to do.
    """
    if found > limit:
        raise SourceError(
            "file_too_large", f"ไฟล์นี้ใหญ่เกินกว่าที่อ่านได้: {what} {found:,} เกินขีดจำกัด {limit:,}  {advice}"
        )


def check_area(height: int, width: int, limits: Limits, *, sheet: str = "") -> int:
    """Refuse a sheet whose last cell stands too far from A1; returns how many cells it spans.

    Raises:
        SourceError: `file_too_large`.
    """
    where = f"ชีต {sheet} " if sheet else ""
    check_limit(
        f"{where}มีช่อง {height:,} แถว x {width:,} คอลัมน์ =",
        found=height * width,
        limit=limits.cells_per_sheet,
        advice="ลบแถวและคอลัมน์ว่างที่อยู่ท้ายตาราง หรือแบ่งเป็นหลายชีต แล้วส่งอีกครั้ง",
    )
    return height * width


def check_cells(total: int, limits: Limits) -> None:
    """Refuse a file whose sheets together span too many cells.

    Raises:
        SourceError: `file_too_large`.
    """
    check_limit("จำนวนช่องรวมทุกชีต", found=total, limit=limits.cells_per_file, advice="แบ่งเป็นหลายไฟล์แล้วส่งอีกครั้ง")


def check_sheets(count: int, limits: Limits) -> None:
    """Refuse a workbook of too many sheets.

    Raises:
        SourceError: `file_too_large`.
    """
    check_limit("จำนวนชีต", found=count, limit=limits.sheets, advice="แบ่งเป็นหลายไฟล์แล้วส่งอีกครั้ง")
