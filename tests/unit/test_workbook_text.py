"""Delimited text and HTML as Thai programs really write them."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import SourceError
from pipeline.workbook import Merge, Sheet, read_workbook

TABLE = "จังหวัด|พ.ศ.|งบประมาณ\nสุโขทัย|2565|100\nตาก|2565|200\n"
ROWS = [["จังหวัด", "พ.ศ.", "งบประมาณ"], ["สุโขทัย", "2565", "100"], ["ตาก", "2565", "200"]]


def read(tmp_path: Path, content: bytes, name: str = "ข้อมูล.txt") -> tuple[str, Sheet]:
    path = tmp_path / name
    path.write_bytes(content)
    workbook = read_workbook(path)
    return workbook.container, workbook.sheets[0]


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|", "   "])
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "cp874", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_delimiter_in_every_encoding(tmp_path: Path, delimiter: str, codec: str) -> None:
    _, sheet = read(tmp_path, TABLE.replace("|", delimiter).encode(codec))
    assert sheet.rows == ROWS


def test_lines_in_two_encodings_are_each_read_in_theirs(tmp_path: Path) -> None:
    lines = TABLE.encode().split(b"\n")
    lines[2] = lines[2].decode().encode("cp874")
    container, sheet = read(tmp_path, b"\n".join(lines))
    assert container == "text mixed"
    assert sheet.rows == ROWS


def test_single_bad_bytes_cost_their_letter_and_no_more(tmp_path: Path) -> None:
    text = TABLE + "ตรัง|2565|300\n" * 30
    _, sheet = read(
        tmp_path, text.encode("cp874").replace("สุโขทัย".encode("cp874"), b"\xca\xd8\xe2\xdd\xb7\xd1\xc2", 1)
    )
    assert sheet.rows[1] == ["สุโ\ufffdทัย", "2565", "100"]
    assert sheet.rows[2:3] == ROWS[2:]


def test_bytes_that_are_mostly_no_letters_are_no_text(tmp_path: Path) -> None:
    with pytest.raises(SourceError):
        read(tmp_path, b"\xfd\xfe\xfc,\xdb\xdc\xdd\n\x81\x82\x83,\xdb\xdc\n" * 5)


def test_quoted_line_breaks_and_delimiters_stay_in_their_field(tmp_path: Path) -> None:
    _, sheet = read(tmp_path, 'ชื่อโครงการ,งบประมาณ\n"โครงการ\nหนึ่ง, สอง ""สาม""","1,000"\nข,2\n'.encode())
    assert sheet.rows == [["ชื่อโครงการ", "งบประมาณ"], ['โครงการ\nหนึ่ง, สอง "สาม"', "1,000"], ["ข", "2"]]


def test_prose_is_no_table(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as caught:
        read(tmp_path, "รายงานผล  ประจำปี\nเรียนผู้ว่าราชการจังหวัด\nตามที่ได้รับมอบหมาย\n".encode())
    assert caught.value.code == "not_a_table"


HTML = (
    "<html><head>{meta}</head><body><table><tr><th rowspan=2>จังหวัด</th><th colspan=2>งบ &amp; ผล&nbsp;2565</th></tr>"
    "<tr><td>ก<br>ข</td><td>ค</td></tr></table><p>ข้อความ</p>"
    "<table><tr><td><table><tr><td>ใน</td></tr></table>นอก</td></tr></table></body></html>"
)


@pytest.mark.parametrize(
    ("meta", "codec"),
    [
        ("", "utf-8"),
        ("", "cp874"),
        ("<meta charset='utf-8'>", "utf-8"),
        ("<meta http-equiv='Content-Type' content='text/html; charset=TIS-620'>", "cp874"),
        ("<meta http-equiv='Content-Type' content='text/html; charset=windows-874'>", "cp874"),
        ('<meta charset="iso-8859-11">', "cp874"),
        ("<meta charset='utf-8'>", "cp874"),
    ],
)
def test_tables_of_html_in_every_encoding_with_spans_entities_and_tables_within(
    tmp_path: Path, meta: str, codec: str
) -> None:
    _, sheet = read(tmp_path, HTML.format(meta=meta).encode(codec), "ข้อมูล.xls")
    texts = [[cell for cell in row if cell] for row in sheet.rows]
    assert texts[0] == ["จังหวัด", "งบ & ผล\u00a02565"]
    assert texts[1][-1] == "ค"
    assert sorted(text for row in texts[2:] for text in row) == ["นอก", "ใน"]
    assert sheet.merges == (Merge(0, 0, 1, 0), Merge(0, 1, 0, 2))
