"""What a purge would do and what it did, in lines to print."""

from __future__ import annotations

from pipeline.purge.found import Holding
from pipeline.settings import Settings


def tell_plan(settings: Settings, holding: Holding) -> list[str]:
    """Tell what would go."""
    by_path = ", ".join(sorted(holding.paths))
    lines = [
        f"ไฟล์ที่ขอลบ: {by_path or 'ไม่มี'}",
        *(f"  sha256 {digest}" for digest in sorted(holding.sha256s)),
        f"ใน RAW: {len(holding.received)} ไฟล์",
    ]
    lines += [f"บรรทัดใน {path.name}: {len(numbers)}" for path, numbers in holding.lines.items()]
    lines.append(
        f"ฉบับที่เก็บไว้ซึ่งมีไฟล์นี้หรือทำต่อจากฉบับที่มี: {len(holding.releases)}  {' '.join(holding.releases)}".rstrip()
    )
    if holding.releases:
        lines.append("  ทำฉบับใหม่ที่ไม่มีไฟล์นี้และเผยแพร่ก่อน แล้วจึงลบฉบับเหล่านี้")
    lines += [f"ที่ทำไว้จากฉบับเหล่านั้น: {path.relative_to(settings.out).as_posix()}/" for path in holding.made]
    lines.append("งานที่ทำค้าง แคช และชื่อของไฟล์ในบันทึก logs/")
    return [*lines, *_tell_shared(holding)]


def tell_done(holding: Holding, left: list[str]) -> list[str]:
    """Tell what went, and what could not yet."""
    lines = [
        f"ลบแล้ว: {len(holding.received)} ไฟล์ใน RAW และ {len(holding.releases) - len(left)} ฉบับ  "
        f"เนื้อหาเดิมที่วางอีกจะไม่ถูกรับ ({len(holding.sha256s)} รายการใน tombstones.csv)"
    ]
    if left:
        lines.append(
            f"ยังเหลือ {len(left)} ฉบับที่มีผู้เปิดอ่านอยู่: {' '.join(left)}  refresh รอบถัดไปจะลบให้เมื่อปิดแล้ว หรือปิดแล้วพิมพ์คำสั่งนี้อีกครั้ง"
        )
    return [*lines, *_tell_shared(holding)]


def _tell_shared(holding: Holding) -> list[str]:
    if not holding.shared:
        return []
    return [
        f"ไม่ลบ {len(holding.shared)} ไฟล์ที่มีจังหวัดอื่นด้วย (ลบทั้งไฟล์ได้ด้วย purge --file):",
        *(f"  {path}" for path in holding.shared),
    ]
