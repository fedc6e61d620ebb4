"""Which district a project's place names, once more: by looking for each name after a word for district."""

from __future__ import annotations

from typing import Any

from tests.integration.again.frames import Frames

BEFORE, WHOLE = ("อำเภอ", "อ.", "เขต"), ("ทุกอำเภอ", "ทั้งจังหวัด", "ทั่วทั้งจังหวัด", "ทุกพื้นที่", "ในพื้นที่จังหวัด")


def districts_of(project: dict[str, Any], frames: Frames) -> str | None:
    """Give the code of the one district, several, whole, or nothing."""
    area = project["area"]
    if area is None:
        return None
    if any(word in area for word in WHOLE):
        return "whole"
    rows = frames["core_district"]
    named = rows[rows["province_code"] == project["province_code"]]
    names = dict(zip(named["name_th"], named["district_code"], strict=True))
    capital = [code for name, code in names.items() if name.startswith("เมือง") and code.endswith("01")]
    names |= dict.fromkeys(["เมือง"] * len(capital), "".join(capital))
    found = {
        code
        for name, code in names.items()
        if any(_ends(area, before + name) for before in BEFORE) or area == name
    }
    return None if not found else "several" if len(found) > 1 else found.pop()


def _ends(area: str, word: str) -> bool:
    """Say whether a word stands in a place and no Thai letter goes on after it."""
    after = area.split(word, 1)[1][:1] if word in area else "ก"
    return not "ก" <= after <= "๎"
