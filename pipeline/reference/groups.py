"""Groups of provinces: each scheme of specs/province_groups.yml, from its column of specs/provinces.csv."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from pipeline import specs
from pipeline.settings import SPECS

SPEC = "province_groups.yml"
_NEEDED = {"column", "prefix", "groups", "in_none", "valid_from", "valid_to", "is_verified", "source"}
_OPTIONAL = {"bare"}


def list_groups(folder: Path = SPECS) -> list[dict[str, Any]]:
    """List who belongs to which group.

    Returns:
        One row per scheme and province that is in a group of it; columns of core_province_group.

    Raises:
        SpecError: a scheme lacks something, or does not have as many groups, or a province in none, as it says.
    """
    rows = []
    for scheme, entry in specs.load_yaml(SPEC, folder=folder).items():
        fits = _NEEDED <= set(entry) <= _NEEDED | _OPTIONAL and entry["source"]
        specs.require(
            fits, specs.locate(SPEC, scheme, folder=folder), f"exactly {', '.join(sorted(_NEEDED))}"
        )
        rows += _list_scheme(scheme, entry, folder)
    return rows


def _list_scheme(scheme: str, entry: dict[str, Any], folder: Path) -> list[dict[str, Any]]:
    """List the provinces of one scheme."""
    lines = specs.load_csv("provinces.csv", folder=folder, columns=("province_code", entry["column"]))
    members = {line["province_code"]: line[entry["column"]] for line in lines}
    outside = sorted(code for code, group in members.items() if not group)
    where = specs.locate(SPEC, scheme, folder=folder)
    specs.require(outside == entry["in_none"], where, f"in_none {outside}, as provinces.csv has it")
    groups = set(members.values()) - {""}
    specs.require(len(groups) == entry["groups"], where, f"groups {len(groups)}, as provinces.csv has it")
    shared = {
        "is_verified": bool(entry["is_verified"]),
        "source": entry["source"],
        "valid_from": _day(entry["valid_from"], where),
        "valid_to": _day(entry["valid_to"], where),
    }
    return [
        {
            "scheme": scheme,
            "group_code": group,
            "group_name_th": group if group in entry.get("bare", ()) else entry["prefix"] + group,
            "province_code": code,
            **shared,
        }
        for code, group in members.items()
        if group
    ]


def _day(value: Any, where: str) -> date | None:
    """A day, as YAML gives it."""
    specs.require(value is None or isinstance(value, date), where, "a day such as 2017-11-17, or nothing")
    return value if isinstance(value, date) else None
