"""Names of agencies as offices write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.reference.agencies import load_book, resolve_agencies
from pipeline.reference.tables import load_tables


@pytest.mark.parametrize(
    ("name", "code", "province"),
    [
        # The name forms of DOMAIN 1.4.
        ("เรือนจำกลางราชบุรี", "prison_central", "70"),
        ("สนง.คุมประพฤติ จ.ราชบุรี", "probation_office", "70"),
        ("คุมประพฤติราชบุรี", "probation_office", "70"),
        ("สำนักงานคุมประพฤติจังหวัดราชบุรี", "probation_office", "70"),
        ("สำนักฯ คุมประพฤติประจำจังหวัดเลย", "probation_office", "42"),
        ("สง.บังคับคดี จว.พะเยา", "legal_execution", "56"),
        ("สยจ.นครพนม", "justice_office", "48"),
        ("สำนักงานยุติธรรมจังหวัดเชียงราย สาขาเทิง", "justice_office", "57"),
        ("รจจ.สุโขทัย", "prison_provincial", "64"),
        ("ภ.จว.สุโขทัย", "police_provincial", "64"),
        ("สถานพินิจฯ จังหวัดภูเก็ต", "juvenile_observation", "83"),
        ("สคชจ.ราชบุรี", "prosecutor_rights", "70"),
        ("อัยการจังหวัดราชบุรี", "prosecutor_provincial", "70"),
        ("พมจ.สุโขทัย", "social_development", "64"),
        ("กอ.รมน. จ.ยะลา", "isoc_provincial", "95"),
        ("อบจ.ภูเก็ต", "local_pao", "83"),
        ("ศาลแขวงราชบุรี", "court_municipal", "70"),
        # What follows is a place or a number.
        ("สภ.เมืองสุโขทัย", "police_station", None),
        ("สถานีตำรวจภูธรบ้านแพง จ.นครพนม", "police_station", "48"),
        ("ตำรวจภูธรภาค ๖", "police_region", None),
        ("ปปส.ภาค 4", "narcotics_region", None),
        ("ศยช.ตำบลบ้านกล้วย", "community_justice", None),
        ("อบต.ทุ่งหลวง", "local_tao", None),
        ("สภาทนายความจังหวัดน่าน", "lawyers_council", "55"),
    ],
)
def test_name_forms(name: str, code: str, province: str | None) -> None:
    found = load_book().resolve(name)
    assert (found.agency_code, found.province_code) == (code, province)


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("เรือนจำราชบุรี", {"prison_central", "prison_district", "prison_provincial"}),
        ("รจ.ราชบุรี", {"prison_central", "prison_district", "prison_provincial"}),
        ("อัยการราชบุรี", {"prosecutor_juvenile", "prosecutor_provincial", "prosecutor_rights"}),
        ("ศูนย์ดำรงธรรมราชบุรี", {"damrongdhama_district", "damrongdhama_provincial"}),
    ],
)
def test_a_name_of_several_kinds_is_not_resolved_and_says_which(name: str, kinds: set[str]) -> None:
    (row,) = resolve_agencies([name])
    assert (row["agency_code"], row["match_type"], row["province_code"]) == (None, "ambiguous", "70")
    assert set(row["candidates"].split("|")) == kinds


@pytest.mark.parametrize("name", ["โรงเรียนบ้านวัด", "สำนักงาน", "ราชบุรี", "จังหวัดราชบุรี", "", "ภ.", "สภา"])
def test_a_name_that_nobody_knows_stays_unknown(name: str) -> None:
    assert load_book().resolve(name).match_type == "unknown"


def test_only_courts_are_there_for_their_figures_alone() -> None:
    only = {row["agency_code"] for row in load_tables()["core_agency"] if row["is_figures_only"]}
    assert only == {row["agency_code"] for row in load_tables()["core_agency"] if row["group_th"] == "ศาล"}


def test_every_name_of_the_list_is_resolved_to_its_own_kind() -> None:
    for agency in load_tables()["core_agency"]:
        after = {"province": "สุโขทัย", "place": "บ้านกล้วย", "number": "6", "none": ""}[agency["followed_by"]]
        assert load_book().resolve(agency["name_th"] + after).agency_code == agency["agency_code"]


@given(st.text(max_size=40), st.sampled_from(["", "สำนักงาน", "เรือนจำ", "สภ.", "จังหวัด", "ราชบุรี"]))
def test_any_text_is_answered(text: str, word: str) -> None:
    known = {row["agency_code"] for row in load_tables()["core_agency"]}
    (row,) = resolve_agencies([word + text])
    assert (row["agency_code"] in known) == (row["match_type"] not in ("ambiguous", "unknown"))
    assert bool(row["candidates"]) == (row["match_type"] == "ambiguous")
