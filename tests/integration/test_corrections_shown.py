"""Where a correction is seen: the inspect page, the workbook that goes back, the page of changes and the brief."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from lxml import html

from pipeline import brief_tables, brief_text, store
from pipeline.brief_text.reading import read_rows
from pipeline.changes import CHANGES_PAGE, write_changes
from pipeline.ingest.files import find_files
from pipeline.inspect import Asked, inspect_file
from pipeline.release import WAREHOUSE
from pipeline.returns import return_files
from pipeline.trace import Question, answer
from tests.integration.returned import RUN
from tests.integration.test_corrections import LINE, TITLE, ingest
from tests.integration.workbooks import plan


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """A plan with two bad amounts: one is corrected, the other's line no longer fits."""
    rows = plan(TITLE, 1000, "ประมาณ 5 แสน", "ประมาณ <3> แสน")
    ingest(tmp_path, {}, {"cell": "D5", "from": "ประมาณ 4 แสน", "to": "300000"}, rows=rows).close()
    (tmp_path / "b.duckdb").rename(tmp_path / WAREHOUSE)
    return tmp_path / "raw"


def test_the_inspect_page_shows_both_texts_at_the_cell(raw: Path) -> None:
    code, lines = inspect_file(Asked(raw / LINE["path"], raw, raw.parent / "out"))
    assert code == 3
    assert any("corrections.csv บรรทัด 3: ไม่ได้แก้" in line for line in lines)
    (page,) = (raw.parent / "out").rglob("*.html")
    tree = html.fromstring(page.read_text(encoding="utf-8"))
    (cell,) = tree.xpath("//td[@id='D4']")
    assert (cell.findtext("s"), cell.findtext("ins")) == ("ประมาณ 5 แสน", "500000")
    assert not tree.xpath("//td[@id='D5']//ins")
    (row,) = tree.xpath("//h2[@id='corrections']/following-sibling::div[1]//tbody/tr")
    told = [part.text_content() for part in row.xpath("./td")]
    assert told[:5] == ["D4", "ประมาณ 5 แสน", "500000", "นักวิเคราะห์ ก", "2022-03-31"]


def test_the_workbook_that_goes_back_marks_it_and_keeps_what_was_received(raw: Path) -> None:
    folder = raw.parent / "returns"
    sources = {file.file_id: file.absolute for file in find_files(raw)[0]}
    (one,) = return_files(
        raw.parent / WAREHOUSE, folder, RUN, sources, jobs=1, progress=lambda done, total: None
    )
    book = openpyxl.load_workbook(folder / one.slug / str(one.name))
    cell, other = book["แผน"]["D4"], book["แผน"]["D3"]
    assert cell.value == "ประมาณ 5 แสน"
    assert cell.fill.fgColor.rgb == "00DDEBF7"
    assert 'อ่านช่องนี้เป็น "500000"' in cell.comment.text
    assert (other.fill.fill_type, other.comment) == (None, None)
    legend = [cell.value for row in book.worksheets[0].iter_rows(max_row=12) for cell in row]
    assert "แจ้งให้ทราบ" in legend
    assert one.errors == 1


def test_the_page_of_changes_lists_every_line_and_what_came_of_it(raw: Path) -> None:
    with store.open_for_writing(raw.parent / WAREHOUSE) as connection:
        connection.execute("INSERT INTO core_release VALUES ('r1', '2022-07-01', NULL, 2565, false, '0')")
    write_changes(raw.parent)
    page = (raw.parent / CHANGES_PAGE).read_text(encoding="utf-8")
    rows = html.fromstring(page).xpath("//h2[@id='corrections']/following-sibling::div[1]//tbody/tr")
    told = [[cell.text_content() for cell in row.xpath("./td")] for row in rows]
    assert [(row[0], row[2], row[3]) for row in told] == [
        ("corrections.csv บรรทัด 2", "ประมาณ 5 แสน", "500000"),
        ("corrections.csv บรรทัด 3", "", ""),
    ]
    assert told[0][5] == "แก้แล้ว"
    assert told[1][5].startswith("ไม่ได้แก้ corrections.csv บรรทัด 3")
    assert "ยังไม่มีฉบับก่อนให้เทียบ" in page
    assert "ประมาณ &lt;3&gt; แสน" in page


def test_the_brief_lists_the_corrections_of_its_province(raw: Path) -> None:
    sql = "SELECT * FROM out_correction WHERE province_code = $province_code"
    with store.open_for_reading(raw.parent / WAREHOUSE) as connection:
        own = read_rows(connection, sql, province_code="64")
        others = read_rows(connection, sql, province_code="48")
    assert brief_text.describe_corrections(own).startswith("นักวิเคราะห์แก้ 1 ช่อง")
    (table,) = brief_tables.tabulate_corrections(own)
    assert [text.replace("\u200b", "") for text in table.cells[0][:3]] == [
        f"{LINE['path']} › แผน › D4",
        "ประมาณ 5 แสน",
        "500000",
    ]
    assert table.cells[1][1:3] == ["ไม่ได้แก้", "ไม่ได้แก้"]
    assert "from ของบรรทัดนี้" in table.cells[1][3]
    assert brief_tables.tabulate_corrections(others) == ()
    assert brief_text.describe_corrections(others) == "นักวิเคราะห์ไม่ได้แก้ช่องใดของจังหวัดนี้"


def test_tracing_a_corrected_figure_shows_what_was_received_and_what_is_read(raw: Path) -> None:
    address = "out_project_summary.amount_baht?province_code=64&fiscal_year_be=2565&measure=allocated"
    code, lines = answer(Question(address), raw.parent, WAREHOUSE)
    assert code == 0
    (line,) = [line for line in lines if "› D4:" in line]
    assert line.endswith('"ประมาณ 5 แสน" แก้ใน corrections.csv เป็น "500000" = 500,000.00 บาท')
