"""The verb inspect, its pages, and adding a form without code, as an analyst does it by hand."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import pytest
import xlsxwriter
from lxml import html
from PIL import Image

from pipeline.release import resolve_current
from pipeline.settings import PROJECT
from tests.conftest import run_pipeline
from tests.integration.workbooks import plan, write_sheet

TITLE = "แผนงานโครงการ จังหวัดสุโขทัย ปีงบประมาณ พ.ศ. 2565"
NEW_FORM = [
    ["บัญชีงานยุติธรรมชุมชน ประจำปีงบประมาณ พ.ศ. {} จังหวัดสุโขทัย"],
    ["เลขงาน", "นามภารกิจ", "กลุ่มผู้ทำ", "เม็ดเงินที่มอบ"],
    [1, "ไกล่เกลี่ยหนี้ครัวเรือน", "สำนักงานยุติธรรมจังหวัด", 120000],
    [2, "อบรมเครือข่าย", "เรือนจำจังหวัด", 80000],
    [None, "รวม", None, 200000],
]


def inspect(file: Path, out: Path, *more: str, specs: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run the verb, on a copy of the specs where one is given."""
    command = [sys.executable, "-m", "pipeline", "inspect", str(file), "--out", str(out), *more]
    environment = os.environ | ({"PIPELINE_SPECS": str(specs)} if specs else {})
    return subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False)


def pages(out: Path) -> list[Path]:
    return sorted((out / "inspect").rglob("*.html"))


def new_form(path: Path, year: int) -> Path:
    return write_sheet(path, [[NEW_FORM[0][0].format(year)], *NEW_FORM[1:]], sheet="บัญชีงาน")


@pytest.fixture(scope="module")
def messy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook with merged heads, a cell that cannot be read, a person's telephone, a gap and a hidden sheet."""
    folder = tmp_path_factory.mktemp("messy")
    with xlsxwriter.Workbook(str(folder / "แผน.xlsx")) as book:
        page = book.add_worksheet("แผน")
        page.merge_range("A1:D1", TITLE)
        page.merge_range("A2:A3", "ลำดับ")
        page.merge_range("B2:B3", "ชื่อโครงการ")
        page.merge_range("C2:D2", "งบประมาณ (พันบาท)")
        page.write_row("C3", ["ได้รับจัดสรร", "ผลเบิกจ่าย"])
        page.write_row("A4", [1, "ไกล่เกลี่ย <ชุมชน>", 10, "7,863,52"])
        page.write_row("A5", [2, "โทร 081-234-5678", 20, 2])
        page.write_row("A40", ["หมายเหตุ ข้อมูลสมมติ"])
        hidden = book.add_worksheet("ซ่อน")
        hidden.write("A1", "ว่าง")
        hidden.hide()
    return folder


@pytest.fixture(scope="module")
def looked_at(messy: Path) -> tuple[subprocess.CompletedProcess[str], Path]:
    return inspect(messy / "แผน.xlsx", messy / "out"), messy / "out"


def test_a_file_or_sheet_that_does_not_exist_is_wrong_usage(messy: Path, tmp_path: Path) -> None:
    for arguments in ((tmp_path / "ไม่มี.xlsx",), (messy / "แผน.xlsx", "--sheet", "ไม่มี")):
        done = inspect(arguments[0], tmp_path, *arguments[1:])  # type: ignore[arg-type]
        assert done.returncode == 2
        assert len(done.stderr.splitlines()) == 1
        assert "ไม่" in done.stderr


def test_the_lines_tell_what_was_understood(looked_at: tuple[subprocess.CompletedProcess[str], Path]) -> None:
    done, _ = looked_at
    assert done.returncode == 3
    for told in (
        "แผน.xlsx (xlsx): นำเข้าได้",
        "ตารางที่ 1 (A1:D40) โครงการ: นำเข้าแล้ว",
        "จังหวัด: สุโขทัย (64) (95% หัวเรื่องแถว 1)",
        "แถวหัวตาราง: 2, 3",
        'C "งบประมาณ (พันบาท) › ได้รับจัดสรร" → ได้รับจัดสรร หน่วย พันบาท',
        "ระเบียน 2",
        "ผิดพลาด D4:",
        "ชีต ซ่อน (ซ่อนอยู่)",
    ):
        assert told in done.stdout, told


