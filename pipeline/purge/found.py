"""Where a submission is: among the received files, in the releases that are kept, and in what was made of these."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pipeline import store
from pipeline.errors import UsageError
from pipeline.ingest.cleared.legible import mask_name
from pipeline.ingest.files import FoundFile, find_files
from pipeline.provinces import load_gazetteer
from pipeline.purge.beside import find_lines
from pipeline.release import WAREHOUSE
from pipeline.release.kept import list_releases
from pipeline.settings import Settings

_DIGEST = re.compile(r"[0-9a-f]{8,64}")
# Folders of OUT that hold what verbs made of releases; each is made anew by its verb.
_MADE = ("inspect", "export", "templates", "explore")
_FILES = """
WITH spoken AS (
    SELECT file_id, province_code FROM raw_table
    UNION SELECT file_id, province_code FROM core_project
    UNION SELECT file_id, province_code FROM core_budget_line
    UNION SELECT file_id, province_code FROM core_indicator
    UNION SELECT file_id, named_province_code FROM raw_file AS f
    WHERE NOT EXISTS (FROM raw_table AS t WHERE t.file_id = f.file_id AND t.province_code IS NOT NULL)
)
SELECT f.file_id, f.path, f.sha256, list(DISTINCT s.province_code) FILTER (s.province_code IS NOT NULL)
FROM raw_file AS f JOIN spoken AS s USING (file_id) WHERE f.status <> 'ignored' GROUP BY ALL"""
_FORMER = """
SELECT file_id, path, '', list(DISTINCT province_code) FILTER (province_code IS NOT NULL)
FROM quality_former_submission GROUP BY ALL"""
_HAS_FORMER = "SELECT 1 FROM duckdb_tables() WHERE table_name = 'quality_former_submission'"
_NAMES = "SELECT DISTINCT project_name FROM core_project WHERE file_id IN ({ids})"


@dataclass(frozen=True)
class Asked:
    """What is to be purged: a file, or all that a province alone has sent.

    Attributes:
        file: its path, as typed or as the portal shows it, or the beginning of its digest.
        province_code: the province.
    """

    file: str | None = None
    province_code: str | None = None


@dataclass(frozen=True)
class Known:
    """A file as a release knows it; without a digest where the release before it had it."""

    file_id: str
    path: str
    sha256: str
    provinces: frozenset[str]


@dataclass(frozen=True)
class Holding:
    """Where it is.

    Attributes:
        sha256s: the digests of the contents.
        received: the files under RAW that have one of them.
        paths: the names by which they are known, personal data masked.
        file_ids: their ids in releases.
        shared: files that speak of other provinces too, and stay.
        releases: the names of the kept releases from the first that has it on: each took from the one before.
        made: folders of OUT with what was made of releases.
        lines: by file that an analyst keeps beside the data, the numbers of the lines about it.
        names: the projects that only these files name.
    """

    sha256s: frozenset[str]
    received: tuple[Path, ...]
    paths: frozenset[str]
    file_ids: frozenset[str]
    shared: tuple[str, ...]
    releases: tuple[str, ...]
    made: tuple[Path, ...]
    lines: dict[Path, frozenset[int]]
    names: frozenset[str]


def find_holding(settings: Settings, asked: Asked) -> Holding:
    """Find out where a submission is.

    Raises:
        UsageError: there is no such file or province, or the beginning of a digest fits several.
    """
    files = find_files(settings.raw)[0]
    found = [file for file in files if file.size and (file.ignored is None or file.is_waiting)]
    received = [Known(file.file_id, file.path, file.sha256, frozenset()) for file in found]
    releases = list_releases(settings.out)
    known = {release.name: _read_known(release / WAREHOUSE) for release in releases}
    everything = [one for files in known.values() for one in files]
    chosen, shared = _choose(settings.raw, asked, found, everything)
    sha256s = frozenset(one.sha256 for one in chosen if one.sha256)
    # A former submission has its id and no digest any more.
    file_ids = frozenset(
        {one.file_id for one in (*received, *everything) if one.sha256 in sha256s}
        | {one.file_id for one in chosen}
    )
    paths = frozenset(one.path for one in (*received, *everything) if one.file_id in file_ids)
    holders = [name for name, files in known.items() if any(one.file_id in file_ids for one in files)]
    condemned = tuple(name for name in known if holders and name >= holders[0])
    names = _read_names([settings.out / "releases" / name / WAREHOUSE for name in holders], file_ids)
    mine = tuple(file.absolute for file in found if file.sha256 in sha256s)
    return Holding(
        sha256s=sha256s,
        received=mine,
        paths=paths,
        file_ids=file_ids,
        shared=tuple(sorted(shared)),
        releases=condemned,
        made=_list_made(settings.out, has_releases=bool(holders)),
        lines=find_lines(settings.raw, mine, paths, file_ids, names),
        names=names,
    )


def _list_made(out: Path, *, has_releases: bool) -> tuple[Path, ...]:
    """List the folders with what verbs made: of releases that have it, and pages of sheets, which need no release."""
    names = _MADE if has_releases else _MADE[:1]
    return tuple(path for name in names if (path := out / name).is_dir())


def _read_known(database: Path) -> list[Known]:
    """Read the files that a release knows."""
    with store.open_for_reading(database) as connection:
        rows = connection.execute(_FILES).fetchall()
        has_former = connection.execute(_HAS_FORMER).fetchall()
        rows += connection.execute(_FORMER).fetchall() if has_former else []
    return [Known(file_id, path, sha256, frozenset(codes or ())) for file_id, path, sha256, codes in rows]


def _read_names(databases: Iterable[Path], file_ids: frozenset[str]) -> frozenset[str]:
    """Read the names of projects that no other file has."""
    own: set[str] = set()
    others: set[str] = set()
    ids = ", ".join(f"'{file_id}'" for file_id in sorted(file_ids))
    for database in databases if ids else ():
        with store.open_for_reading(database) as connection:
            own |= {name for (name,) in connection.execute(_NAMES.format(ids=ids)).fetchall()}
            rest = _NAMES.replace(" IN ", " NOT IN ").format(ids=ids)
            others |= {name for (name,) in connection.execute(rest).fetchall()}
    return frozenset(own - others)


def _choose(
    raw: Path, asked: Asked, received: list[FoundFile], known: list[Known]
) -> tuple[list[Known], set[str]]:
    """Choose what was asked for; returns it, and the names of files that speak of other provinces too."""
    everything = [*(Known(file.file_id, file.path, file.sha256, frozenset()) for file in received), *known]
    if asked.province_code is not None:
        return _choose_province(asked.province_code, everything)
    typed = Path(str(asked.file))
    places = {typed.absolute(), (raw / typed).absolute()}
    at = {file.path for file in received if file.absolute in places}
    within = [place.relative_to(raw).as_posix() for place in places if raw in place.parents]
    return _choose_file(str(asked.file), at or {mask_name(name) for name in within}, everything), set()


def _choose_province(code: str, everything: list[Known]) -> tuple[list[Known], set[str]]:
    """Choose the files of one province alone; one that no release knows is of those that its name says."""
    gazetteer = load_gazetteer()
    if code not in gazetteer.provinces:
        raise UsageError(f"ไม่มีจังหวัดรหัส {code}  ใช้รหัส 2 หลักของกรมการปกครอง เช่น --province 64")
    spoken: dict[str, set[str]] = {}
    for one in everything:
        spoken.setdefault(one.sha256 or one.file_id, set()).update(one.provinces)
    for one in everything:
        codes = spoken[one.sha256 or one.file_id]
        codes.update(() if codes else gazetteer.find_all(one.path))
    mine = {key for key, codes in spoken.items() if codes == {code}}
    mixed = {key for key, codes in spoken.items() if code in codes and len(codes) > 1}
    chosen = [one for one in everything if (one.sha256 or one.file_id) in mine]
    return chosen, {one.path for one in everything if one.sha256 in mixed}


def _choose_file(file: str, paths: set[str], everything: list[Known]) -> list[Known]:
    """Choose every content that lay at a place, or the one whose digest begins so."""
    chosen = [one for one in everything if one.path in paths]
    if not chosen and _DIGEST.fullmatch(file.lower()):
        chosen = [one for one in everything if one.sha256.startswith(file.lower())]
        if len({one.sha256 for one in chosen}) > 1:
            raise UsageError(f"{file} ขึ้นต้นค่าแฮชของหลายไฟล์  พิมพ์ให้ยาวขึ้น")
    if not chosen:
        raise UsageError(
            f"ไม่พบ {file} ใน RAW และในฉบับที่เก็บไว้  ใช้ที่อยู่ของไฟล์ตามที่หน้าแรกแสดง หรือค่าแฮช (sha256) อย่างน้อย 8 หลัก"
        )
    return chosen
