import pytest

from pipeline.provinces import load_gazetteer

GAZETTEER = load_gazetteer()

CONFUSABLE = """เพชรบุรี/เพชรบูรณ์ นครพนม/นครปฐม/นครนายก สุโขทัย/อุทัยธานี ราชบุรี/ลพบุรี/สระบุรี/สิงห์บุรี สระแก้ว/สระบุรี
ยะลา/ยโสธร สมุทรสาคร/สมุทรสงคราม/สมุทรปราการ อุดรธานี/อุทัยธานี/อุตรดิตถ์ ระนอง/ระยอง ตราด/ตาก/ตรัง พังงา/พะเยา ชัยนาท/ชัยภูมิ
หนองคาย/หนองบัวลำภู ชลบุรี/ลพบุรี ปราจีนบุรี/ประจวบคีรีขันธ์ ปัตตานี/ปทุมธานี"""


def test_the_country_has_77_provinces_each_once() -> None:
    provinces = GAZETTEER.provinces.values()
    assert len(provinces) == 77
    assert len({province.slug for province in provinces}) == 77
    assert {province.slug for province in provinces} >= {"10-bangkok", "64-sukhothai", "48-nakhon-phanom"}
    assert sum(province.is_pilot for province in provinces) == 4
    assert sum(province.cluster is not None for province in provinces) == 76


@pytest.mark.parametrize(
    ("text", "code", "how"),
    [
        ("สุโขทัย", "64", "exact"),
        ("จังหวัดนครพนม", "48", "exact"),
        ("จ.ภูเก็ต", "83", "exact"),
        (" สยจ.ราชบุรี ", "70", "exact"),
        ("กทม.", "10", "alias"),
        ("โคราช", "30", "alias"),
        ("จังหวัดสิงค์บุรี", "17", "misspelling"),
        ("จังหวัดสุราษฎ์ธานี", "84", "misspelling"),
        ("พัทยา", "20", "town"),
    ],
)
def test_names_as_offices_write_them(text: str, code: str, how: str) -> None:
    resolved = GAZETTEER.resolve(text)
    assert resolved is not None
    assert (resolved.province_code, resolved.how) == (code, how)


@pytest.mark.parametrize("text", ["เพชรบุร", "นคร", "ตรา", "กลุ่มจังหวัดภาคใต้ชายแดน", "รวม", "ภาคเหนือ", ""])
def test_what_is_no_province_stays_unresolved(text: str) -> None:
    assert GAZETTEER.resolve(text) is None


@pytest.mark.parametrize("group", CONFUSABLE.split())
def test_confusable_names_resolve_to_different_provinces(group: str) -> None:
    names = group.split("/")
    codes = {resolved.province_code for name in names if (resolved := GAZETTEER.resolve(name))}
    assert len(codes) == len(names)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("แผนปฏิบัติราชการ พ.ศ. ๒๕๖๖ จ.ภูเก็ต", {"83"}),
        ("สรุปงบประมาณ สยจ.นครพนม", {"48"}),
        ("เผยแพร่ข้อมูลเลยหรือไม่", set()),
        ("กลุ่มจังหวัดภาคเหนือ", set()),
        ("โครงการของจังหวัดตากและจังหวัดตรัง", {"63", "92"}),
        ("โคราช", {"30"}),
    ],
)
def test_titles_name_a_province_only_by_a_word_of_its_own(text: str, codes: set[str]) -> None:
    assert GAZETTEER.find_all(text) == codes
