"""What the project is built on: known weaknesses of what the locks pin, and under which licence each part is."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
import venv
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import Any

from pipeline.errors import EXIT_ATTENTION, EXIT_DONE, EXIT_NOT_PUBLISHED
from pipeline.settings import PROJECT

LOCKS = (PROJECT / "requirements.lock", PROJECT / "notebooks" / "requirements.lock")
# The auditor and what it needs are pinned apart: nothing of the project's own is changed by it.
AUDITOR_LOCK = PROJECT / ".ci" / "audit.lock"
AUDITOR = Path(sys.prefix) / "audit"
LICENCE_COLUMNS = ("name", "version", "licence", "homepage", "locked")
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==", re.MULTILINE)
_UNKNOWN = "ไม่ระบุ"
_LICENCE = "License :: OSI Approved :: "
_LONGEST = 60
_UNREACHED = (
    "ตรวจช่องโหว่ไม่ได้ เพราะติดต่อแหล่งข้อมูลของไลบรารีจากเครื่องนี้ไม่ได้  พิมพ์อีกครั้งบนเครื่องที่ต่ออินเทอร์เน็ต หรือตั้งพร็อกซีด้วย HTTPS_PROXY  "
    "สิ่งที่ติดตั้งอยู่ไม่ถูกแตะ"
)

Run = Callable[[Sequence[str]], "subprocess.CompletedProcess[str]"]


@dataclass(frozen=True)
class Weakness:
    """A known weakness of a pinned package."""

    name: str
    version: str
    code: str
    mended_in: tuple[str, ...]

    @property
    def told(self) -> str:
        """A line to print."""
        how = f"แก้แล้วในรุ่น {', '.join(self.mended_in)}" if self.mended_in else "ยังไม่มีรุ่นที่แก้"
        return f"{self.name} {self.version}: {self.code}  {how}"


def _call(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False)


def audit(
    locks: Iterable[Path] = LOCKS, *, folder: Path = AUDITOR, run: Run = _call
) -> tuple[int, list[str]]:
    """Ask the index which of the pinned packages have known weaknesses; returns the exit code and lines to print.

    Args:
        locks: the files of pins, with hashes.
        folder: the virtual environment of the auditor; made where it is not there.
        run: calls a program.
    """
    python = _make_auditor(folder, run)
    if python is None:
        return EXIT_NOT_PUBLISHED, [_UNREACHED]
    weaknesses: list[Weakness] = []
    pins = 0
    for lock in locks:
        asked = ("--format", "json", "--progress-spinner", "off", "--disable-pip", "--require-hashes")
        done = run([str(python), "-m", "pip_audit", *asked, "-r", str(lock)])
        if not done.stdout.lstrip().startswith("{"):
            last = done.stderr.strip().rpartition("\n")[2]
            return EXIT_NOT_PUBLISHED, [_UNREACHED, f"  ({last[:200]})"]
        answer = json.loads(done.stdout)
        pins += len(answer["dependencies"])
        weaknesses += read_answer(answer)
    if not weaknesses:
        return EXIT_DONE, [f"ไม่พบช่องโหว่ที่รู้จักใน {pins} รายการของ lock"]
    lines = sorted({weakness.told for weakness in weaknesses})
    return EXIT_ATTENTION, [*lines, f"พบ {len(lines)} ช่องโหว่ที่รู้จัก  เลือกรุ่นใหม่และสร้าง lock ใหม่ตาม README"]


def read_answer(answer: dict[str, Any]) -> list[Weakness]:
    """Read the auditor's answer, in its own JSON format."""
    return [
        Weakness(one["name"], one["version"], weakness["id"], tuple(weakness["fix_versions"]))
        for one in answer["dependencies"]
        for weakness in one.get("vulns", ())
    ]


def _make_auditor(folder: Path, run: Run) -> Path | None:
    """Install the auditor as its lock says, once; None where no index is reached."""
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    ready = folder / ".ready"
    pinned = AUDITOR_LOCK.read_text(encoding="utf-8")
    if ready.is_file() and ready.read_text(encoding="utf-8") == pinned:
        return python
    venv.create(folder, clear=True, with_pip=True)
    quiet = ("--quiet", "--disable-pip-version-check", "--retries", "1", "--timeout", "20")
    held = ("--require-hashes", "--only-binary", ":all:", "-r", str(AUDITOR_LOCK))
    if run([str(python), "-m", "pip", "install", *quiet, *held]).returncode:
        return None
    ready.write_text(pinned, encoding="utf-8")
    return python


def list_licences(locks: Iterable[Path] = LOCKS) -> list[dict[str, str]]:
    """List what is installed, each with its licence as it says itself: rows of LICENCE_COLUMNS, by name."""
    pinned = {_plain(name) for lock in locks for name in _PIN.findall(lock.read_text(encoding="utf-8"))}
    rows = {_plain(one.name): _describe(one, pinned) for one in distributions()}
    return [rows[name] for name in sorted(rows)]


def write_licences(rows: Iterable[dict[str, str]], target: Path) -> None:
    """Write the list as CSV that a spreadsheet program opens."""
    with target.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, LICENCE_COLUMNS)
        writer.writeheader()
        writer.writerows(rows)


def _describe(one: Distribution, pinned: set[str]) -> dict[str, str]:
    about = one.metadata

    def said(name: str) -> str:
        return next(iter(about.get_all(name, [])), "")

    homepage = said("Home-page") or said("Project-URL").partition(",")[2].strip()
    licence = find_licence(said("License-Expression"), about.get_all("Classifier", []), said("License"))
    return {
        "name": one.name,
        "version": one.version,
        "licence": licence or _read_licence(one) or _UNKNOWN,
        "homepage": homepage,
        "locked": "yes" if _plain(one.name) in pinned else "no",
    }


def _read_licence(one: Distribution) -> str:
    """The first line of the licence that came with a package that names none."""
    texts = (
        file.read_text() for file in one.files or () if file.name.upper().startswith(("LICEN", "COPYING"))
    )
    return next((line.strip()[:_LONGEST] for text in texts for line in text.splitlines() if line.strip()), "")


def find_licence(expression: str, classifiers: Iterable[str], text: str) -> str:
    """Find a package's licence in what it says of itself: the expression, its classifiers, or its own words.

    >>> find_licence("MIT", [], ""), find_licence("", ["License :: OSI Approved :: BSD License"], "BSD")
    ('MIT', 'BSD License')
    >>> find_licence("", [], "Apache 2.0\\n\\nThe whole text")
    'Apache 2.0'
    """
    named = [line.removeprefix(_LICENCE) for line in classifiers if line.startswith(_LICENCE)]
    first = text.strip().splitlines()[:1]
    return expression or ", ".join(named) or "".join(first)[:_LONGEST]


def _plain(name: str) -> str:
    """A package's name as an index compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()
