"""plan_draft.docx read back: the plan's chapters in order, figures of the views, open places, and nothing invented."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pypdf
import pytest
from lxml import etree

from pipeline.brief_text.templates import find
from pipeline.plan import make_cover, write_plan_draft
from pipeline.plan.outline import load_outline
from pipeline.plan.release import read_release
from pipeline.store import open_for_reading
from tests.integration import view_rows
from tests.integration.office import convert, needs_office
from tests.integration.view_rows import EMPTY_PROVINCE

YEAR = 2566
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# The chapters of a provincial justice strategic plan, each told by a word that its title must have.
CHAPTERS = (
    "บทนำ", "ข้อมูลพื้นฐาน", "สถานการณ์", "เชื่อมโยง", "สภาพแวดล้อม", "วิสัยทัศน์", "ประเด็นยุทธศาสตร์", "โครงการ",
    "ตัวชี้วัด", "ติดตาม", "ภาคผนวก",
)  # fmt: skip
NUMBER = re.compile(r"\d[\d,]*\.\d\d")


@dataclass(frozen=True)
class Draft:
    """A plan draft: its file, its parts, and the warehouse that it was made from."""

    path: Path
    parts: dict[str, etree._Element]
    database: Path

    @property
    def body(self) -> etree._Element:
        (body,) = self.parts["word/document.xml"].iter(f"{W}body")
        return body

    def tables(self) -> dict[str, list[list[str]]]:
        """The rows of each table by its caption, heads first."""
        named = {}
        for table in self.body.iter(f"{W}tbl"):
            (caption,) = table.iter(f"{W}tblCaption")
            rows = [[text_of(cell) for cell in row.iter(f"{W}tc")] for row in table.iter(f"{W}tr")]
            named[str(caption.get(f"{W}val"))] = rows
        return named

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        with open_for_reading(self.database) as connection:
            return connection.execute(sql).fetchall()


def text_of(element: etree._Element) -> str:
    return "".join(text.text or "" for text in element.iter(f"{W}t"))


def style_of(paragraph: etree._Element) -> str:
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if found is None else str(found.get(f"{W}val"))


def read(path: Path, database: Path) -> Draft:
    with zipfile.ZipFile(path) as archive:
        parts = {
            name: etree.fromstring(archive.read(name)) for name in archive.namelist() if name.endswith(".xml")
        }
    return Draft(path, parts, database)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("plan") / "baseline.duckdb"
    view_rows.build(place)
    return place


def make(database: Path, code: str) -> Draft:
    target = database.with_name(f"{code}.docx")
    write_plan_draft(database, target, province_code=code, fiscal_year_be=YEAR)
    return read(target, database)


@pytest.fixture(scope="module")
def draft(database: Path) -> Draft:
    return make(database, "64")


@pytest.fixture(scope="module")
def empty(database: Path) -> Draft:
    return make(database, EMPTY_PROVINCE)


def headings(draft: Draft, level: int) -> list[str]:
    return [text_of(one) for one in draft.body.iter(f"{W}p") if style_of(one) == f"Heading{level}"]


def test_the_chapters_are_those_of_a_provincial_plan_in_their_order(draft: Draft) -> None:
    found = headings(draft, 1)
    assert len(found) == len(CHAPTERS)
    for number, (heading, word) in enumerate(zip(found, CHAPTERS, strict=True), start=1):
        assert heading.startswith(f"บทที่ {number} ")
        assert word in heading
    sections = [
        part for chapter in load_outline().chapters for part in chapter.parts if part.kind == "section"
    ]
    assert len(headings(draft, 2)) == len(sections)
    assert len(headings(draft, 3)) == 4


def test_a_province_without_data_has_the_same_skeleton(draft: Draft, empty: Draft) -> None:
    for level in (1, 2, 3):
        assert headings(empty, level) == headings(draft, level)
    alone = [one for one in empty.body.iter(f"{W}p") if text_of(one) == "ยังไม่มีข้อมูล"]
    assert len(alone) > 5
    assert set(find_prompts(empty)) == set(find_prompts(draft)) - {"☐"}


def find_prompts(draft: Draft) -> list[str]:
    """What the content controls ask for, the marks to tick as one."""
    texts = [text_of(one) for one in draft.body.iter(f"{W}sdt")]
    return ["☐" if "☐" in text else text for text in texts if text != "[เป้า]"]


def test_every_place_of_the_committee_asks_and_is_a_content_control(draft: Draft) -> None:
    asked = [part.text for chapter in load_outline().chapters for part in chapter.parts if part.kind == "ask"]
    prompts = find_prompts(draft)
    for ask in asked:
        assert prompts.count(f"[คณะกรรมการเขียน: {ask}]") == asked.count(ask) == 1, ask
    for control in draft.body.iter(f"{W}sdt"):
        assert control.find(f"{W}sdtPr/{W}showingPlcHdr") is not None
        assert {one.get(f"{W}val") for one in control.iter(f"{W}rStyle")} == {"PlanPrompt"}
    ids = [one.get(f"{W}val") for one in draft.body.iter(f"{W}id")]
    assert len(ids) == len(set(ids)) > len(asked)


@pytest.mark.parametrize(
    "heading", ["วิสัยทัศน์", "พันธกิจ", "เป้าประสงค์", "ประเด็นยุทธศาสตร์", "จุดแข็ง", "จุดอ่อน", "โอกาส", "อุปสรรค"]
)
def test_nothing_is_written_for_the_committee(draft: Draft, heading: str) -> None:
    blocks = list(draft.body)
    (start,) = [
        number
        for number, block in enumerate(blocks)
        if style_of(block) in ("Heading2", "Heading3")
        and re.sub(r"^[\d.]+ | \(.\)$", "", text_of(block)) == heading
    ]
    written = []
    for block in blocks[start + 1 :]:
        if style_of(block).startswith("Heading"):
            break
        if block.tag == f"{W}tbl":
            cells = [cell for row in list(block.iter(f"{W}tr"))[1:] for cell in row.iter(f"{W}tc")]
            assert all(
                text_of(cell).startswith("[") and cell.find(f".//{W}sdt") is not None for cell in cells
            )
        elif block.tag != f"{W}sdt" and style_of(block) != "TableCaption":
            written.append(text_of(block))
    assert written == []


def test_sentences_name_no_cause_and_no_conclusion(draft: Draft) -> None:
    facts = [text_of(one) for one in draft.body.iter(f"{W}p") if style_of(one) in ("BodyText", "Compact")]
    assert len(facts) > 10
    assert [(fact, word) for fact in facts for word in find("forbidden") if word in fact] == []


def numbers(rows: list[list[str]]) -> list[str]:
    return sorted(found for row in rows for cell in row for found in NUMBER.findall(cell))


def shown(amounts: list[tuple[Any, ...]]) -> list[str]:
    return sorted(f"{amount:,.2f}" for (amount,) in amounts if amount is not None)


def table(draft: Draft, words: str) -> list[list[str]]:
    (found,) = [rows for caption, rows in draft.tables().items() if words in caption]
    return found


def test_the_projects_and_their_amounts_are_those_of_the_view(draft: Draft) -> None:
    rows = table(draft, "หน่วยงาน แหล่งงบประมาณ และวงเงิน")
    own = f"FROM out_project_place WHERE province_code = '64' AND fiscal_year_be = {YEAR}"
    assert len(rows) - 1 == draft.ask(f"SELECT count(DISTINCT project_id) {own}")[0][0] > 1
    assert {row[1] for row in rows[1:]} == {name for (name,) in draft.ask(f"SELECT project_name {own}")}
    assert numbers(rows) == shown(draft.ask(f"SELECT amount_baht {own}"))


def test_the_money_by_agency_adds_up_to_the_view(draft: Draft) -> None:
    *rows, total = table(draft, "จำแนกตามหน่วยงาน")[1:]
    assert total[0] == "รวม"
    stages = draft.ask(
        f"SELECT sum(amount_baht) FROM out_project_by_agency WHERE province_code = '64' "
        f"AND fiscal_year_be = {YEAR} GROUP BY measure"
    )
    assert total[-1] in shown(stages)
    listed = [Decimal(row[-1].replace(",", "")) for row in rows]
    assert sum(listed) == Decimal(total[-1].replace(",", ""))


def test_the_money_by_year_is_that_of_the_view(draft: Draft) -> None:
    rows = table(draft, "ต่อหัวประชากร")
    told = draft.ask(
        "SELECT fiscal_year_be, n, amount_baht FROM out_money_by_stage "
        "WHERE province_code = '64' AND n > 0 AND amount_baht IS NOT NULL"
    )
    assert len(told) > 2
    expected = sorted((str(year), f"{n:,}", f"{amount:,.2f}") for year, n, amount in told)
    found = sorted((row[0], row[2], row[3]) for row in rows[1:])
    assert len(found) == min(len(expected), find("limits.listed_rows"))
    assert set(found) <= set(expected)


def test_baselines_are_values_of_the_views_and_targets_are_open(draft: Draft) -> None:
    rows = table(draft, "ค่าฐานของตัวชี้วัด")
    known = draft.ask(
        "SELECT indicator_name, year_be, value FROM out_indicator_rate WHERE province_code = '64'"
    )
    known += draft.ask("SELECT indicator_name, year_be, value FROM out_indicator WHERE province_code = '64'")
    values = {(name, str(year)): value for name, year, value in known if value is not None}
    assert len(rows) > 2
    for name, _unit, year, figure, *targets in rows[1:]:
        assert float(figure.replace(",", "")) == pytest.approx(values[name, year], abs=0.005)
        assert set(targets) == {"[เป้า]"}


def test_small_sensitive_numbers_stay_hidden(draft: Draft) -> None:
    shown_rows, own = table(draft, "ค่าฐานของตัวชี้วัด"), "FROM out_indicator_rate WHERE province_code = '64'"
    hidden = draft.ask(
        f"SELECT DISTINCT indicator_name {own} GROUP BY ALL HAVING bool_and(status = 'suppressed')"
    )
    assert {name for (name,) in hidden}.isdisjoint(row[0] for row in shown_rows)


def test_the_look_is_that_of_the_brief(draft: Draft) -> None:
    styles = {one.get(f"{W}styleId") for one in draft.parts["word/styles.xml"].iter(f"{W}style")}
    used = {
        one.get(f"{W}val")
        for name in ("pStyle", "rStyle", "tblStyle")
        for one in draft.body.iter(f"{W}{name}")
    }
    assert used <= styles
    languages = draft.parts["word/styles.xml"].iter(f"{W}lang")
    assert {one.get(f"{W}bidi") for one in languages} == {"th-TH"}
    fields = "".join(str(one.text) for one in draft.body.iter(f"{W}instrText"))
    assert "TOC" in fields
    for name in ("headerReference", "footerReference"):
        assert draft.body.find(f"{W}sectPr/{W}{name}") is not None
    anchors = {one.get(f"{W}anchor") for one in draft.body.iter(f"{W}hyperlink")}
    assert anchors <= {one.get(f"{W}name") for one in draft.body.iter(f"{W}bookmarkStart")}


def test_tables_are_numbered_by_a_field_and_repeat_their_heads(draft: Draft) -> None:
    captions = [one for one in draft.body.iter(f"{W}p") if style_of(one) == "TableCaption"]
    counted = [re.findall(r"^ตารางที่ (\d+) ", text_of(one)) for one in captions]
    assert counted == [[str(number)] for number in range(1, len(captions) + 1)]
    assert all("SEQ" in str(one.find(f"{W}fldSimple").get(f"{W}instr")) for one in captions)
    for one in draft.body.iter(f"{W}tbl"):
        assert next(one.iter(f"{W}tr")).find(f"{W}trPr/{W}tblHeader") is not None
        widths = [int(str(column.get(f"{W}w"))) for column in one.iter(f"{W}gridCol")]
        assert sum(widths) == pytest.approx(9071, abs=len(widths))


def test_the_cover_says_release_status_and_what_is_unverified(draft: Draft) -> None:
    front = " ".join(text_of(one) for one in draft.body.iter(f"{W}p") if style_of(one).startswith("Cover"))
    (release,) = draft.ask("SELECT release_name FROM core_release")
    for words in (release[0], "โครงร่าง", "รอยืนยัน", "จังหวัดสุโขทัย", "data.xlsx"):
        assert words in front


def test_a_draft_of_data_that_has_not_passed_says_so(database: Path) -> None:
    release = read_release(database, province_code="64", fiscal_year_be=YEAR)
    rows = {name: release.rows[name] for name in release.rows}
    for count, is_draft in ((0, False), (10_000, True)):
        failed = pd.DataFrame({"province_code": ["64"], "n_failed": [count]})
        cover = make_cover(replace(release, rows=rows | {"failed": failed}), load_outline())
        assert cover.is_draft == is_draft == ("ยังไม่ผ่านการตรวจ" in cover.status)
        assert any("10,000 รายการ" in note for note in cover.notes) == is_draft
        assert any("ข้อมูลตัวอย่าง" in note for note in cover.notes) == cover.is_sample


def test_equal_data_makes_equal_files(database: Path, draft: Draft, tmp_path: Path) -> None:
    write_plan_draft(database, tmp_path / "again.docx", province_code="64", fiscal_year_be=YEAR)
    assert (tmp_path / "again.docx").read_bytes() == draft.path.read_bytes()


@needs_office
def test_libreoffice_opens_it(draft: Draft, tmp_path: Path) -> None:
    pages = pypdf.PdfReader(convert(draft.path, "pdf", tmp_path)).pages
    assert len(pages) > 11
