"""What a verb came to, in a dozen lines to print."""

from __future__ import annotations

from pipeline.briefs import LESSONS, NATIONAL
from pipeline.errors import EXIT_ATTENTION, EXIT_DONE
from pipeline.run_record import Outcome

ALL_PROVINCES = {NATIONAL, LESSONS}
_FILE_STATUS = {
    "loaded": "นำเข้า",
    "superseded": "มีฉบับใหม่แทน",
    "duplicate": "ซ้ำ",
    "refused": "ปฏิเสธ",
    "ignored": "ไม่ใช่ข้อมูล",
}
_SEVERITY = {"error": "ผิดพลาด", "warning": "ควรตรวจ", "info": "แจ้งให้ทราบ"}
_CLOSING = {
    EXIT_DONE: "เสร็จเรียบร้อย",
    EXIT_ATTENTION: "เสร็จแล้ว แต่มีรายการที่ควรดู: ดูหน้า index.html หรือ issues.csv ของฉบับที่เผยแพร่",
}


def summarize(outcome: Outcome) -> list[str]:
    """A dozen lines: what came in, what was found, what came out, how long it took, where to look."""
    counts = outcome.counts
    if "same" in counts:
        return [
            f"ไม่มีสิ่งใดเปลี่ยน: ฉบับ {counts['same']} ยังเป็นฉบับล่าสุด จึงไม่ทำฉบับใหม่ (ทำใหม่ทั้งหมด: refresh --full)",
            _CLOSING.get(outcome.exit_code, ""),
        ]
    files = counts.get("files", {})
    findings = counts.get("findings", {})
    lines = [
        "ไฟล์: " + ", ".join(f"{_FILE_STATUS[status]} {files.get(status, 0)}" for status in _FILE_STATUS),
        f"แถวข้อมูล: {counts.get('rows', 0):,}",
    ]
    if findings:
        lines.append(
            "ข้อค้นพบ: " + ", ".join(f"{name} {findings.get(key, 0):,}" for key, name in _SEVERITY.items())
        )
    if "returns" in counts:
        lines.append(f"สมุดงานที่ส่งกลับ: {counts['returns']} ไฟล์")
        lines += [f"ทำสมุดงานที่ส่งกลับไม่ได้: {path}: {why}" for path, why in counts["failed_returns"].items()]
    if "briefs" in counts:
        linked = (
            f" (ใช้ของฉบับก่อน {len(same)})"
            if (same := {*counts.get("linked_briefs", {})} - ALL_PROVINCES)
            else ""
        )
        lines.append(f"รายงาน: {counts['briefs']} จังหวัด{linked}  ปีงบประมาณ {counts['fiscal_year_be']}")
        lines += [f"รายงานที่ทำไม่สำเร็จ: {slug}: {error}" for slug, error in counts["failed_briefs"].items()]
    if counts.get("is_sample"):
        lines.append("ข้อมูลตัวอย่าง: วางไฟล์จริงใน raw_data/ แล้วพิมพ์ make refresh อีกครั้ง")
    lines.append(
        "เวลา (วินาที): " + ", ".join(f"{stage} {seconds:.1f}" for stage, seconds in outcome.seconds.items())
    )
    if outcome.release:
        lines.append(f"เปิดดู: {outcome.release.parent.parent / 'current' / 'index.html'}")
    lines += outcome.notes
    lines.append(_CLOSING.get(outcome.exit_code, ""))
    return lines
