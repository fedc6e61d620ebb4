"""overrides.csv: ranges, lines that are malformed, lines that contradict each other."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.ingest.beside.area import Area, read_area
from pipeline.ingest.beside.overrides import Override, read_overrides

HEAD = "path,sheet,range,what,value,who,why\n"


def lines(folder: Path, *rows: str, head: str = HEAD) -> tuple[Override, ...]:
    (folder / "overrides.csv").write_text(head + "".join(f"{row}\n" for row in rows), encoding="utf-8-sig")
    return read_overrides(folder, is_sample=False)


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("", Area()),
        ("A1:F20", Area(0, 19, 0, 5)),
        ("$d$5", Area(4, 4, 3, 3)),
        ("4:6", Area(top=3, bottom=5)),
        ("AA", Area(left=26, right=26)),
        ("D:F", Area(left=3, right=5)),
        ("F1:A1", None),
        ("A0", None),
        ("A1:B", None),
        ("แถว 4", None),
        ("4:6:8", None),
    ],
)
def test_ranges(text: str, area: Area | None) -> None:
    assert read_area(text) == area


def test_no_file_is_no_line(tmp_path: Path) -> None:
    assert read_overrides(tmp_path, is_sample=True) == ()


def test_a_line_is_read_in_the_pipelines_own_words(tmp_path: Path) -> None:
    (province, year, column) = lines(
        tmp_path,
        "a.xlsx,,,จังหวัด,สุโขทัย,ก,ข",
        "a.xlsx,แผน,,fiscal_year,๒๕๖๕,ก,ข",
        "a.xlsx,แผน,F5,column,เบิกจ่ายจริง period=Q1 year=2022,ก,ข",
    )
    assert (province.what, province.value, province.place) == ("province", "64", "overrides.csv บรรทัด 2")
    assert (year.what, year.value) == ("year", "2565")
    assert column.meaning is not None
    assert (column.meaning.name, column.meaning.is_measure) == ("disbursed", True)
    assert (column.meaning.period, column.meaning.year_be) == ("Q1", 2565)
    assert "บรรทัด 4 (ก: ข)" in column.meaning.why


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("a.xlsx,,,province,สวรรค์,ก,ข", "จังหวัด"),
        ("a.xlsx,,,colour,แดง,ก,ข", "ไม่รู้จัก what"),
        ("a.xlsx,,ZZ,header,,ก,ข", "แถว เช่น 4:6"),
        ("a.xlsx,,4:x,role,record,ก,ข", "range"),
        ("a.xlsx,,4,role,king,ก,ข", "record"),
        ("a.xlsx,,F,column,ไม่มีคำนี้,ก,ข", "vocabulary.yml"),
        ("a.xlsx,,F,column,allocated colour=red,ก,ข", "vocabulary.yml"),
        ("a.xlsx,,,unit,ดอลลาร์,ก,ข", "บาท"),
        ("a.xlsx,,A1,received_on,2565-01-01,ก,ข", "ทั้งไฟล์"),
        ("a.xlsx,,,received_on,วันนี้,ก,ข", "2022-03-31"),
        ("a.xlsx,,,kind,novel,ก,ข", "project"),
        ("a.xlsx,,,stage,dream,ก,ข", "bill"),
        ("a.xlsx,,,year,65,,ข", "who ว่าง"),
        ("a.xlsx,,,year,2565,ก,", "why ว่าง"),
        (",,,year,2565,ก,ข", "path ว่าง"),
        ("a.xlsx,,,year,2565,ก", "7 ช่อง"),
    ],
)
def test_a_malformed_line_is_told_with_its_number(tmp_path: Path, row: str, told: str) -> None:
    with pytest.raises(UsageError, match=r"overrides\.csv บรรทัด 3") as raised:
        lines(tmp_path, "a.xlsx,,,year,2566,ก,ข", row)
    assert told in str(raised.value)
    assert raised.value.exit_code == 2


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="บรรทัด 1: ไม่มีคอลัมน์ why"):
        lines(tmp_path, head="path,sheet,range,what,value,who\n")


def test_lines_that_contradict_each_other_are_both_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"บรรทัด 2 กับ overrides\.csv บรรทัด 3 ขัดกัน"):
        lines(tmp_path, "a.xlsx,,,year,2565,ก,ข", "a.xlsx,,,year,2566,ค,ง")
    with pytest.raises(UsageError, match="ขัดกัน"):
        lines(tmp_path, "a.xlsx,,4:9,role,record,ก,ข", "a.xlsx,,6,role,note,ก,ข")


def test_a_line_of_a_sheet_is_an_exception_and_no_contradiction(tmp_path: Path) -> None:
    read = lines(
        tmp_path,
        "a.xlsx,,,year,2565,ก,ข",
        "a.xlsx,แผน,,year,2566,ก,ข",
        "a.xlsx,,,unit,บาท,ก,ข",
        "a.xlsx,,D,unit,พันบาท,ก,ข",
    )
    assert len(read) == 4