def test_the_page_is_the_sheet_with_what_was_understood(
    looked_at: tuple[subprocess.CompletedProcess[str], Path],
) -> None:
    _, out = looked_at
    first, hidden = pages(out)
    text = first.read_text(encoding="utf-8")
    page = html.fromstring(text)
    assert "ชีตนี้ถูกซ่อนไว้ในไฟล์" in hidden.read_text(encoding="utf-8")
    assert "081-234-5678" not in text
    assert "ไกล่เกลี่ย &lt;ชุมชน&gt;" in text
    (bad,) = page.xpath("//td[@id='D4']")
    assert bad.get("tabindex") == "0"
    assert "7,863,52" in bad.text
    assert "อ่าน" in bad.xpath("./span[@role='tooltip']")[0].text
    assert page.xpath("//a[@href='#D4']")
    assert [cell.get("colspan") for cell in page.xpath("//tr[@class='title']/td")] == ["4"]
    assert [cell.get("rowspan") for cell in page.xpath("//tr[@class='header'][1]/td")] == ["2", "2", None]
    assert page.xpath("//tr[@class='gap']/td")[0].text.strip() == "แถว 6-39 ว่าง"
    meanings = [cell.text_content().strip() for cell in page.xpath("//tr[@class='m']/th")]
    assert meanings == ["อ่านเป็น", "ลำดับ", "ชื่อโครงการ", "ได้รับจัดสรรพันบาท", "เบิกจ่ายพันบาท"]
    numbers = page.xpath(
        "//tbody/tr[@class='title' or @class='header' or @class='record' or @class='note']/th/text()"
    )
    assert [number.strip() for number in numbers] == ["1", "2", "3", "4", "5", "40"]


def test_the_page_asks_nothing_of_any_network(
    looked_at: tuple[subprocess.CompletedProcess[str], Path],
) -> None:
    for path in pages(looked_at[1]):
        text = path.read_text(encoding="utf-8")
        own = re.sub(r"url\(data:[^)]*\)", "", text)
        assert not re.search(r"https?:|//[a-z]|url\(|@import|<script|<link|<img", own)
        for link in html.fromstring(text).xpath("//a/@href"):
            name = unquote(link.partition("#")[0])
            assert not name or (path.parent / name).exists(), link


def test_a_long_sheet_goes_on_on_further_pages(tmp_path: Path) -> None:
    file = write_sheet(tmp_path / "ยาว.xlsx", plan(TITLE, *[1000] * 2499))
    assert inspect(file, tmp_path / "out").returncode == 0
    first, second = sorted(pages(tmp_path / "out"), key=lambda path: len(path.name))
    shown = [html.fromstring(path.read_text(encoding="utf-8")) for path in (first, second)]
    rows = [len(page.xpath("//tr[@class='record']")) for page in shown]
    assert rows == [1998, 501]
    assert shown[0].xpath("//nav/a/@href") == [f"{second.name}#grid"]
    assert len(shown[1].xpath("//tr[@class='m']")) == 1


@pytest.mark.skipif(shutil.which("chromium") is None, reason="Chromium is not on this machine")
def test_the_page_is_drawn_with_its_colours_in_a_browser(
    looked_at: tuple[subprocess.CompletedProcess[str], Path], tmp_path: Path
) -> None:
    picture = tmp_path / "page.png"
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
               f"--user-data-dir={tmp_path / 'profile'}", "--window-size=1200,1200", f"--screenshot={picture}",
               pages(looked_at[1])[0].as_uri()]  # fmt: skip
    subprocess.run(command, capture_output=True, check=True, timeout=120)
    with Image.open(picture) as drawn:
        counted = drawn.convert("RGB").getcolors(maxcolors=1 << 20)
    colours = {colour: count for count, colour in counted or ()}
    for role, colour in {"title": (239, 233, 251), "header": (217, 232, 247), "band": (15, 58, 95)}.items():
        assert colours.get(colour, 0) > 500, role
    assert colours.get((179, 38, 30), 0) > 50


