"""Forms that are remembered: told by their heads, read as noted, held to what the vocabulary knows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from pipeline import specs
from pipeline.collection import load_template
from pipeline.errors import SpecError
from pipeline.layout import forms, load_vocabulary, read_layout
from pipeline.layout.forms import describe_form, load_forms
from pipeline.workbook import Cell, Sheet

HEAD: list[Cell] = ["อันดับ", "นามภารกิจ", "เม็ดเงินปี 2565"]
FORM = {
    "name": "แบบทดลอง",
    "noted_by": "ก",
    "noted_on": "2023-01-01",
    "head_rows": 1,
    "columns": [
        {"head": "อันดับ", "is": "row_no"},
        {"head": "นามภารกิจ", "is": "project_name"},
        {"head": "เม็ดเงิน", "is": "allocated", "unit": "พันบาท"},
    ],
}


def sheet(head: list[Cell]) -> Sheet:
    return Sheet("ก", [["แผนงานสมมติ", None, None], head, [1.0, "ภารกิจหนึ่ง", 5.0]])


@pytest.fixture
def noted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of specs whose known_forms.yml the tests write."""
    read = specs.load_yaml
    monkeypatch.setattr(
        forms.specs,
        "load_yaml",
        lambda name: read(name, folder=tmp_path) if name == forms.FORMS_FILE else read(name),
    )
    (tmp_path / forms.FORMS_FILE).write_text("# ว่าง\n", encoding="utf-8")
    load_forms.cache_clear()
    yield tmp_path / forms.FORMS_FILE
    load_forms.cache_clear()


def write(path: Path, **changed: object) -> None:
    path.write_text(yaml.safe_dump([{**FORM, **changed}], allow_unicode=True), encoding="utf-8")


def known_fingerprint() -> str:
    head: list[Cell] = ["ลำดับ", "ชื่อโครงการ", "งบประมาณ"]
    of_known = read_layout(Sheet("ก", [head, [1.0, "ก", 1.0]]), load_vocabulary())
    assert len(of_known.fingerprint) == 16
    return of_known.fingerprint


def test_the_shipped_file_holds_the_collection_workbook_only() -> None:
    load_forms.cache_clear()
    assert [form.name for form in load_forms().values()] == [load_template().words["form"]]


def test_the_year_in_a_head_does_not_make_another_form_but_the_period_does() -> None:
    vocabulary = load_vocabulary()

    def fingerprint(head: str) -> str:
        return read_layout(
            Sheet("ก", [["ชื่อโครงการ", "หน่วยงาน", head], ["ก", "ข", 1.0]]), vocabulary
        ).fingerprint

    assert fingerprint("งบประมาณ 2565") == fingerprint("งบประมาณ 2566")
    assert fingerprint("ไตรมาส 1") != fingerprint("ไตรมาส 2")


def test_a_form_of_unknown_words_is_found_and_read_by_its_heads(noted: Path) -> None:
    vocabulary = load_vocabulary()
    words = [vocabulary.read_heading(str(text)) for text in HEAD]
    digest = hashlib.blake2b("|".join(word.text for word in words).encode(), digest_size=8).hexdigest()
    write(noted, fingerprint=digest)
    for year in ("2565", "2566"):
        table = read_layout(sheet([*HEAD[:2], f"เม็ดเงินปี {year}"]), vocabulary)
        assert table.header.rows == (1,)
        (money,) = table.money
        assert (money.measure, money.year_be, money.unit) == ("allocated", int(year), "พันบาท")
        assert table.fields["project_name"].index == 1
        assert table.form_name == "แบบที่รู้จัก: แบบทดลอง"


def test_a_known_form_goes_before_the_vocabulary(noted: Path) -> None:
    head: list[Cell] = ["ลำดับ", "ชื่อโครงการ", "งบประมาณ"]
    columns = [
        {"head": str(text), "is": name}
        for text, name in zip(head, ("row_no", "project_name", "spent"), strict=True)
    ]
    write(noted, fingerprint=known_fingerprint(), columns=columns)
    load_forms.cache_clear()
    table = read_layout(Sheet("ก", [head, [1.0, "ก", 1.0]]), load_vocabulary())
    assert [column.measure for column in table.money] == ["spent"]
    assert describe_form(table.columns) == columns


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"columns": [{"head": "ก", "is": "ไม่มีคำนี้เลย"}]}, "vocabulary.yml"),
        ({"columns": [{"head": "ก"}]}, "head and is"),
        ({"columns": []}, "list of columns"),
    ],
)
def test_a_wrong_entry_is_told(noted: Path, changed: dict[str, object], told: str) -> None:
    write(noted, fingerprint="0" * 16, **changed)
    with pytest.raises(SpecError, match="known_forms.yml, entry 1") as raised:
        load_forms()
    assert told in str(raised.value)
