"""Words of projects -> items of the plan: by hand, and for any text."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.alignment.decide import decide, find_hits, list_tags, read_column
from pipeline.alignment.rules import load_rules
from pipeline.alignment.tables import choose_hits
from pipeline.errors import SpecError
from pipeline.reference.names import resolve_names
from pipeline.settings import SPECS
from pipeline.specs import load_yaml
from pipeline.thai import squeeze

RULES = load_rules()
WORDS = [word for rule in RULES.rules for word in rule.words.values()]
EXCLUDED = [phrase for rule in RULES.rules for phrase in rule.excluded]


@pytest.mark.parametrize(
    ("name", "item", "words"),
    [
        ("โครงการอบรมกฎหมายใกล้ตัวแก่ผู้สูงอายุ", "1", "กฎหมายใกล้ตัว"),
        ("โครงการยุติธรรมเคลื่อนที่สู่ตำบล", "1", "ยุติธรรมเคลื่อนที่"),
        ("โครงการช่วยเหลือผู้เสียหายจากการค้ามนุษย์", "1", "ผู้เสียหายจากการค้ามนุษย์"),
        ("โครงการฝึกวิชาชีพผู้ต้องขังก่อนปล่อย", "2", "ผู้ต้องขัง"),
        ("โครงการป้องกันการกระทำผิดซ้ำในคดียาเสพติด", "2", "กระทำผิดซ้ำ"),
        ("ติดตามผู้ถูกคุม ความประพฤติ", "2", "คุมความประพฤติ"),
        ("โครงการพัฒนาอาสาสมัครคุมประพฤติ", "3", "อาสาสมัครคุมประพฤติ"),
        ("โครงการเพิ่มศักยภาพศูนย์ไกล่เกลี่ยข้อพิพาทภาคประชาชน", "3", "ไกล่เกลี่ยข้อพิพาทภาคประชาชน"),
    ],
)
def test_words_that_say_it_clearly_decide(name: str, item: str, words: str) -> None:
    decision = decide(find_hits(squeeze(name), RULES), RULES)
    assert (decision.item_code, decision.how, decision.words) == (item, "rule", (words,))


@pytest.mark.parametrize(
    ("name", "candidates"),
    [
        ("โครงการไกล่เกลี่ยหนี้สินเกษตรกร", ("1", "2", "3")),
        ("โครงการหมู่บ้านเฝ้าระวังยาเสพติด", ("2", "3")),
        ("โครงการอบรมให้ความรู้กฎหมายแก่ผู้ต้องขัง", ("1", "2")),
        ("โครงการพัฒนาระบบคุ้มครองเด็กในตำบล", ("1",)),
        ("โครงการนักเรียนเยี่ยมเรือนจำ", ()),
        ("โครงการพัฒนาคุณภาพชีวิตบุตรผู้ต้องขัง", ()),
        ("โครงการติวภาษาอังกฤษให้เด็กด้อยโอกาส", ()),
        ("", ()),
    ],
)
def test_what_words_do_not_say_clearly_is_unsure(name: str, candidates: tuple[str, ...]) -> None:
    decision = decide(find_hits(squeeze(name), RULES), RULES)
    assert (decision.item_code, decision.how, decision.candidates) == (None, "unsure", candidates)


def test_the_other_words_of_a_row_speak_only_where_its_name_is_silent() -> None:
    prison, law = find_hits("ผู้ต้องขัง", RULES), find_hits("ความรู้กฎหมาย", RULES)
    assert decide(choose_hits([], prison), RULES).item_code == "2"
    assert decide(choose_hits(law, prison), RULES).item_code == "1"


def test_tags_say_which_words_gave_them() -> None:
    tags = list_tags(find_hits(squeeze("ค่ายเยาวชนรู้เท่าทันกฎหมายและยาเสพติด"), RULES))
    assert tags == {"legal_knowledge": ("รู้เท่าทันกฎหมาย",), "drug": ("ยาเสพติด",)}


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("มิติที่ 1 การสร้างความเป็นธรรมตามกฎหมาย", "1"),
        ("การพัฒนากระบวนการยุติธรรม ตามมาตรฐานสากล", "2"),
        ("มิติที่ 3", "3"),
        ("ยุทธศาสตร์ที่ 1 เมืองน่าอยู่", None),
        ("มิติที่ 1 ด้านเศรษฐกิจ", None),
        ("มิติใหม่แห่งการไกล่เกลี่ย", None),
    ],
)
def test_a_column_names_an_item_by_its_title(text: str, item: str | None) -> None:
    decision = read_column(squeeze(text), RULES.plan_id, RULES)
    assert (decision and decision.item_code) == item


def test_what_collection_workbooks_offer_is_known() -> None:
    lists = load_yaml("template.yml")["lists"]
    offered = [read_column(squeeze(word), RULES.plan_id, RULES) for word in lists["dimensions"]["words"]]
    assert [one and one.item_code for one in offered] == ["1", "2", "3"]
    for name, table in (
        ("fund_sources", "core_fund_source"),
        ("expense_categories", "core_expense_category"),
    ):
        resolved = resolve_names(table, lists[name]["words"], column="text")
        assert [row["text"] for row in resolved if row["code"] is None] == []


def test_a_column_with_two_titles_is_unsure() -> None:
    titles = list(RULES.titles[RULES.plan_id])
    decision = read_column("/".join(titles[:2]), RULES.plan_id, RULES)
    assert decision is not None
    assert (decision.how, decision.candidates) == ("unsure", ("1", "2"))


@given(
    st.lists(st.one_of(st.text(max_size=12), st.sampled_from([*WORDS, *EXCLUDED])), max_size=6).map("".join)
)
def test_any_text_is_decided_only_by_words_that_are_in_it(text: str) -> None:
    plain = squeeze(text)
    hits = find_hits(plain, RULES)
    decision = decide(hits, RULES)
    assert (decision.item_code is None) == (decision.how == "unsure")
    assert decision.item_code is None or decision.words
    told = [*decision.words, *(word for words in list_tags(hits).values() for word in words)]
    assert all(squeeze(word) in plain for word in told)
    column = read_column(plain, RULES.plan_id, RULES)
    assert column is None or all(word in plain for word in column.words)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('{"1": 2}\n    tags: [legal_aid]', '{"7": 2}\n    tags: [legal_aid]', r"line \d+ \(legal_aid\): items of 1"),
        ("    tags: [legal_aid]", "    tags: [nothing]", r"line \d+ \(legal_aid\): tags of reference"),
        ("    tags: [legal_aid]", "    tags: [legal_aid]\n    colour: red", r"line \d+ \(legal_aid\): items, tags"),
        ("  road:\n    words: [วินัยจราจร", "  road:\n    words: [วินัยจราจร 2565", r"line \d+ \(road\): at least one"),
        ("plan: njamp_4", "plan: njamp_3", r"line 4: a plan with verified items"),
        ("source: ตีความ", "origin: ตีความ", r"line 1: exactly"),
    ],
)  # fmt: skip
def test_a_wrong_rule_is_told_by_file_and_line(tmp_path: Path, old: str, new: str, told: str) -> None:
    folder = Path(shutil.copytree(SPECS, tmp_path / "specs"))
    text = (folder / "alignment.yml").read_text(encoding="utf-8")
    assert old in text
    (folder / "alignment.yml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(SpecError, match=rf"alignment\.yml, {told}"):
        load_rules(folder)