def test_a_new_form_is_added_without_code(tmp_path: Path) -> None:
    specs = tmp_path / "specs"
    shutil.copytree(PROJECT / "pipeline" / "specs", specs, ignore=shutil.ignore_patterns("__pycache__"))
    raw, out = tmp_path / "raw", tmp_path / "out"
    file = new_form(raw / "บัญชีงาน.xlsx", 2566)

    refused = inspect(file, out, specs=specs)
    assert refused.returncode == 3
    assert "no_header" in refused.stdout or "ไม่พบหัวตาราง" in refused.stdout
    assert "overrides.csv (what = header)" in refused.stdout

    lines = ["path,sheet,range,what,value,who,why"] + [
        f"บัญชีงาน.xlsx,บัญชีงาน,{area},{what},{value},ผู้วิเคราะห์,ถามหน่วยงานแล้ว"
        for area, what, value in (
            ("2", "header", ""), ("A", "column", "ลำดับ"), ("B", "column", "ชื่อโครงการ"), ("C", "column", "หน่วยงาน"),
            ("D", "column", "ได้รับจัดสรร"), ("", "unit", "บาท"),
        )
    ]  # fmt: skip
    (raw / "overrides.csv").write_text("\n".join(lines) + "\n", encoding="utf-8-sig")
    remembered = inspect(file, out, "--remember", "บัญชีงานยุติธรรมชุมชน", "--who", "ผู้วิเคราะห์", specs=specs)
    assert remembered.returncode == 0, remembered.stdout + remembered.stderr
    assert "นำเข้าแล้ว 2 รายการ มั่นใจอย่างน้อย 95%" in remembered.stdout
    assert "noted_by: ผู้วิเคราะห์" in (specs / "known_forms.yml").read_text(encoding="utf-8")

    (raw / "overrides.csv").unlink()
    again = inspect(new_form(raw / "ปีถัดไป.xlsx", 2567), out, specs=specs)
    assert again.returncode == 0
    assert "นำเข้าแล้ว 2 รายการ" in again.stdout
    assert 'D "เม็ดเงินที่มอบ" → ได้รับจัดสรร หน่วย บาท (100% แบบที่รู้จัก: บัญชีงานยุติธรรมชุมชน' in again.stdout
    twice = inspect(file, out, "--remember", "อีกชื่อ", specs=specs)
    assert twice.returncode == 2
    assert "บัญชีงานยุติธรรมชุมชน" in twice.stderr


def test_a_new_word_in_the_vocabulary_is_enough_where_a_head_is_known(tmp_path: Path) -> None:
    specs = tmp_path / "specs"
    shutil.copytree(PROJECT / "pipeline" / "specs", specs, ignore=shutil.ignore_patterns("__pycache__"))
    rows = [[TITLE], ["ลำดับ", "ชื่อโครงการ", "เม็ดเงินที่มอบ"], [1, "หนึ่ง", 5]]
    file = write_sheet(tmp_path / "raw" / "a.xlsx", rows)
    refused = inspect(file, tmp_path / "out", specs=specs)
    assert refused.returncode == 3
    assert "ไม่พบคอลัมน์ จำนวนเงิน" in refused.stdout
    vocabulary = specs / "vocabulary.yml"
    words = vocabulary.read_text(encoding="utf-8")
    vocabulary.write_text(words.replace("  allocated: [", "  allocated: [เม็ดเงินที่มอบ, ", 1), encoding="utf-8")
    done = inspect(file, tmp_path / "out", specs=specs)
    assert done.returncode == 0
    assert 'C "เม็ดเงินที่มอบ" → ได้รับจัดสรร หน่วย บาท' in done.stdout


def test_the_way_in_leads_to_a_page_of_every_sheet(sample_release: Path) -> None:
    published = resolve_current(sample_release / "out")
    assert published is not None
    written = {path.relative_to(published).as_posix() for path in pages(published)}
    links = set(html.fromstring((published / "index.html").read_text(encoding="utf-8")).xpath("//a/@href"))
    assert len(written) >= 12
    assert written <= links


def test_help_does_not_load_what_inspect_needs() -> None:
    assert "inspect" in run_pipeline("--help").stdout
