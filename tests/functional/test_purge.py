"""A purge: nothing of a submission is left in any byte, readers and the published release stand, and it stays away."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from pipeline.release import WAREHOUSE, resolve_current
from pipeline.release.kept import list_releases
from tests.conftest import run_pipeline
from tests.functional.scan import find_secrets, read_everything
from tests.integration.workbooks import plan, write_sheet

TITLE = "แผนงานโครงการ จังหวัด{} ปีงบประมาณ พ.ศ. 2565"
SECRETS = ("มะม่วงน้ำปลาหวาน", "76543210.25", "76,543,210.25", "ลับเฉพาะ")
NAME = "แผนลับเฉพาะ.xlsx"


@dataclass(frozen=True)
class Office:
    """Two provinces' plans, of which one is to go."""

    raw: Path
    out: Path

    def run(self, verb: str, *more: str) -> tuple[int, str]:
        places = () if verb in {"export", "rollback"} else ("--raw", str(self.raw))
        done = run_pipeline(verb, *more, *places, "--out", str(self.out))
        assert "Traceback" not in done.stderr, done.stderr
        return done.returncode, done.stdout + done.stderr

    def write_secret(self) -> Path:
        names = ("โครงการมะม่วงน้ำปลาหวาน", "โครงการอื่น")
        rows = plan(TITLE.format("นครพนม"), 76543210.25, "ประมาณ มะม่วงน้ำปลาหวาน", names=names)
        return write_sheet(self.raw / "ลับเฉพาะ" / NAME, rows)

    @property
    def published(self) -> Path:
        release = resolve_current(self.out)
        assert release is not None
        return release

    def found(self) -> set[str]:
        return find_secrets(read_everything(self.out) | read_everything(self.raw), SECRETS)


@pytest.fixture(scope="module")
def made(build_once: Callable[..., Path]) -> Office:
    """Two releases that have it, what verbs made of them, and what an analyst wrote beside the data."""
    folder = build_once("purge", lambda folder: make_office(Office(folder / "raw", folder / "out")))
    return Office(folder / "raw", folder / "out")


def make_office(office: Office) -> None:
    """Make the office as its first test finds it."""
    write_sheet(office.raw / "สุโขทัย" / "แผน.xlsx", plan(TITLE.format("สุโขทัย"), 1000, 2000))
    path = office.write_secret().relative_to(office.raw).as_posix()
    assert office.run("refresh")[0] == 3
    (office.raw / "corrections.csv").write_text(
        "path,sheet,cell,from,to,who,why,when\n"
        f"{path},แผน,D3,76543210.25,76543210,นักวิเคราะห์,ถามแล้ว,2022-03-31\n"
        "สุโขทัย/แผน.xlsx,แผน,D3,1000,1001,นักวิเคราะห์,ถามแล้ว,2022-03-31\n",
        encoding="utf-8",
    )
    assert office.run("refresh")[0] == 3
    for verb in ("export", "templates"):
        assert office.run(verb)[0] == 0
    log = office.out / "logs" / "runs.jsonl"
    line = json.loads(log.read_text(encoding="utf-8").splitlines()[-1]) | {"told": f"{path}: ทำไม่ได้"}
    log.write_text(json.dumps(line, ensure_ascii=False) + "\n", encoding="utf-8")


@pytest.fixture
def office(made: Office, tmp_path: Path) -> Office:
    for folder in (made.raw, made.out):
        shutil.copytree(folder, tmp_path / folder.name, symlinks=True)
    return Office(tmp_path / "raw", tmp_path / "out")


