"""What was purged and must not come back: the digest of its content, the day and why; no name and no content.

The list lies beside the data, as the other files that an analyst keeps do, so that it outlives every release.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline import specs
from pipeline.errors import UsageError

TOMBSTONES_FILE = "tombstones.csv"
COLUMNS = ("sha256", "on", "reason")
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Tombstone:
    """One content that was purged.

    Attributes:
        sha256: the digest of the whole file.
        on: the day on which it was purged.
        reason: a code of specs/operation.yml.
    """

    sha256: str
    on: date
    reason: str

    @property
    def told(self) -> str:
        """Why the same content is refused, and what lifts that."""
        return (
            f"เนื้อหาของไฟล์นี้ถูกลบตาม PDPA เมื่อ {self.on.isoformat()} (เหตุ {self.reason}) จึงไม่รับและไม่เปิดอ่าน  "
            f"ลบไฟล์นี้ หรือถ้ารับได้แล้ว พิมพ์ python -m pipeline unpurge {self.sha256[:12]}"
        )


def read_tombstones(raw: Path) -> dict[str, Tombstone]:
    """Read RAW/tombstones.csv: by digest; none where there is no such file.

    Raises:
        UsageError: a line is malformed; names it.
    """
    path = raw / TOMBSTONES_FILE
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8-sig", newline="") as lines:
        read = [_read_line(number, row) for number, row in enumerate(csv.DictReader(lines), start=2)]
    return {one.sha256: one for one in read}


def _read_line(number: int, row: dict[str, str]) -> Tombstone:
    try:
        one = Tombstone(
            row["sha256"].strip().lower(), date.fromisoformat(row["on"].strip()), row["reason"].strip()
        )
        if _DIGEST.fullmatch(one.sha256):
            return one
    except (KeyError, ValueError, AttributeError):
        pass
    raise UsageError(
        f"{TOMBSTONES_FILE} บรรทัด {number}: ต้องมี {', '.join(COLUMNS)} โดย sha256 เป็นเลขฐานสิบหก 64 หลัก "
        "และ on เป็นวันที่ เช่น 2025-04-30"
    )


def write_tombstones(raw: Path, tombstones: Iterable[Tombstone]) -> None:
    """Write RAW/tombstones.csv in one step; no file where there is nothing to write."""
    path = raw / TOMBSTONES_FILE
    rows = sorted(tombstones, key=lambda one: (one.on, one.sha256))
    if not rows:
        path.unlink(missing_ok=True)
        return
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows((one.sha256, one.on.isoformat(), one.reason) for one in rows)
    fresh = path.with_name(f".{path.name}.new")
    fresh.write_text(text.getvalue(), encoding="utf-8")
    fresh.replace(path)


def load_reasons() -> dict[str, str]:
    """Load the codes of reasons for a purge, each with its meaning.

    Raises:
        SpecError: there is none.
    """
    reasons = specs.load_yaml("operation.yml")["purge"]["reasons"]
    specs.require(isinstance(reasons, dict) and reasons, "operation.yml: purge: reasons", "at least one code")
    return {str(code): str(told) for code, told in reasons.items()}
