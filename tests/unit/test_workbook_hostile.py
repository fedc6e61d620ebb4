"""Files over a limit, protected, or with calculated cells that have no value to give."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from pipeline.errors import SourceError
from pipeline.workbook import NO_VALUE, Limits, read_workbook
from tests.unit.made_files import ONE, packed, refused, rows_of, write, xlsx

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def test_a_claimed_dimension_is_not_believed(tmp_path: Path) -> None:
    content = xlsx(ONE, before='<dimension ref="A1:XFD1048576"/>')
    assert rows_of(write(tmp_path, content)) == [[1.0]]


@pytest.mark.parametrize(
    "last",
    [
        '<c r="XFD1048576"><v>1</v></c>',
        "<c r='XFD1048576'><v>1</v></c>",
        '<c s="1" r="XFD1048576"><v>1</v></c>',
        '<x:c r="XFD1048576"><x:v>1</x:v></x:c>',
        '<c r="XFC1048576"><v>1</v></c><c><v>2</v></c>',
    ],
)
def test_a_cell_in_the_last_corner_is_refused_before_there_is_a_grid(tmp_path: Path, last: str) -> None:
    error = refused(write(tmp_path, xlsx(f'{ONE}<row r="1048576">{last}</row>')))
    assert error.code == "file_too_large"
    assert "1,048,576 แถว" in error.message_th


def test_formatted_empty_cells_to_the_last_corner_are_no_matter(tmp_path: Path) -> None:
    content = xlsx(f'{ONE}<row r="1048576"><c r="XFD1048576" s="1"/></row>')
    assert rows_of(write(tmp_path, content)) == [[1.0]]


@pytest.mark.parametrize(
    ("limits", "word"),
    [
        (Limits(file_bytes=100), "ขนาดไฟล์"),
        (Limits(members=2), "จำนวนไฟล์ย่อย"),
        (Limits(unpacked_bytes=300), "ขนาดหลังคลาย"),
        (Limits(ratio=5, ratio_from_bytes=10), "อัตราการบีบอัด"),
        (Limits(sheets=0), "จำนวนชีต"),
        (Limits(cells_per_sheet=0), "แถว x"),
        (Limits(cells_per_file=0), "จำนวนช่องรวม"),
    ],
)
def test_each_limit_is_named(tmp_path: Path, limits: Limits, word: str) -> None:
    path = write(tmp_path, xlsx(ONE, extra={"docProps/app.xml": b" " * 50_000}))
    error = refused(path, limits)
    assert error.code == "file_too_large"
    assert word in error.message_th
    assert "ส่งอีกครั้ง" in error.message_th or "บันทึกใหม่" in error.message_th


def test_a_zip_that_lies_of_its_size_is_measured(tmp_path: Path) -> None:
    content = bytearray(xlsx(ONE, extra={"xl/sharedStrings.xml": b" " * 3_000_000}))
    real = struct.pack("<I", 3_000_000)
    assert content.count(real) == 2
    lying = bytes(content).replace(real, struct.pack("<I", 10))
    error = refused(write(tmp_path, lying), Limits(unpacked_bytes=1_000_000))
    assert error.code == "file_too_large"


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE x [<!ENTITY l0 "ha">{laughs}<!ENTITY f SYSTEM "file:///etc/hostname">]>'
    sheet = f'{bomb}<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&l11;&f;</t></is>'
    part = f"{sheet}</c></row></sheetData></worksheet>"
    path = write(tmp_path, xlsx(ONE, extra={"xl/other.xml": part}))
    assert rows_of(path) == [[1.0]]
    html = f"{bomb}<html><table><tr><td>&l11;&f;</td><td>1</td></tr></table></html>"
    (text, one), *_ = rows_of(write(tmp_path, html.encode(), "bomb.xls"))
    assert one == "1"
    assert len(str(text)) < 100
    assert_harmless(write(tmp_path, sheet_as(part)))


def sheet_as(part: str) -> bytes:
    """An xlsx whose one sheet is this part."""
    with zipfile.ZipFile(io.BytesIO(xlsx(ONE))) as archive:
        parts: dict[str, bytes | str] = {name: archive.read(name) for name in archive.namelist()}
    return packed({**parts, "xl/worksheets/sheet1.xml": part})


def assert_harmless(path: Path) -> None:
    """Reading gives a small sheet or a reason."""
    try:
        rows = rows_of(path)
    except SourceError:
        return
    assert len(str(rows)) < 200


@pytest.mark.parametrize(
    "text",
    [
        "<table><tr>" + "<td rowspan=1000 colspan=1000>x" * 50 + "</table>",
        "<table><tr>" * 30 + "<td>x",
        "<table><tr><td>" + "<b>" * 5000 + "x</table>",
    ],
)
def test_html_that_explodes_is_refused(tmp_path: Path, text: str) -> None:
    text = text.replace("<table><tr>" * 30, "<table><tr><td>" * 30)
    assert refused(write(tmp_path, text.encode())).code == "file_too_large"


def test_a_table_within_a_table_is_read_once(tmp_path: Path) -> None:
    text = "<table><tr><td>หัว<table><tr><td>ก</td><td>ข</td></tr></table></td></tr></table>"
    assert rows_of(write(tmp_path, text.encode())) == [["หัว", None], ["ก", "ข"]]


def test_text_that_explodes_is_refused(tmp_path: Path) -> None:
    wide = "a,b\n" * 20_000 + "," * 20_000
    assert refused(write(tmp_path, wide.encode())).code == "file_too_large"
    field = 'a,b\n1,"' + "x" * 2_000_000
    assert refused(write(tmp_path, field.encode())).code == "file_too_large"


def test_ods_repeats_are_counted_before_they_are_written_out(tmp_path: Path) -> None:
    cell = '<table:table-cell table:number-columns-repeated="16384"><text:p>x</text:p></table:table-cell>'
    content = (
        f'<t><table:table><table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'
    )
    assert refused(write(tmp_path, packed({"content.xml": content}))).code == "file_too_large"


def test_errors_and_formulas_without_value_are_told_from_blanks(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["B2"], sheet["C2"], sheet["A3"], sheet["D5"] = "ก", "=SUM(A1:A3)", "#REF!", 5, "=1/0"
    path = tmp_path / "แผน.xlsx"
    book.save(path)
    rows = rows_of(path)
    assert rows[1] == [None, NO_VALUE, "#REF!", None]
    assert rows[4] == [None, None, None, NO_VALUE]
    assert rows[2][0] == 5


def test_marks_stand_in_the_sheet_they_belong_to_and_beyond_its_last_value(tmp_path: Path) -> None:
    path = tmp_path / "แผน.xlsx"
    book = xlsxwriter.Workbook(str(path))
    book.add_worksheet("หนึ่ง").write("A1", "ก")
    second = book.add_worksheet("สอง")
    second.write("A1", "ก")
    second.write_formula("C3", "=A9/0", None, "#DIV/0!")
    book.close()
    first, second_read = read_workbook(path).sheets
    assert first.rows == [["ก"]]
    assert second_read.rows == [["ก", None, None], [None, None, None], [None, None, "#DIV/0!"]]


def test_a_shared_formula_has_no_value_either(tmp_path: Path) -> None:
    cells = '<c r="A1"><v>1</v></c><c r="B1"><f t="shared" si="0"/></c><c r="C1" t="str"><f>""</f><v></v></c>'
    assert rows_of(write(tmp_path, xlsx(f'<row r="1">{cells}</row>')))[0][:2] == [1.0, NO_VALUE]


def test_an_ods_with_its_errors(tmp_path: Path) -> None:
    spaces = " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"'
        for prefix in ("office", "table", "text")
    )
    cells = (
        '<table:table-cell office:value-type="string"><text:p>จังหวัด</text:p></table:table-cell>'
        '<table:table-cell office:value-type="float" office:value="5" table:number-columns-repeated="2"/>'
        '<table:table-cell office:value-type="string" office:string-value="" calcext:value-type="error">'
        "<text:p>#DIV/0!</text:p></table:table-cell>"
    )
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="แผน"><table:table-row>{cells}</table:table-row></table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    workbook = read_workbook(
        write(tmp_path, packed({"mimetype": kind, "META-INF/manifest.xml": "<m/>", "content.xml": content}))
    )
    assert workbook.container == "ods"
    assert workbook.sheets[0].rows == [["จังหวัด", 5.0, 5.0, "#DIV/0!"]]


def test_text_encodings_without_a_mark(tmp_path: Path) -> None:
    table = "จังหวัด,งบ\nสุโขทัย,100\n"
    expected = [["จังหวัด", "งบ"], ["สุโขทัย", "100"]]
    for codec in ("utf-16-le", "utf-16-be"):
        workbook = read_workbook(write(tmp_path, table.encode(codec), "ข้อมูล.csv"))
        assert (workbook.container, workbook.sheets[0].rows) == (f"text {codec}", expected)
    assert rows_of(write(tmp_path, table.encode() + bytes(3))) == expected
    assert rows_of(write(tmp_path, table.replace("100", "1\0" + "00").encode("cp874"))) == expected


def test_thai_punctuation_and_quoted_newlines(tmp_path: Path) -> None:
    content = 'ชื่อ,งบ\n"บรรทัด\nสอง",1\nก'.encode("cp874") + b"\x85\x93\xa0,2\n"
    assert rows_of(write(tmp_path, content)) == [["ชื่อ", "งบ"], ["บรรทัด\nสอง", "1"], ["ก…“\xa0", "2"]]


def test_a_list_of_one_column_stays_refused(tmp_path: Path) -> None:
    assert refused(write(tmp_path, "จังหวัด\nตาก\nเลย\n".encode())).code == "not_a_table"


def test_messages_are_thai(tmp_path: Path) -> None:
    assert re.search("[ก-ฮ]", refused(write(tmp_path, xlsx(ONE)), Limits(sheets=0)).message_th)
