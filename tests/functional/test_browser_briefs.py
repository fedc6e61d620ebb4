"""A brief and the other pages in a real browser: evidence, sorting, print, phone, and what axe-core finds."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pypdf
import pytest

from tests.functional.browsing import PHONE, Reader, await_focus, texts

BRIEF = "briefs/64-sukhothai/brief.html"
SHEET = "a sheet"
PAGES = (
    "index.html",
    "index.html#p-64",
    BRIEF,
    "national/brief.html",
    "national/lessons/brief.html",
    "changes.html",
    "runs.html",
    SHEET,
)
OPEN = "section.proof:visible"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def find_page(release: Path, link: str) -> str:
    """The link itself, or for a sheet the page of the workbook with the planted mistakes."""
    if link != SHEET:
        return link
    pages = (release / "inspect").glob("*/1.html")
    return next(
        str(page.relative_to(release))
        for page in sorted(pages)
        if "ประมาณ 5 แสน" in page.read_text(encoding="utf-8")
    )


def test_a_figure_opens_its_evidence_and_escape_leads_back(reader: Reader) -> None:
    page = reader.open(BRIEF)
    figure = page.locator("a.traced").nth(12)
    figure.scroll_into_view_if_needed()
    figure.focus()
    page.keyboard.press("Enter")
    proof = page.locator(OPEN)
    assert proof.get_attribute("id") == str(figure.get_attribute("href"))[1:]
    await_focus(page, str(proof.get_attribute("id")))
    assert figure.inner_text() in proof.inner_text()
    assert "เท่ากัน" in proof.inner_text()
    seen, cover = figure.bounding_box(), proof.bounding_box()
    assert seen
    assert cover
    assert 0 <= seen["y"] <= cover["y"] - seen["height"]
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "back"
    page.keyboard.press("Escape")
    proof.wait_for(state="hidden")
    await_focus(page, str(figure.get_attribute("id")))


def test_a_click_opens_evidence_and_the_way_back_closes_it(reader: Reader) -> None:
    page = reader.open(BRIEF)
    page.locator("a.traced").nth(3).click()
    page.locator("a.traced").nth(4).click()
    assert (
        page.locator(OPEN).get_attribute("id")
        == str(page.locator("a.traced").nth(4).get_attribute("href"))[1:]
    )
    page.get_by_role("link", name="ปิด").click()
    page.locator("section.proof").nth(4).wait_for(state="hidden")
    assert page.locator(OPEN).count() == 0
    page.locator("a.traced").nth(3).click()
    page.go_back()
    assert page.locator(OPEN).count() == 0
    assert page.url.endswith("brief.html")
    await_focus(page, str(page.locator("a.traced").nth(3).get_attribute("id")))


def test_evidence_opened_from_evidence_closes_to_the_figure_that_was_read(reader: Reader) -> None:
    page = reader.open(BRIEF)
    page.locator("a.traced").nth(3).click()
    first, second = (page.locator("section.proof").nth(number) for number in (3, 5))
    first.locator("p").first.evaluate(
        "one => one.append(Object.assign(document.createElement('a'), {href: '#evidence-6'}))"
    )
    page.evaluate("document.querySelector('#evidence-4 p a').click()")
    second.wait_for(state="visible")
    page.go_back()
    first.wait_for(state="visible")
    page.go_forward()
    second.wait_for(state="visible")
    page.keyboard.press("Escape")
    second.wait_for(state="hidden")
    assert page.locator(OPEN).count() == 0
    await_focus(page, "figure-4")


def test_evidence_leads_to_the_row_of_the_sheet(reader: Reader) -> None:
    page = reader.open(BRIEF)
    figure = page.locator("a.traced", has_text="2,285,600.00").first
    figure.click()
    page.locator(OPEN).locator("li a").first.click()
    assert page.locator("tr:target").count() == 1
    assert "คำขอ 2566" in page.locator("h1").inner_text()


def test_a_map_of_the_national_brief_leads_to_what_a_province_stands_on(reader: Reader) -> None:
    page = reader.open("national/brief.html")
    behind = page.locator("details.behind").first
    behind.locator("summary").click()
    behind.get_by_role("link", name="สุโขทัย").first.click()
    panel = page.locator("section.province:visible")
    assert panel.get_attribute("id") == "p-64"
    panel.locator("summary").first.click()
    panel.locator("details[open] a").first.click()
    assert "/inspect/" in page.url
    page.get_by_role("link", name="หน้าแรก").click()
    assert page.locator("#whole").is_visible()


def test_evidence_opened_by_its_own_address_closes_to_its_figure(reader: Reader) -> None:
    page = reader.open(f"{BRIEF}#evidence-5")
    assert page.locator(OPEN).count() == 1
    page.keyboard.press("Escape")
    page.locator("section.proof").nth(4).wait_for(state="hidden")
    await_focus(page, "figure-5")


def test_without_scripts_evidence_opens_and_closes(reader: Reader) -> None:
    page = reader.open(BRIEF, scripts=False)
    page.locator("a.traced").first.click()
    assert page.locator(OPEN).count() == 1
    page.get_by_role("link", name="ปิด").click()
    assert page.locator(OPEN).count() == 0


def test_thai_words_sort_as_in_a_dictionary_and_totals_stay(reader: Reader) -> None:
    page = reader.open(BRIEF)
    table = page.locator("figure.table table", has_text="ยังไม่จัดเข้ามิติ").first
    rows = table.locator("tbody tr")
    agencies = page.locator("figure.table table", has=page.get_by_role("button", name="หน่วยงาน", exact=True))
    agencies = agencies.filter(has_text="รวม").first
    agencies.get_by_role("button", name="หน่วยงาน", exact=True).click()
    names = agencies.locator("tbody tr > :first-child").all_inner_texts()
    assert names[-1] == "รวม"
    assert names[0] == "ตำรวจภูธรจังหวัดสุโขทัย"
    table.get_by_role("button", name="จำนวนเงิน").click()
    assert rows.last.inner_text().startswith("รวม")
    money = [
        float(text.replace(",", "")) for text in table.locator("tbody tr > :nth-child(4)").all_inner_texts()
    ]
    assert money[:-1] == sorted(money[:-1])
    order = "['แพร่', 'สุโขทัย', 'เชียงใหม่', 'กระบี่'].sort(new Intl.Collator('th').compare)"
    assert page.evaluate(order) == ["กระบี่", "เชียงใหม่", "แพร่", "สุโขทัย"]


def test_a_brief_prints_whole_and_without_its_buttons(reader: Reader) -> None:
    page = reader.open(f"{BRIEF}#evidence-5")
    page.emulate_media(media="print")
    assert page.locator(OPEN).count() == 0
    printed = pypdf.PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))
    assert len(printed.pages) > 5
    width, height = (float(side) for side in printed.pages[0].mediabox[2:])
    assert (round(width), round(height)) == (595, 842)
    words = "".join("".join(sheet.extract_text().split()) for sheet in printed.pages)
    assert "2,285,600.00" in words
    assert "คำนวณใหม่จากช่อง" not in words
    # The cover, the contents, the front page of one page, and the chapters.
    begins = ["".join(sheet.extract_text().split()) for sheet in printed.pages[2:4]]
    assert "สรุปหน้าเดียว" in begins[0]
    assert "1.1" in begins[1]


def test_a_long_table_repeats_its_head_on_every_printed_page(reader: Reader) -> None:
    page = reader.open(BRIEF)
    page.locator("figure.table table tbody").first.evaluate(
        "one => { for (const row of Array(10).fill([...one.rows]).flat()) one.append(row.cloneNode(true)); }"
    )
    printed = pypdf.PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))
    # Where the table begins and ends; the chapters behind it take seconds to read.
    sheets = ["".join(sheet.extract_text().split()) for sheet in printed.pages[2:9]]
    heads = [sheet.count("กลุ่มจังหวัดภาคประเทศ") for sheet in sheets if sheet.count("602,713") > 1]
    assert 2 < len(heads) < len(sheets)
    assert set(heads) == {1}


@pytest.mark.parametrize("link", PAGES)
def test_on_a_phone_no_page_is_wider_than_the_screen(reader: Reader, release: Path, link: str) -> None:
    page = reader.open(find_page(release, link), size=PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE[0]
    wide = page.evaluate(
        """() => [...document.querySelectorAll('table')].filter(one => one.getClientRects().length)
            .filter(one => one.getBoundingClientRect().width > innerWidth && !one.closest('[tabindex="0"], .scroll'))
            .map(one => one.outerHTML.slice(0, 80))"""
    )
    assert wide == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("link", PAGES)
def test_axe_finds_nothing(reader: Reader, release: Path, link: str, scheme: str) -> None:
    page = reader.open(find_page(release, link), scheme=scheme)
    if link == BRIEF:
        page.locator("a.traced").first.click()
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-core is not installed")
    found = axe.Axe().run(page, options={"runOnly": TAGS, "resultTypes": ["violations"]})
    told = [
        (one["id"], node["target"], node["failureSummary"][:300])
        for one in found.response["violations"]
        for node in one["nodes"][:3]
    ]
    assert told == []


def test_every_page_has_its_landmarks_and_a_way_past_them(reader: Reader) -> None:
    for link in ("index.html", BRIEF, "changes.html"):
        page = reader.open(link)
        assert page.locator("main").count() == 1
        page.keyboard.press("Tab")
        assert texts(page, "a.skip:focus")[0].startswith("ข้ามไปที่")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.closest('main') !== null")
