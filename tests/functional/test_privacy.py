"""Nothing of a person who stands anywhere in a received file is in anything that is written; all names are made up."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
import xlsxwriter

from pipeline.release import resolve_current
from tests.conftest import run_pipeline
from tests.functional.scan import find_secrets, read_everything

SECRETS = (
    "สมมติ", "อุปโลกน์", "นามแฝง", "ปั้นแต่ง", "Madeup", "1101800000003", "1-1018-00000-00-3", "1.101800000003",
    "3640100000010", "0812345678", "081-234-5678", "812345678", "055-612345", "madeup99", "pretend@",
)  # fmt: skip
PERSON = "นายสมมติ อุปโลกน์"
UNTITLED = "ปั้นแต่ง นามแฝง"
LINE = "ลงชื่อ .......................... ผู้รายงาน"


def write_workbook(path: Path) -> None:
    """A plan with a person in every place where a workbook can keep one."""
    path.parent.mkdir(parents=True)
    with xlsxwriter.Workbook(str(path)) as book:
        book.set_properties(
            {
                "author": "Madeup Person",
                "manager": PERSON,
                "comments": PERSON,
                "title": PERSON,
                "company": UNTITLED,
            }
        )
        book.set_custom_property("ผู้จัดทำ", PERSON)
        book.define_name("Madeup_Name", "=แผน!$A$1")
        sheet = book.add_worksheet("แผน")
        sheet.set_header(f"&C{PERSON} 081-234-5678")
        sheet.set_footer("&LMadeup 1101800000003")
        rows = [
            ["แผนงาน จังหวัดสุโขทัย ปีงบประมาณ 2565"],
            [f"ผู้ประสานงาน {PERSON} โทร ๐๘๑-๒๓๔-๕๖๗๘"],
            ["ลำดับ", "ชื่อโครงการ", "ผู้รับผิดชอบ", "ได้รับจัดสรร", "หมายเหตุ"],
            [1, "โครงการหนึ่ง", "สมมติ อุปโลกน์", 1000, "Line ID: madeup99 pretend@example.com"],
            [2, f"โครงการช่วยเหลือ{PERSON}", "สำนักงานยุติธรรมจังหวัด", 2000, 1101800000003],
            [3, "โครงการสาม", "ว่าที่ ร.ต.สมมติ อุปโลกน์", "ประมาณ 5 แสน ติดต่อ 0812345678", "๑๑๐๑๘๐๐๐๐๐๐๐๓"],
            [4, "โครงการสี่ (เยาวชน ต้นแบบ)", "เรือนจำจังหวัด", 4000, "1.101800000003E12 และ 1-1018-00000-00-3"],
            [5, "โครงการห้า", "เรือนจำจังหวัด", 5000, 3640100000010.0],
            [None, "รวม", None, 99999],
            [None, LINE, LINE],
            [None, f"({UNTITLED})", f"( {UNTITLED} )"],
            [None, "(ผู้ว่าราชการจังหวัด)", f"{LINE}\n({UNTITLED})\nโทร 055-612345"],
        ]
        for number, row in enumerate(rows):
            for index, value in enumerate(row):
                sheet.write(number, index, value)
        sheet.write_comment("A1", f"{PERSON} 0812345678", {"author": "Madeup"})
        sheet.write_comment("D5", f"ถาม {PERSON} โทร. ๐๘๑๒๓๔๕๖๗๘", {"author": PERSON})
        sheet.write_url("B20", "mailto:pretend@example.com", string="ติดต่อ")
        sheet.insert_textbox("G2", f"{PERSON} 081-234-5678")
        sheet.data_validation("C4", {"validate": "list", "source": ["สมมติ อุปโลกน์", "อื่น"]})
        people = book.add_worksheet("สมมติ อุปโลกน์ 0812345678"[:31])
        people.hide()
        people.write_row(0, 0, ["ที่", "ชื่อ-สกุล", "เบอร์โทร"])
        people.write_row(1, 0, [1, "สมมติ อุปโลกน์", 812345678])
        people.write_row(2, 0, [2, "อุปโลกน์ สมมติ", "0812345678"])


def write_others(folder: Path) -> None:
    """The same in text as Thai programs write it, in a page named .xls, and in files that are refused."""
    lines = [
        "แผนงาน จังหวัดนครพนม ปีงบประมาณ 2565,,",
        "ลำดับ,ชื่อโครงการ,ได้รับจัดสรร,ผู้ประสานงาน",
        f"1,โครงการหนึ่ง {PERSON},เปล่า {PERSON},{UNTITLED}",
        "2,โครงการสอง,2000,สมมติ อุปโลกน์ 081-234-5678",
        f",{LINE},",
        f",({UNTITLED}),",
    ]
    (folder / "นครพนม").mkdir()
    (folder / "นครพนม" / "แผน.csv").write_bytes("\n".join(lines).encode("cp874"))
    rows = "".join(f"<tr><td>{'</td><td>'.join(line.split(','))}</td></tr>" for line in lines[1:4])
    page = (
        f"<html><head><title>{PERSON}</title><meta name=author content='Madeup'></head><body>"
        f"<p>แผนงาน จังหวัดภูเก็ต ปีงบประมาณ 2565</p><table>{rows}</table><p>{LINE}</p><p>({UNTITLED})</p></body></html>"
    )
    (folder / "ภูเก็ต").mkdir()
    (folder / "ภูเก็ต" / f"แผน {PERSON}.xls").write_text(page, encoding="utf-8")
    (folder / f"{PERSON} 081-234-5678.pdf").write_bytes(f"%PDF-1.4 {PERSON}".encode())
    (folder / "คุณสมมติ อุปโลกน์ โทร 0812345678").mkdir()
    (folder / "คุณสมมติ อุปโลกน์ โทร 0812345678" / f"{PERSON}.txt").write_text(
        f"บันทึกของ{PERSON} 1101800000003", encoding="utf-8"
    )


@pytest.fixture(scope="module")
def written(build_once: Callable[..., Path]) -> tuple[Path, dict[str, str]]:
    """A refresh and the verbs that follow it; everything that they wrote and printed."""
    folder = build_once("privacy", write_all)
    printed = json.loads((folder / "printed.json").read_text(encoding="utf-8"))
    return folder / "out", read_everything(folder / "out") | printed


def write_all(folder: Path) -> None:
    """Run the verbs, and keep what they print."""
    raw, out = folder / "raw", folder / "out"
    write_workbook(raw / "สุโขทัย" / f"แผน {PERSON} 1101800000003.xlsx")
    write_others(raw)
    places = ("--raw", str(raw), "--out", str(out))
    printed = {}
    for verb in ("refresh", "status", "templates", "export"):
        done = run_pipeline(verb, *(places[2:] if verb == "export" else places))
        assert done.returncode in (0, 3), done.stderr
        printed |= {f"stdout of {verb}": done.stdout, f"stderr of {verb}": done.stderr}
    for path in sorted(raw.rglob("*.xls*")):
        done = run_pipeline("inspect", str(path), *places)
        # The file's own path was typed by who inspects it.
        printed[f"stdout of inspect {path.suffix}"] = done.stdout.replace(str(path), "")
    (folder / "printed.json").write_text(json.dumps(printed), encoding="utf-8")


def test_the_scan_reads_everything_that_is_written(written: tuple[Path, dict[str, str]]) -> None:
    out, texts = written
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext, which reads what a PDF shows, is not on this machine")
    release = resolve_current(out)
    assert release is not None
    wanted = (
        "baseline.duckdb raw_row.cells", "baseline.duckdb quality_issue.value", "baseline.duckdb raw_table.decided_by",
        "brief.pdf (pdftotext)", "brief.docx/word/document.xml", "data.xlsx/xl/sharedStrings.xml", "brief.ipynb (unes",
        "หนังสือนำส่ง-ร่าง.docx/docProps/core.xml", "xl/comments", "issues.csv", "run.json (unes", "/index.html (unes",
        "quality/index.html", "inspect/", "templates/", "export/", ".parquet ", "stdout of status", "stderr of refresh",
    )  # fmt: skip
    assert [name for name in wanted if not any(name in where for where in texts)] == []
    returned = [where for where in texts if where.startswith(f"releases/{release.name}/returns/")]
    assert any(".xlsx/docProps/core.xml" in where for where in returned)
    assert len(texts) > 300
    # It would find what is there: a project's name is in the warehouse, in a returned workbook and in the brief.
    told = find_secrets(texts, ("โครงการสี่ (เยาวชน ต้นแบบ)",))
    parts = {"duckdb", "returns", "brief.pdf", "data.xlsx"}
    assert {part for part in parts if any(part in where for where in told)} == parts


def test_no_person_of_a_received_file_is_in_anything_written(written: tuple[Path, dict[str, str]]) -> None:
    _, texts = written
    assert find_secrets(texts, SECRETS) == set()


def test_what_is_no_person_stays(written: tuple[Path, dict[str, str]]) -> None:
    out, _ = written
    release = resolve_current(out)
    assert release is not None
    with duckdb.connect(str(release / "baseline.duckdb"), read_only=True) as database:
        assert database.execute("SELECT count(*) FROM core_project").fetchall() == [(9,)]
        rules = {rule for (rule,) in database.execute("SELECT rule FROM quality_issue").fetchall()}
        cells = str(database.execute("SELECT cells::VARCHAR FROM raw_row").fetchall())
    assert rules >= {"personal_data", "people_list", "sheet_hidden"}
    assert "(ผู้ว่าราชการจังหวัด)" in cells
    assert "([ชื่อบุคคล])" in cells
