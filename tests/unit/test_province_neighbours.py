"""What is one letter off a province's name is that province or nothing; pairs that look alike are never one another."""

from __future__ import annotations

import pytest

from pipeline.provinces import load_gazetteer
from pipeline.thai import squeeze

GAZETTEER = load_gazetteer()
LETTERS = [chr(code) for code in (*range(0x0E01, 0x0E3B), *range(0x0E40, 0x0E4F))]
CONFUSABLE = """เพชรบุรี/เพชรบูรณ์ นครพนม/นครปฐม/นครนายก สุโขทัย/อุทัยธานี ราชบุรี/ลพบุรี/สระบุรี/สิงห์บุรี สระแก้ว/สระบุรี
ยะลา/ยโสธร สมุทรสาคร/สมุทรสงคราม/สมุทรปราการ อุดรธานี/อุทัยธานี/อุตรดิตถ์ ระนอง/ระยอง ตราด/ตาก/ตรัง พังงา/พะเยา ชัยนาท/ชัยภูมิ
หนองคาย/หนองบัวลำภู ชลบุรี/ลพบุรี ปราจีนบุรี/ประจวบคีรีขันธ์ ปัตตานี/ปทุมธานี"""
PAIRS = sorted(
    {
        (first, second)
        for group in CONFUSABLE.split()
        for first in group.split("/")
        for second in group.split("/")
        if first != second
    }
)


def neighbours(name: str) -> set[str]:
    """Every text that one letter more, less, other or moved makes of a name."""
    places = range(len(name) + 1)
    found = {name[:place] + name[place + 1 :] for place in places}
    found |= {name[:place] + letter + name[place:] for place in places for letter in LETTERS}
    found |= {name[:place] + letter + name[place + 1 :] for place in places for letter in LETTERS}
    found |= {name[:at] + name[at + 1 : at + 2] + name[at : at + 1] + name[at + 2 :] for at in places}
    return found - {name, ""}


@pytest.mark.parametrize("province", GAZETTEER.provinces.values(), ids=lambda province: province.slug)
def test_one_letter_off_a_name_is_never_another_province(province: object) -> None:
    name = province.name_th  # type: ignore[attr-defined]
    others = {squeeze(other.name_th) for other in GAZETTEER.provinces.values()} - {squeeze(name)}
    wrong = {
        text: answer
        for text in neighbours(name)
        if squeeze(text) not in others
        and (answer := GAZETTEER.resolve(text))
        and answer.province_code != province.province_code  # type: ignore[attr-defined]
    }
    assert wrong == {}


def test_names_that_are_one_letter_apart_are_each_their_own() -> None:
    """ระนอง and ระยอง are the one such pair."""
    names = {squeeze(province.name_th): province.province_code for province in GAZETTEER.provinces.values()}
    close = {
        frozenset((name, other))
        for name in names
        for other in names
        if other in neighbours(name) and other != name
    }
    assert close == {frozenset(("ระนอง", "ระยอง"))}
    for name, code in names.items():
        answer = GAZETTEER.resolve(name)
        assert answer is not None
        assert (answer.province_code, answer.how) == (code, "exact")


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_what_lies_between_two_that_look_alike_is_neither(first: str, second: str) -> None:
    """Half of one name and half of the other: never scored into one."""
    known = {squeeze(province.name_th) for province in GAZETTEER.provinces.values()}
    mixed = {first[:cut] + second[cut:] for cut in range(1, min(len(first), len(second)))} - {first, second}
    codes = {
        text: answer.province_code
        for text in mixed
        if squeeze(text) not in known and (answer := GAZETTEER.resolve(text))
    }
    listed = {text: code for text, code in codes.items() if squeeze(text) in GAZETTEER.names}
    assert codes == listed


def test_the_suggestion_for_an_unclear_name_shows_both() -> None:
    assert {"เพชรบุรี", "เพชรบูรณ์"} <= set(GAZETTEER.suggest("เพชรบุรณ"))
    assert GAZETTEER.resolve("เพชรบุรณ") is None


def test_every_listed_name_leads_to_its_province_and_says_how() -> None:
    for name, listed in GAZETTEER.names.items():
        if name in ("nan", "tak", "trat"):
            assert GAZETTEER.resolve(name) is None
            continue
        answer = GAZETTEER.resolve(name)
        assert answer == listed


def test_every_name_without_its_marks_leads_to_its_province_or_to_none() -> None:
    for form, found in GAZETTEER.stripped.items():
        answer = GAZETTEER.resolve(form)
        assert answer is not None
        assert (answer.province_code, answer.how) == (found.province_code, "stripped")
    assert len(GAZETTEER.stripped) > 55
