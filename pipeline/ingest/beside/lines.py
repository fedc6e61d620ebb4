"""Files that an analyst keeps beside the data: their lines, each with its place, held to their columns."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import UsageError
from pipeline.findings import Finding
from pipeline.settings import SAMPLE_FOLDER


@dataclass(frozen=True)
class Beside:
    """What came of such files.

    Attributes:
        findings: what is told of lines, by the file that they stand in.
        corrections: rows of quality_correction.
    """

    findings: Mapping[str, Sequence[Finding]]
    corrections: list[dict[str, Any]]


@dataclass(frozen=True)
class Line:
    """One line of such a file.

    Attributes:
        place: the file and line, "overrides.csv บรรทัด 3".
        texts: what stands in it by column, without outer spaces.
        path: the received file that it speaks of, relative to RAW, as a path or as a pattern.
    """

    place: str
    texts: Mapping[str, str]
    path: str

    def require(self, labels: Mapping[str, str]) -> None:
        """Hold the line to have something in each of these columns.

        Args:
            labels: what belongs into a column, in Thai, by its name.

        Raises:
            UsageError: one is empty; names it and what belongs there.
        """
        for name, label in labels.items():
            if not self.texts[name]:
                raise UsageError(f"{self.place}: ช่อง {name} ว่าง  ใส่{label}")


def read_lines(raw: Path, name: str, columns: tuple[str, ...], *, is_sample: bool) -> list[Line]:
    """Read RAW's file of a name, and the sample's own where the sample is what is read.

    Raises:
        UsageError: the file is no CSV with these columns; names the line.
    """
    folders = [(raw, ""), *([(raw / SAMPLE_FOLDER, f"{SAMPLE_FOLDER}/")] if is_sample else [])]
    try:
        return [line for folder, prefix in folders for line in _read_file(folder / name, prefix, columns)]
    except (UnicodeDecodeError, csv.Error):
        raise UsageError(f"{name}: อ่านเป็น CSV แบบ UTF-8 ไม่ได้  บันทึกใหม่เป็น CSV UTF-8") from None


def _read_file(path: Path, prefix: str, columns: tuple[str, ...]) -> Iterator[Line]:
    """Read one such file; its paths count from its own folder."""
    if not path.is_file():
        return
    name = f"{prefix}{path.name}"
    with path.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines)
        missing = set(columns) - set(reader.fieldnames or ())
        if missing:
            raise UsageError(
                f"{name} บรรทัด 1: ไม่มีคอลัมน์ {', '.join(sorted(missing))}  หัวตารางต้องเป็น {','.join(columns)}"
            )
        for row in reader:
            if any((value or "").strip() for key, value in row.items() if key):
                yield _read_line(row, f"{name} บรรทัด {reader.line_num}", prefix, len(columns))


def _read_line(row: dict[Any, Any], place: str, prefix: str, count: int) -> Line:
    """Read one line, or say that it has too many or too few fields."""
    if None in row or None in row.values():
        raise UsageError(f"{place}: ต้องมี {count} ช่องตามหัวตาราง  ข้อความที่มีจุลภาคให้อยู่ในเครื่องหมายคำพูด")
    texts = {key: str(value).strip() for key, value in row.items()}
    return Line(place, texts, prefix + texts["path"].replace("\\", "/").removeprefix("./"))
