"""The page of a sheet that replaces another names in Thai what it changes."""

from __future__ import annotations

import os
from pathlib import Path

from lxml import html

from pipeline.ingest import ingest
from pipeline.inspect.page import list_chunks, write_all_pages
from tests.integration.workbooks import plan, write_sheet

TITLE = "แผนงานโครงการ จังหวัดสุโขทัย ปีงบประมาณ พ.ศ. 2565"
FIRST_SENT = 1_600_000_000


def test_what_a_new_submission_changes_is_told_in_thai(tmp_path: Path) -> None:
    sent = (1000, 2000, 3000, 4000, 5000, 6000, 7000), (1000, 2500, 3000, 4000, 5000, 6000)
    for number, amounts in enumerate(sent):
        path = write_sheet(tmp_path / "raw" / f"แผน {number}.xlsx", plan(TITLE, *amounts))
        os.utime(path, (FIRST_SENT + number, FIRST_SENT + number))
    database = tmp_path / "baseline.duckdb"
    ingest(tmp_path / "raw", database, jobs=1, progress=lambda *_: None)
    write_all_pages(list_chunks(database, tmp_path / "inspect"), jobs=1)
    pages = [html.parse(str(path)) for path in (tmp_path / "inspect").rglob("1.html")]
    told = [row for page in pages for row in page.xpath("//h2[@id='changes']/following::table[1]/tbody/tr")]
    cells = [[cell.text_content() for cell in row.xpath("td")] for row in told]
    changed = next(row for row in cells if row[0] == "แก้ไข")
    assert changed[2].endswith("ปี 2565 ทั้งปี")
    assert changed[3:5] == ["2,000.00", "2,500.00"]
    removed = next(row for row in cells if row[0] == "หาย")
    assert removed[3].endswith("ปี 2565 ทั้งปี 7,000.00")
    assert not any(
        letter.isascii() and letter.isalpha() for row in cells for cell in row[2:5] for letter in cell
    )
