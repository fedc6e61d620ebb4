"""Where each province stands on the tile map: one tile a province, placed as on the map."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from pipeline.errors import SpecError
from pipeline.specs import load_csv

SPEC = "province_tiles.csv"


@cache
def load_tiles() -> Mapping[str, tuple[int, int, str]]:
    """The row and column of each province's tile, from the top left, and the two letters that name it.

    Raises:
        SpecError: two provinces stand on one tile, or one of the 77 has none.
    """
    letters = {row["province_code"]: row["abbr_th"] for row in load_csv("provinces.csv")}
    rows = load_csv(SPEC, columns=("province_code", "row", "column", "is_verified", "source"))
    places = {row["province_code"]: (int(row["row"]), int(row["column"])) for row in rows}
    if set(places) != set(letters) or len(set(places.values())) != len(letters) or len(rows) != len(letters):
        raise SpecError(f"{SPEC}: one tile of its own for each of the {len(letters)} provinces is expected")
    return {code: (*place, letters[code]) for code, place in places.items()}
