"""The collection workbook: its spec, what its cells take, and what it is prefilled with."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pipeline import specs
from pipeline.collection import Known, Subject, load_template, template_path, write_template
from pipeline.collection import model as collection_model
from pipeline.context import decide_province, decide_year, places
from pipeline.errors import SpecError
from pipeline.layout import load_vocabulary, read_layout
from pipeline.layout.forms import describe_form, load_forms
from pipeline.provinces import load_gazetteer
from pipeline.workbook import read_workbook

KNOWN = Known((("โครงการเดิม", "กรมหนึ่ง"), ("=1+1", None)), 2565, ("กรมหนึ่ง", "กรม หนึ่ง"))


def subject(code: str = "64", year: int = 2567, known: Known = KNOWN) -> Subject:
    return Subject(load_gazetteer().provinces[code], year, known)


def written(folder: Path, about: Subject) -> Path:
    path = folder / "a.xlsx"
    write_template(path, about)
    return path


def opened(folder: Path, about: Subject) -> Any:
    return openpyxl.load_workbook(written(folder, about))


def rule_of(page: Any, cell: str) -> Any:
    """The one validation of a cell."""
    (rule,) = (rule for rule in page.data_validations.dataValidation if cell in rule.sqref)
    return rule


def test_the_form_is_known_by_what_the_template_says(tmp_path: Path) -> None:
    """Where this fails, put what is expected into known_forms.yml."""
    (sheet, *others) = read_workbook(written(tmp_path, subject())).sheets
    table = read_layout(sheet, load_vocabulary())
    form = load_forms().get(table.fingerprint)
    assert form is not None, f"fingerprint: {table.fingerprint}, columns: {describe_form(table.columns)}"
    template = load_template()
    assert (form.name, form.depth) == (template.words["form"], 1)
    assert form.sheets_beside == {sheet.name for sheet in others}
    assert [meaning.name for meaning in form.meanings] == [column.meaning for column in template.columns]
    assert [meaning.unit for meaning in form.meanings if meaning.is_measure] == ["บาท"] * 3


def test_titles_and_file_name_say_province_and_year_everywhere(tmp_path: Path) -> None:
    gazetteer = load_gazetteer()
    for code in gazetteer.provinces:
        about = subject(code, known=Known())
        titles = tuple(
            (row, collection_model.say(text, about))
            for row, text in enumerate(load_template().words["titles"])
        )
        for spoken in (
            places(titles, "กรอกข้อมูล", "a.xlsx"),
            places((), "", template_path(tmp_path, about).name),
        ):
            province = decide_province(spoken, gazetteer)
            assert (province.value, province.spellings) == (code, ())
            assert decide_year(spoken).value == 2567
        assert len(decide_province(places(titles, "", "a.xlsx"), gazetteer).where) == 2


def test_equal_subjects_give_equal_bytes(tmp_path: Path) -> None:
    digests = {hashlib.sha256(written(tmp_path, subject()).read_bytes()).hexdigest() for _ in range(2)}
    assert len(digests) == 1


def test_cells_say_what_they_take(tmp_path: Path) -> None:
    page = opened(tmp_path, subject())["กรอกข้อมูล"]
    money, first = rule_of(page, "L6"), rule_of(page, "O6")
    assert (money.type, money.operator, money.formula1, money.errorStyle) == (
        "decimal",
        "greaterThanOrEqual",
        "0",
        None,
    )
    assert money.errorTitle == "คำขอ"
    assert "ตัวเลข" in money.error
    assert "บาท" in money.prompt
    days = [date(1899, 12, 30).toordinal() + int(bound) for bound in (first.formula1, first.formula2)]
    assert days == [date(2023, 10, 1).toordinal(), date(2024, 9, 30).toordinal()]
    assert "2023-10-01" in first.prompt
    assert "2567" in first.error
    assert rule_of(page, "K105").type == "list"
    assert rule_of(page, "K6").showErrorMessage
    assert not rule_of(page, "C6").showErrorMessage
    assert all(rule_of(page, f"{letter}6").prompt for letter in "ABCDEFGHIJKLMNOPQ")
    assert page["L6"].number_format == "#,##0.00"


def test_only_cells_to_fill_are_open(tmp_path: Path) -> None:
    book = opened(tmp_path, subject())
    assert all(page.protection.sheet and page.protection.password is None for page in book)
    page = book["กรอกข้อมูล"]
    open_cells = {cell.coordinate for row in page for cell in row if not cell.protection.locked}
    assert open_cells == {f"{letter}{row}" for letter in "BCDEFGHIJKLMNOPQ" for row in range(6, 106)}
    assert all(cell.protection.locked for name in book.sheetnames[1:] for row in book[name] for cell in row)
    assert page["L5"].value == "=SUM($L$6:$L$105)"
    assert page.freeze_panes == "C6"


def test_it_prints_on_a4_with_its_head_on_each_page(tmp_path: Path) -> None:
    page = opened(tmp_path, subject())["กรอกข้อมูล"]
    assert (page.page_setup.orientation, page.page_setup.paperSize, page.print_title_rows) == (
        "landscape",
        9,
        "$1:$5",
    )
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (None, 0)


def test_it_is_prefilled_with_what_is_known(tmp_path: Path) -> None:
    book = opened(tmp_path, subject())
    lists = {
        column[0].value: [cell.value for cell in column[1:] if cell.value]
        for column in book["รายการให้เลือก"].columns
    }
    assert book["รายการให้เลือก"].sheet_state == "hidden"
    assert lists["earlier_projects"] == ["โครงการเดิม", "=1+1"]
    assert lists["agencies"][:2] == ["กรมหนึ่ง", "สำนักงานยุติธรรมจังหวัดสุโขทัย"]
    earlier = [[cell.value for cell in row] for row in book["โครงการปีก่อน"].iter_rows(min_row=4)]
    assert earlier == [["ลำดับ", "โครงการ", "หน่วยงาน"], ["1", "โครงการเดิม", "กรมหนึ่ง"], ["2", "=1+1", ""]]
    assert book["โครงการปีก่อน"]["B6"].data_type == "s"


def test_lists_are_of_their_years_and_provinces(tmp_path: Path) -> None:
    page = opened(tmp_path, subject("10", 2575, Known()))["กรอกข้อมูล"]
    assert [rule_of(page, f"{letter}6").type for letter in "BCDJ"] == [None, None, None, "list"]


def test_no_cell_asks_for_a_person(tmp_path: Path) -> None:
    vocabulary = load_vocabulary()
    assert all(vocabulary.read_heading(column.head).field != "person" for column in load_template().columns)
    book = opened(tmp_path, subject())
    texts = [str(cell.value) for page in book for row in page for cell in row if cell.value]
    assert not [text for text in texts if "ผู้ประสานงาน" in text or "ชื่อ-สกุล" in text or "ผู้รับผิดชอบ" in text]


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"head": "โครงการของเรา"}, "a whole word for project_name"),
        ({"is": "agency"}, "each meaning once"),
        ({"list": "ไม่มี"}, "a list that lists has"),
        ({"input": "money"}, "money for a measure"),
        ({"input": "colour"}, "an input that inputs has"),
        ({"not_before": "ไม่มี"}, "columns that the form has"),
        ({"help": "ก" * 256}, "a help of 240 letters"),
    ],
)
def test_a_wrong_spec_is_told(monkeypatch: pytest.MonkeyPatch, changed: dict[str, str], told: str) -> None:
    raw = specs.load_yaml("template.yml")
    raw["columns"][1] |= changed
    monkeypatch.setattr(collection_model.specs, "load_yaml", lambda name: raw)
    with pytest.raises(SpecError, match=told):
        load_template.__wrapped__()
