"""The portal in a real browser, from a folder: search, map, keys, comparison, print, phone, and no request outside."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pypdf
import pytest

from tests.functional.browsing import PHONE, Reader, await_focus, texts

if TYPE_CHECKING:
    from playwright.sync_api import Page

MOVED = """async one => {
    for (let frame = 0; frame < 120 && !one.scrollLeft; frame += 1) await new Promise(requestAnimationFrame);
    return one.scrollLeft;
}"""
PEOPLE = "SELECT province_code, value FROM out_province_profile WHERE item = 'population'"
SHOWN = "section.province:visible"


@pytest.mark.parametrize(
    ("typed", "code"),
    [("สุโข", "64"), ("กทม.", "10"), ("โคราช", "30"), ("๘๓", "83"), ("nakhon ph", "48"), ("จ.ภูเก็ต", "83")],
)
def test_a_province_is_found_by_typing(reader: Reader, typed: str, code: str) -> None:
    page = reader.open("index.html")
    page.get_by_role("combobox", name="พิมพ์ชื่อ").fill(typed)
    assert "พบ" in page.get_by_role("status").first.inner_text()
    page.keyboard.press("Enter")
    assert page.locator(SHOWN).get_attribute("id") == f"p-{code}"
    await_focus(page, f"name-{code}")
    assert not page.get_by_role("listbox").is_visible()


def test_the_arrows_choose_among_what_is_found(reader: Reader) -> None:
    page = reader.open("index.html")
    box = page.get_by_role("combobox", name="พิมพ์ชื่อ")
    box.fill("นคร")
    names = [text.split()[0] for text in texts(page, "#options [role=option]")]
    assert names[:6] == ["นครนายก", "นครปฐม", "นครพนม", "นครราชสีมา", "นครศรีธรรมราช", "นครสวรรค์"]
    page.keyboard.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") == "option-73"
    page.keyboard.press("Enter")
    assert page.locator(SHOWN).get_attribute("id") == "p-73"


def test_what_is_not_found_is_said_and_escape_begins_anew(reader: Reader) -> None:
    page = reader.open("index.html")
    box = page.get_by_role("combobox", name="พิมพ์ชื่อ")
    box.fill("แอตแลนติส")
    assert "ไม่พบ" in page.locator("#found").inner_text()
    page.keyboard.press("Escape")
    assert box.input_value() == ""
    assert "ไม่พบ" not in page.locator("#found").inner_text()


def test_the_map_is_walked_by_arrows_and_left_by_escape(reader: Reader) -> None:
    page = reader.open("index.html")
    assert page.locator("#map a").count() == 77
    assert page.locator("#map a[tabindex='0']").count() == 1
    page.locator("#tile-64").focus()
    page.keyboard.press("ArrowRight")
    await_focus(page, "tile-65")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    assert page.locator(SHOWN).get_attribute("id") == "p-64"
    await_focus(page, "name-64")
    assert page.locator("#map [aria-current]").get_attribute("id") == "tile-64"
    page.keyboard.press("Escape")
    assert page.locator(SHOWN).count() == 0
    assert page.locator("#whole").is_visible()
    await_focus(page, "tile-64")


def test_the_map_says_in_words_what_it_says_in_colour(reader: Reader) -> None:
    page = reader.open("index.html")
    tile = page.get_by_role("link", name="สุโขทัย · เกรด B ดี")
    assert texts(page, "#tile-64") == ["สท B"]
    by_grade = tile.evaluate("one => getComputedStyle(one).backgroundColor")
    page.get_by_role("radio", name="สถานะการส่ง").check()
    assert texts(page, "#tile-64") == ["สท รอ"]
    assert tile.evaluate("one => getComputedStyle(one).backgroundColor") != by_grade
    assert "รอแก้ไข" in " ".join(texts(page, "ul.key:visible"))


def test_a_province_shows_all_that_there_is_of_it(reader: Reader) -> None:
    page = reader.open("index.html#p-64")
    shown = page.locator("#p-64")
    assert len(shown.locator("ul.formats a").all()) == 6
    assert "(30 × 44/45 + 30 × 32/33 + 30 × 1/2) ÷ 90 × 100 = 81.5" in shown.inner_text()
    assert shown.get_by_role("link", name="ร่างหนังสือนำส่ง").is_visible()
    assert (
        shown.get_by_role("link", name="แถว 19").or_(shown.get_by_role("link", name="D9")).first.is_visible()
    )
    shown.get_by_role("link", name="D9").first.click()
    assert page.locator("td:target").inner_text().startswith("ประมาณ 5 แสน")


def test_two_provinces_stand_side_by_side(reader: Reader, release: Path) -> None:
    with duckdb.connect(str(release / "baseline.duckdb"), read_only=True) as connection:
        people = dict(connection.execute(PEOPLE).fetchall())
    page = reader.open("index.html#p-64")
    page.get_by_role("link", name="เทียบสุโขทัยกับจังหวัดอื่น").click()
    assert page.get_by_label("จังหวัดแรก").input_value() == "64"
    page.get_by_label("จังหวัดที่สอง").select_option("ภูเก็ต")
    assert texts(page, "#compare-result thead th") == ["รายการ (หน่วย)", "สุโขทัย", "ภูเก็ต"]
    rows = {
        row[0]: row[1:]
        for row in (text.split("\t") for text in page.locator("#compare-rows tr").all_inner_texts())
    }
    assert [cell.split()[0] for cell in rows["ประชากรตามทะเบียนราษฎร (คน)"]] == [
        f"{people[code]:,.0f}" for code in ("64", "83")
    ]
    small = [name for name in rows if "จำนวนน้อย เทียบกันโดยตรงไม่ได้" in name]
    assert small
    page.get_by_role("button", name="สลับสองจังหวัด").click()
    assert texts(page, "#compare-result thead th") == ["รายการ (หน่วย)", "ภูเก็ต", "สุโขทัย"]


def test_a_province_is_set_beside_the_one_most_like_it(reader: Reader) -> None:
    page = reader.open("index.html#p-64")
    link = page.locator("#p-64 a[data-compare]").first
    link.evaluate("one => { one.dataset.with = '70'; }")
    link.click()
    assert texts(page, "#compare-result thead th")[1:] == ["สุโขทัย", "ราชบุรี"]


def column(page: Page, table: str, number: int) -> list[str]:
    return [text.split(" (")[0] for text in texts(page, f"{table} tbody tr > *:nth-child({number})")]


def test_a_table_sorts_numbers_as_numbers_and_comes_back(reader: Reader) -> None:
    page = reader.open("index.html")
    page.locator("#figures summary").click()
    before = column(page, "#figures-table", 2)
    button = page.locator("#figures-table").get_by_role("button", name="ประชากรตามทะเบียนราษฎร")
    head = page.locator("#figures-table th").filter(
        has=page.get_by_role("button", name="ประชากรตามทะเบียนราษฎร")
    )
    button.press("Enter")
    assert head.get_attribute("aria-sort") == "ascending"
    numbers = [int(text.replace(",", "")) for text in column(page, "#figures-table", 2)]
    assert numbers == sorted(numbers)
    assert len(set(map(len, map(str, numbers)))) > 1 or numbers[0] < numbers[-1]
    button.click()
    assert head.get_attribute("aria-sort") == "descending"
    assert column(page, "#figures-table", 2) == [f"{number:,}" for number in reversed(numbers)]
    button.click()
    assert head.get_attribute("aria-sort") is None
    assert column(page, "#figures-table", 2) == before


def test_without_scripts_the_map_and_the_tables_are_enough(reader: Reader) -> None:
    page = reader.open("index.html", scripts=False)
    assert not page.locator("#search-form").is_visible()
    assert not page.locator("#compare-tool").is_visible()
    page.get_by_role("link", name="ภูเก็ต · เกรด").click()
    assert page.locator(SHOWN).get_attribute("id") == "p-83"
    page.locator("#figures summary").click()
    assert page.locator("#figures-table tbody tr").count() == 4


def test_on_a_phone_nothing_runs_off_the_page(reader: Reader) -> None:
    page = reader.open("index.html#p-64", size=PHONE)
    page.locator("#figures summary").evaluate("one => one.parentElement.open = true")
    page.get_by_label("จังหวัดแรก").select_option("สุโขทัย")
    page.get_by_label("จังหวัดที่สอง").select_option("ราชบุรี")
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE[0]
    assert min(box["width"] for tile in page.locator("#map a").all() if (box := tile.bounding_box())) >= 24
    wide = page.locator("#figures .scroll")
    assert wide.evaluate("one => one.scrollWidth > one.clientWidth")
    wide.focus()
    page.keyboard.press("ArrowRight")
    assert wide.evaluate(MOVED) > 0


def test_in_the_dark_the_page_is_dark(reader: Reader) -> None:
    for scheme, is_dark in (("light", False), ("dark", True)):
        page = reader.open("index.html", scheme=scheme)
        paper = page.evaluate("getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)")
        assert (max(paper) < 64) is is_dark


def test_it_prints_without_what_only_a_screen_can_use(reader: Reader) -> None:
    page = reader.open("index.html#p-64")
    printed = pypdf.PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))
    words = "".join("".join(sheet.extract_text().split()) for sheet in printed.pages)
    assert "81.5" in words
    page.emulate_media(media="print")
    assert page.locator(SHOWN).is_visible()
    for hidden in ("#search-form", "nav.ways", "#compare-form"):
        assert not page.locator(hidden).is_visible()
