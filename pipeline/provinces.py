"""Province names as offices write them -> the 2-digit code; a name that could be two provinces is refused."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline import specs
from pipeline.thai import squeeze

_PREFIX = re.compile(r"^(?:ประจำ)?(?:จังหวัด|จว\.|จ\.|สยจ\.?|สำนักงานยุติธรรมจังหวัด|สนง\.?ยุติธรรมจังหวัด)")
_SUFFIX = re.compile(r"(?:\(.*\))$")
_MENTION = r"(?<!กลุ่ม)(?:จังหวัด|จว\.|จ\.|สยจ\.?)({names})(?![\u0e30-\u0e3a\u0e47-\u0e4e])"
_TOKEN = re.compile(r"[^\s_\-–,;:()\[\]./\\0-9๐-๙]+")


@dataclass(frozen=True)
class Province:
    """One of the 77; see specs/provinces.csv for the source of each column."""

    province_code: str
    iso_code: str
    name_th: str
    name_en: str
    slug: str
    cluster: str | None
    region4: str
    region6: str
    is_pilot: bool


@dataclass(frozen=True)
class Resolved:
    """A province and what gave it: exact, alias, misspelling or town."""

    province_code: str
    how: str


@dataclass(frozen=True)
class Gazetteer:
    """All names that stand for a province."""

    provinces: dict[str, Province]
    names: dict[str, Resolved]
    mention: re.Pattern[str]

    def resolve(self, text: str) -> Resolved | None:
        """Read a cell of a province column; None where it is no province's exact name or listed alias.

        Near matches are never accepted: เพชรบุรี and เพชรบูรณ์ are two provinces.
        """
        plain = squeeze(text)
        if plain in self.names:
            return self.names[plain]
        bare = _SUFFIX.sub("", _PREFIX.sub("", plain))
        return self.names.get(bare)

    def find_all(self, text: str) -> frozenset[str]:
        """Find every province that a title, a sheet's name or a path names.

        A name counts after a word that says province, or as a word of its own; เลย, แพร่ or น่าน inside
        other words do not.
        """
        mentioned = {self.names[name].province_code for name in self.mention.findall(squeeze(text))}
        tokens = (squeeze(token) for token in _TOKEN.findall(text))
        return frozenset(
            mentioned | {self.names[token].province_code for token in tokens if token in self.names}
        )

    def suggest(self, text: str, *, limit: int = 3) -> list[str]:
        """Name the provinces whose spelling is nearest, for a person to choose from; never used unasked."""
        from rapidfuzz import process

        known = [province.name_th for province in self.provinces.values()]
        bare = _PREFIX.sub("", squeeze(text))
        return [name for name, _, _ in process.extract(bare, known, limit=limit, score_cutoff=60)]


@lru_cache(maxsize=1)
def load_gazetteer() -> Gazetteer:
    """Load the provinces and their aliases from specs/.

    Raises:
        SpecError: there are not 77, a code or a name stands twice, or an alias names another province.
    """
    provinces = {
        row["province_code"]: _read_province(row)
        for row in specs.load_csv("provinces.csv", columns=("province_code", "name_th", "name_en"))
    }
    specs.require(len(provinces) == 77, "provinces.csv", "77 provinces, each code once")
    names = {squeeze(province.name_th): Resolved(code, "exact") for code, province in provinces.items()}
    specs.require(len(names) == 77, "provinces.csv", "77 different names")
    for number, row in enumerate(
        specs.load_csv("province_aliases.csv", columns=("alias", "province_code", "kind")), 2
    ):
        key = squeeze(row["alias"])
        where = f"province_aliases.csv, line {number}"
        specs.require(row["province_code"] in provinces, where, "a province_code of provinces.csv")
        specs.require(
            key not in names or names[key].province_code == row["province_code"],
            where,
            "an alias of one province only",
        )
        names.setdefault(key, Resolved(row["province_code"], row["kind"]))
    longest_first = sorted(names, key=len, reverse=True)
    mention = re.compile(_MENTION.format(names="|".join(map(re.escape, longest_first))))
    return Gazetteer(provinces, names, mention)


def _read_province(row: dict[str, str]) -> Province:
    """Read one line of provinces.csv."""
    slug = f"{row['province_code']}-{row['name_en'].lower().replace(' ', '-')}"
    return Province(
        row["province_code"],
        row["iso_code"],
        row["name_th"],
        row["name_en"],
        slug,
        row["cluster"] or None,
        row["region4"],
        row["region6"],
        row["is_pilot"] == "yes",
    )