def test_nothing_is_left_and_it_does_not_come_back(office: Office) -> None:
    before = office.found()
    kept = (
        "baseline.duckdb",
        "brief.docx",
        "data.xlsx",
        "brief.pdf",
        "returns/",
        "export/",
        "templates/",
        "runs.jsonl",
    )
    assert [part for part in (*kept, "corrections.csv") if not any(part in where for where in before)] == []
    was, content = office.published, (office.raw / "ลับเฉพาะ" / NAME).read_bytes()
    code, told = office.run("purge", "--file", f"ลับเฉพาะ/{NAME}")
    assert code == 0
    assert f"ฉบับที่เก็บไว้ซึ่งมีไฟล์นี้หรือทำต่อจากฉบับที่มี: 2  {list_releases(office.out)[0].name}" in told
    assert "corrections.csv: 1" in told
    assert "ยังไม่ได้ลบสิ่งใด" in told
    assert (office.published, office.found()) == (was, before)

    code, told = office.run("purge", "--file", f"ลับเฉพาะ/{NAME}", "--yes", "--reason", "request")
    assert code == 0, told
    assert office.found() == set()
    assert list_releases(office.out) == [office.published]
    assert not (office.raw / "ลับเฉพาะ").exists()
    stone = (office.raw / "tombstones.csv").read_text(encoding="utf-8").splitlines()[1].split(",")
    assert (stone[0], stone[2]) == (hashlib.sha256(content).hexdigest(), "request")
    assert "สุโขทัย/แผน.xlsx" in (office.raw / "corrections.csv").read_text(encoding="utf-8-sig")
    with duckdb.connect(str(office.published / WAREHOUSE), read_only=True) as connection:
        assert connection.execute("SELECT amount_baht FROM core_amount ORDER BY 1").fetchall()[0][0] == 1001

    again = office.raw / "ส่งใหม่.xlsx"
    again.write_bytes(content)
    assert office.run("refresh")[0] == 3
    issues = (office.published / "issues.csv").read_text(encoding="utf-8-sig")
    assert "ถูกลบตาม PDPA" in issues
    assert f"unpurge {stone[0][:12]}" in issues
    assert {where for where in office.found() if not where.startswith("ส่งใหม่.xlsx")} == set()
    done = run_pipeline("inspect", str(again), "--raw", str(office.raw), "--out", str(office.out))
    assert "ถูกลบตาม PDPA" in done.stdout
    assert not any("มะม่วง" in text for text in read_everything(office.out).values())
    assert office.run("unpurge", stone[0][:12])[0] == 0
    assert not (office.raw / "tombstones.csv").exists()


def test_a_release_that_is_read_goes_when_it_is_closed(office: Office) -> None:
    was = office.published
    reader = duckdb.connect(str(was / WAREHOUSE), read_only=True)
    digest = hashlib.sha256((office.raw / "ลับเฉพาะ" / NAME).read_bytes()).hexdigest()
    code, told = office.run("purge", "--file", digest[:10].upper(), "--yes", "--reason", "consent")
    assert code == 3
    assert f"มีผู้เปิดอ่านอยู่: {was.name}" in told
    assert reader.execute("SELECT count(*) FROM core_project").fetchall() == [(4,)]
    code, told = office.run("rollback")
    assert code == 4, told
    reader.close()
    code, told = office.run("purge", "--file", digest, "--yes", "--reason", "consent")
    assert code == 0, told
    assert office.found() == set()
    assert list_releases(office.out) == [office.published]
    assert not (office.out / ".condemned.json").exists()


def test_a_province_goes_and_where_nothing_else_is_left_the_release_stands_until_it_is_withdrawn(
    office: Office,
) -> None:
    shutil.rmtree(office.raw / "สุโขทัย")
    (office.raw / "corrections.csv").unlink()
    was = office.published
    order = ("purge", "--province", "48", "--yes", "--reason", "mistaken")
    code, told = office.run(*order)
    assert code == 4
    assert "--withdraw" in told
    assert office.published == was
    code, told = office.run(*order, "--withdraw")
    assert code == 0, told
    assert office.found() == set()
    assert resolve_current(office.out) is None


def test_what_is_not_there_or_not_said_is_told(office: Office) -> None:
    for order, said in (
        (("--file", "ไม่มี.xlsx"), "ไม่พบ ไม่มี.xlsx"),
        (("--province", "99"), "ไม่มีจังหวัดรหัส 99"),
        ((), "--province"),
        (("--file", NAME, "--province", "48"), "อย่างใดอย่างหนึ่ง"),
        (("--file", NAME, "--yes"), "request (เจ้าของข้อมูลขอให้ลบ)"),
    ):
        code, told = office.run("purge", *order)
        assert (code, said in told) == (2, True), told
    (office.raw / "tombstones.csv").write_text("sha256,on,reason\nx,2025-01-01,request\n", encoding="utf-8")
    code, told = office.run("refresh")
    assert code == 2
    assert "tombstones.csv บรรทัด 2" in told


def test_what_has_personal_data_in_it_is_not_published(office: Office) -> None:
    record = json.loads((office.published / "run.json").read_text(encoding="utf-8"))
    assert record["counts"]["release_check"]["same"] > 0
    was = office.published
    for verb in ("ingest", "check"):
        assert office.run(verb)[0] == 3
    (office.out / ".build" / "quality" / "note.html").write_text("<p>โทร 081-234-5678</p>", encoding="utf-8")
    code, told = office.run("briefs")
    assert code == 4
    assert "quality/note.html › บรรทัด 1 (โทรศัพท์)" in told.splitlines()[-1]
    assert "081" not in told
    assert office.published == was
    assert not (office.out / ".build").exists()
