"""What the project is built on: known weaknesses told, an index that is not reached told apart, licences listed."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from pipeline import supply
from pipeline.errors import EXIT_ATTENTION, EXIT_DONE, EXIT_NOT_PUBLISHED

# In the format of pip-audit 2.
ANSWER = {
    "dependencies": [
        {"name": "alpha", "version": "1.0", "vulns": []},
        {"name": "beta", "version": "2.0", "vulns": [
            {"id": "PYSEC-2026-1", "fix_versions": ["2.1"], "aliases": [], "description": "d"},
            {"id": "PYSEC-2026-2", "fix_versions": [], "aliases": [], "description": "d"},
        ]},
        {"name": "gamma", "skip_reason": "not found"},
    ],
    "fixes": [],
}  # fmt: skip


@pytest.fixture
def auditor(tmp_path: Path) -> Path:
    """An environment that is ready, so that nothing is installed."""
    (tmp_path / ".ready").write_text(supply.AUDITOR_LOCK.read_text(encoding="utf-8"), encoding="utf-8")
    return tmp_path


def answering(stdout: str, stderr: str = "", code: int = 1) -> supply.Run:
    def run(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
        assert command[1:3] == ["-m", "pip_audit"]
        return subprocess.CompletedProcess(command, code, stdout, stderr)

    return run


def test_weaknesses_are_told_once_with_the_version_that_mends_them(auditor: Path) -> None:
    code, lines = supply.audit(folder=auditor, run=answering(json.dumps(ANSWER)))
    assert code == EXIT_ATTENTION
    assert lines[:2] == [
        "beta 2.0: PYSEC-2026-1  แก้แล้วในรุ่น 2.1",
        "beta 2.0: PYSEC-2026-2  ยังไม่มีรุ่นที่แก้",
    ]
    nothing = json.dumps({"dependencies": ANSWER["dependencies"][:1], "fixes": []})
    assert supply.audit(folder=auditor, run=answering(nothing, code=0))[0] == EXIT_DONE


def test_an_index_that_is_not_reached_has_a_line_and_the_code_of_what_could_not_be_done(
    auditor: Path,
) -> None:
    code, lines = supply.audit(folder=auditor, run=answering("", "Traceback\nConnectionError: refused"))
    assert code == EXIT_NOT_PUBLISHED
    assert "ติดต่อ" in lines[0]
    assert lines[1] == "  (ConnectionError: refused)"


def test_the_auditor_is_installed_from_its_lock_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With pip itself, and no index that answers."""
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    for name in ("PIP_FIND_LINKS", "PIP_EXTRA_INDEX_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    monkeypatch.setenv("PIP_RETRIES", "0")
    folder = tmp_path / "audit"
    assert supply.audit(folder=folder)[0] == EXIT_NOT_PUBLISHED
    assert not (folder / ".ready").exists()


def test_every_pinned_package_says_its_licence(tmp_path: Path) -> None:
    rows = supply.list_licences()
    supply.write_licences(rows, tmp_path / "licences.csv")
    with (tmp_path / "licences.csv").open(encoding="utf-8-sig", newline="") as lines:
        assert list(csv.DictReader(lines)) == rows
    locked = {row["name"].lower(): row["licence"] for row in rows if row["locked"] == "yes"}
    assert {"duckdb", "pandas", "typer"} <= locked.keys()
    assert [name for name, licence in locked.items() if licence == "ไม่ระบุ"] == []
    assert sys.version_info >= (3, 11)
