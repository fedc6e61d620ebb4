"""What is looked for before a release is published: found in every container, told by place, never by its text."""

from __future__ import annotations

import json
import os
import zipfile
from pathlib import Path

import duckdb
import openpyxl
import pytest

from pipeline.inputs import digest_code
from pipeline.leaks import find_leaks, look_into, say_leaks
from pipeline.leaks.files import is_looked_into
from pipeline.leaks.warehouse import look_into_warehouse
from pipeline.specs import load_yaml
from tests.functional.scan import find_secrets

SECRETS = ("1-1018-00000-00-3", "081-234-5678", "pretend@example.com", "สมมติ", "อุปโลกน์")
KINDS = {"เลขบัตร", "โทรศัพท์", "อีเมล", "ชื่อบุคคล"}
TEXT = "เลข 1-1018-00000-00-3|โทร 081-234-5678|pretend@example.com|ติดต่อ นายสมมติ อุปโลกน์"
RUNS = "<w:p><w:r><w:t>ติดต่อ นายสม</w:t></w:r><w:r><w:t>มติ อุปโลกน์</w:t></w:r></w:p>"


def write_page(path: Path) -> None:
    cells = "".join(f"<td>{text}</td>" for text in TEXT.split("|")[:3])
    path.write_text(
        f"<p>บรรทัดหนึ่ง</p>\n<table><tr>{cells}</tr></table><p>ติดต่อ นาย<b>สมมติ</b> อุปโลกน์</p>", encoding="utf-8"
    )


def write_book(path: Path) -> None:
    book = openpyxl.Workbook()
    for row, text in enumerate(TEXT.split("|"), start=7):
        book.active.cell(row, 3, text)
    book.save(path)


def write_word(path: Path) -> None:
    shown = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in TEXT.split("|")[:3])
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", f"<w:body>{shown}{RUNS}</w:body>")


def write_notebook(path: Path) -> None:
    cells = [{"source": [f"{text}\n", "\n"], "outputs": []} for text in TEXT.split("|")]
    path.write_text(json.dumps({"cells": cells}), encoding="utf-8")


def write_lines(path: Path) -> None:
    path.write_text("\n".join(TEXT.split("|")), encoding="utf-8")


WRITERS = {
    "page.html": write_page, "book.xlsx": write_book, "word.docx": write_word, "notes.ipynb": write_notebook,
    "lines.csv": write_lines,
}  # fmt: skip


@pytest.mark.parametrize("name", WRITERS)
def test_personal_data_is_found_in_every_container_and_not_repeated(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "briefs"
    folder.mkdir()
    WRITERS[name](folder / name)
    leaks = look_into(folder / name, tmp_path)
    assert {leak.kind for leak in leaks} == KINDS
    assert {leak.file for leak in leaks} == {f"briefs/{name}"}
    assert all(leak.place or name == "notes.ipynb" for leak in leaks)
    assert find_secrets({"told": say_leaks(tuple(leaks))}, SECRETS) == set()


def test_the_place_is_told(tmp_path: Path) -> None:
    write_book(tmp_path / "book.xlsx")
    told = {leak.place.rpartition(" ")[2] for leak in look_into(tmp_path / "book.xlsx", tmp_path)}
    assert told == {"C7", "C8", "C9", "C10"}
    write_lines(tmp_path / "lines.csv")
    assert {leak.place for leak in look_into(tmp_path / "lines.csv", tmp_path)} == {
        f"บรรทัด {number}" for number in range(1, 5)
    }


def test_a_name_of_a_file_and_what_a_pdf_says_of_itself_are_looked_at(tmp_path: Path) -> None:
    path = tmp_path / "แผน นายสมมติ อุปโลกน์.pdf"
    path.write_bytes(b"%PDF-1.7\x00\xff<x:xmpmeta>pretend@example.com</x:xmpmeta>")
    assert is_looked_into(path)
    assert {leak.kind for leak in look_into(path, tmp_path)} == {"ชื่อบุคคล", "อีเมล"}
    assert find_secrets({"told": say_leaks(tuple(look_into(path, tmp_path)))}, SECRETS) == set()


def test_numbers_of_ours_and_the_offices_own_words_are_no_persons(tmp_path: Path) -> None:
    own = [
        "0a1101800000003fab" * 3 + "0123456789",
        "081234567890-1-1",
        "2026-11-23 16:41:05",
        "20261123T164105Z",
    ]
    drawing = '<svg><path d="M0812345678 0 1101800000003"/></svg><img src="data:image/png;base64,0812345678">'
    spec = next(
        line for line in json.dumps(load_yaml("personal.yml"), ensure_ascii=False).split('"') if line == "นาย"
    )
    (tmp_path / "a.html").write_text(
        f"{drawing}<p>{'</p><p>'.join(own)}</p><p>{spec}กเทศมนตรี</p>", encoding="utf-8"
    )
    assert look_into(tmp_path / "a.html", tmp_path) == []


def test_a_warehouse_is_looked_through_and_numbers_under_a_head_of_codes_are_codes(tmp_path: Path) -> None:
    path = tmp_path / "baseline.duckdb"
    head, row = {"A": "รหัสโครงการ", "B": "หมายเหตุ"}, {"A": "0812345678", "B": "โครงการหนึ่ง"}
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            'CREATE TABLE raw_row (file_id VARCHAR, sheet VARCHAR, "row_number" INTEGER, cells JSON)'
        )
        for number, cells in ((1, head), (2, row), (3, {"A": "0812345679", "B": "โทร 081-234-5678"})):
            text = json.dumps(cells, ensure_ascii=False)
            connection.execute("INSERT INTO raw_row VALUES ('f1', 'แผน', ?, ?)", [number, text])
        connection.execute(
            "CREATE TABLE core_project AS SELECT 'นายสมมติ อุปโลกน์' AS project_name, '0899999999' AS bare"
        )
    told = {leak.told for leak in look_into_warehouse(path)}
    assert told == {
        "baseline.duckdb › raw_row.cells ไฟล์ f1 แถว 3 (โทรศัพท์)",
        "baseline.duckdb › core_project.project_name (ชื่อบุคคล)",
        "baseline.duckdb › core_project.bare (โทรศัพท์)",
    }


def test_what_the_release_before_has_is_not_looked_into_again(tmp_path: Path) -> None:
    before, build = tmp_path / "before", tmp_path / "build"
    for folder in (before, build):
        folder.mkdir()
    write_lines(before / "same.csv")
    os.link(before / "same.csv", build / "same.csv")
    (build / "copy.csv").write_text("081-234-5678", encoding="utf-8")
    (before / "copy.csv").write_text("081-234-5678", encoding="utf-8")
    looked = find_leaks(build, before, jobs=1, progress=lambda done, total: None)
    assert (looked.files, looked.same, {leak.file for leak in looked.leaks}) == (1, 1, {"copy.csv"})
    again = find_leaks(build, None, jobs=2, progress=lambda done, total: None)
    assert (again.files, again.same, {leak.file for leak in again.leaks}) == (2, 0, {"copy.csv", "same.csv"})


def test_a_room_that_is_not_there_is_no_digest_of_nothing() -> None:
    assert digest_code(("leaks",)) != digest_code(("personal", "leaks"))
    with pytest.raises(FileNotFoundError):
        digest_code(("personal.py",))
