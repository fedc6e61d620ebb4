import json
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import SourceError
from pipeline.ingest.reading import cells_json
from pipeline.workbook import Cell, Merge, Sheet, address, column_letters, read_workbook
from pipeline.workbook.text import find_delimiter


def write(tmp_path: Path, name: str, content: bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


TABLE = "จังหวัด,พ.ศ.,งบประมาณ\nสุโขทัย,2565,100\n"


@pytest.mark.parametrize(
    ("content", "container"),
    [
        (TABLE.encode(), "text utf-8"),
        (TABLE.encode("utf-8-sig"), "text utf-8-sig"),
        (TABLE.encode("cp874"), "text cp874"),
        (TABLE.encode("utf-16"), "text utf-16"),
        (TABLE.replace(",", "\t").encode("cp874"), "text cp874"),
        (TABLE.replace(",", ";").encode(), "text utf-8"),
    ],
)
def test_delimited_text_whatever_its_encoding(tmp_path: Path, content: bytes, container: str) -> None:
    workbook = read_workbook(write(tmp_path, "ข้อมูล.txt", content))
    assert workbook.container == container
    assert workbook.sheets[0].rows == [["จังหวัด", "พ.ศ.", "งบประมาณ"], ["สุโขทัย", "2565", "100"]]


HTML = (
    "<meta charset='{}'><table><tr><th rowspan=2>จังหวัด</th><th colspan=2>งบ</th></tr>"
    "<tr><td>ก</td><td>ข</td></tr></table>"
)


@pytest.mark.parametrize(
    ("charset", "codec"), [("utf-8", "utf-8"), ("tis-620", "cp874"), ("windows-874", "cp874")]
)
def test_html_named_xls_is_an_html_table(tmp_path: Path, charset: str, codec: str) -> None:
    workbook = read_workbook(write(tmp_path, "ข้อมูล.xls", HTML.format(charset).encode(codec)))
    sheet = workbook.sheets[0]
    assert workbook.container == f"html {codec}"
    assert sheet.rows == [["จังหวัด", "งบ", None], [None, "ก", "ข"]]
    assert sheet.merges == (Merge(0, 0, 1, 0), Merge(0, 1, 0, 2))


def test_a_workbook_keeps_places_merges_and_hidden_sheets(tmp_path: Path) -> None:
    path = tmp_path / "แผน.csv"  # told by content, not by name
    book = xlsxwriter.Workbook(str(path))
    book.add_worksheet("แผน").merge_range("B3:C3", "หัวเรื่อง")
    hidden = book.add_worksheet("ซ่อน")
    hidden.write("A1", 5)
    hidden.hide()
    book.close()
    plan, other = read_workbook(path).sheets
    assert plan.rows[2][1] == "หัวเรื่อง"
    assert plan.rows[0] == [None, None] or plan.rows[0] == [None, None, None]
    assert plan.merges == (Merge(2, 1, 2, 2),)
    assert other.is_hidden
    assert not plan.is_hidden


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b"\0\0 \n", "file_empty"),
        (b"%PDF-1.7 ...", "file_kind"),
        (b"PK\x03\x04 not a zip", "file_unreadable"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "file_unreadable"),
        ("เพียงข้อความหนึ่งบรรทัด".encode(), "not_a_table"),
        (b"<html><p>no table</p></html>", "not_a_table"),
        (bytes(range(256)) * 4, "file_unreadable"),
    ],
)
def test_what_is_no_table_is_refused_with_a_reason(tmp_path: Path, content: bytes, code: str) -> None:
    with pytest.raises(SourceError) as caught:
        read_workbook(write(tmp_path, "file.xlsx", content))
    assert caught.value.code == code
    assert caught.value.message_th


@given(st.integers(0, 20000), st.integers(0, 20000))
def test_column_letters_are_different_and_in_order(first: int, second: int) -> None:
    one, two = column_letters(first), column_letters(second)
    assert (one == two) == (first == second)
    assert ((len(one), one) < (len(two), two)) == (first < second)


def test_addresses() -> None:
    assert [address(0, 0), address(11, 5), address(99, 27)] == ["A1", "F12", "AB100"]


def test_the_delimiter_is_found() -> None:
    assert find_delimiter("a,b\n1,2\n") == ","
    assert find_delimiter("ไม่มีตัวคั่น\nเลย\n") is None


@pytest.mark.parametrize("empty", [0, 1, 3, 4, 12])
def test_empty_cells_are_none_whether_few_or_many(tmp_path: Path, empty: int) -> None:
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, [0, *range(1, 13)])
        sheet.write_row(1, empty, ["ก"] * (13 - empty))
    (read,) = read_workbook(path).sheets
    assert read.rows == [[float(number) for number in range(13)], [None] * empty + ["ก"] * (13 - empty)]


def test_a_cell_that_is_written_is_seen_by_column_too() -> None:
    sheet = Sheet("แผน", [["ก", 1.0], ["ข", 2.0]])
    assert sheet.columns == [("ก", "ข"), (1.0, 2.0)]
    sheet.put(1, 0, "ค")
    assert sheet.columns == [("ก", "ค"), (1.0, 2.0)]


def test_rows_are_written_as_json_whatever_their_first_cell() -> None:
    rows: list[list[Cell]] = [
        [None, 'ก"ข', 2.0],
        ["ค", None, 0.5],
        [],
        [True, None, None],
        [None, None, 1e15],
    ]
    written = cells_json(Sheet("แผน", rows), [0, 1, 3, 4])
    assert [json.loads(text) for text in written] == [
        {"B": 'ก"ข', "C": "2"},
        {"A": "ค", "C": "0.5"},
        {"A": "True"},
        {"C": "1000000000000000.0"},
    ]
    assert cells_json(Sheet("ว่าง", []), []) == []
