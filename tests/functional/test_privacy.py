"""Nothing of a person who stands anywhere in a received workbook is in what is published; all names are made up."""

from __future__ import annotations

import zipfile
from pathlib import Path

import duckdb
import xlsxwriter

from tests.conftest import run_pipeline

SECRETS = ("สมมติ", "อุปโลกน์", "Madeup", "1101800000003", "0812345678", "081-234-5678", "madeup99")
PERSON = "นายสมมติ อุปโลกน์"


def write_workbook(path: Path) -> None:
    """A plan with a person in every place where a workbook can keep one."""
    path.parent.mkdir(parents=True)
    with xlsxwriter.Workbook(str(path)) as book:
        book.set_properties(
            {"author": "Madeup Person", "manager": PERSON, "comments": PERSON, "title": PERSON}
        )
        book.set_custom_property("ผู้จัดทำ", PERSON)
        book.define_name("Madeup_Name", "=แผน!$A$1")
        sheet = book.add_worksheet("แผน")
        sheet.set_header(f"&C{PERSON} 081-234-5678")
        sheet.set_footer("&LMadeup 1101800000003")
        rows = [
            ["แผนงาน จังหวัดสุโขทัย ปีงบประมาณ 2565"],
            [f"ผู้ประสานงาน {PERSON} โทร 081-234-5678"],
            ["ลำดับ", "ชื่อโครงการ", "ผู้รับผิดชอบ", "ได้รับจัดสรร", "หมายเหตุ"],
            [1, "โครงการหนึ่ง", "สมมติ อุปโลกน์", 1000, "Line ID: madeup99"],
            [2, f"โครงการช่วยเหลือ{PERSON}", "สำนักงานยุติธรรมจังหวัด", 2000, 1101800000003],
            [3, "โครงการสาม", "ว่าที่ ร.ต.สมมติ อุปโลกน์", "ประมาณ 5 แสน ติดต่อ 0812345678", None],
        ]
        for number, row in enumerate(rows):
            for index, value in enumerate(row):
                sheet.write(number, index, value)
        sheet.write_comment("A1", f"{PERSON} 0812345678", {"author": "Madeup"})
        people = book.add_worksheet("สมมติ อุปโลกน์ 0812345678"[:31])
        people.hide()
        people.write_row(0, 0, ["ที่", "ชื่อ-สกุล", "เบอร์โทร"])
        people.write_row(1, 0, [1, "สมมติ อุปโลกน์", 812345678])
        people.write_row(2, 0, [2, "อุปโลกน์ สมมติ", "0812345678"])


def published_texts(release: Path, database: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Every file of a release as text, members of zips and tables of the warehouse too."""
    texts = {}
    for path in sorted(release.rglob("*")):
        name = path.relative_to(release).as_posix()
        texts[f"name of {name}"] = name
        if path.is_file() and path.suffix in {".docx", ".xlsx"}:
            with zipfile.ZipFile(path) as archive:
                for member in archive.namelist():
                    texts[f"{name}/{member}"] = archive.read(member).decode("utf-8", errors="replace")
        elif path.is_file():
            texts[name] = path.read_bytes().decode("utf-8", errors="replace")
    tables = database.execute("SELECT table_name FROM information_schema.tables").fetchall()
    for (table,) in tables:
        texts[table] = str(database.execute(f'SELECT * FROM "{table}"').fetchall())
    return texts


def test_no_person_of_a_received_workbook_is_in_the_release(tmp_path: Path) -> None:
    write_workbook(tmp_path / "raw" / "สุโขทัย" / f"แผน {PERSON} 1101800000003.xlsx")
    done = run_pipeline("refresh", "--raw", str(tmp_path / "raw"), "--out", str(tmp_path / "out"))
    assert done.returncode == 3, done.stderr
    release = (tmp_path / "out" / "current").resolve()
    with duckdb.connect(str(release / "baseline.duckdb"), read_only=True) as database:
        assert database.execute("SELECT count(*) FROM core_project").fetchone() == (3,)
        rules = {rule for (rule,) in database.execute("SELECT rule FROM quality_issue").fetchall()}
        assert rules >= {"personal_data", "people_list", "sheet_hidden"}
        texts = published_texts(release, database) | {"stdout": done.stdout, "stderr": done.stderr}
    assert len(texts) > 40
    told = {f"{where}: {secret}" for where, text in texts.items() for secret in SECRETS if secret in text}
    assert told == set()
