"""An opened release: what a notebook reads; it keeps to one release and says once when a newer one is published."""

from __future__ import annotations

import warnings
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

import duckdb

from pipeline.errors import UsageError
from pipeline.provinces import Province, load_gazetteer
from pipeline.release import CURRENT, RELEASES, WAREHOUSE, resolve_current
from pipeline.settings import PROJECT
from pipeline.thai import squeeze

if TYPE_CHECKING:
    import pandas as pd

_TABLES = """
SELECT table_name AS name, estimated_size AS n_rows, comment FROM duckdb_tables() WHERE NOT internal
UNION ALL
SELECT view_name, NULL, comment FROM duckdb_views() WHERE NOT internal
ORDER BY list_position(['out', 'core', 'quality', 'raw'], split_part(name, '_', 1)), name"""
_COLUMNS = """
SELECT column_name, data_type, comment FROM duckdb_columns() WHERE table_name = $name ORDER BY column_index"""


class NewerReleaseWarning(UserWarning):
    """Another release has been published since this one was opened."""


class Release:
    """One published release, opened read-only. It never changes: what is published later is another one.

    Attributes:
        name: its name, the time of its making.
        folder: where its files are.
    """

    def __init__(self, folder: Path, out: Path) -> None:
        self.name = folder.name
        self.folder = folder
        self._out = out
        self._is_told = False
        self._connection = duckdb.connect(str(folder / WAREHOUSE), read_only=True)

    def query(self, sql: str, **values: object) -> pd.DataFrame:
        """Run one SELECT; money stays exact, as Decimal, and what is missing is None or NaN.

        Args:
            sql: the query; a value stands in it as $name.
            **values: the values.

        Raises:
            UsageError: a value is given that the query has no place for.
        """
        from pipeline.brief_text.reading import read_rows

        unused = [name for name in values if f"${name}" not in sql]
        if unused:
            raise UsageError(f"คำสั่ง SQL ไม่มีที่ให้ {', '.join(unused)}  เขียน ${unused[0]} ในคำสั่ง")
        self._tell_newer()
        return read_rows(self._connection, sql, **values)

    def tables(self) -> pd.DataFrame:
        """List every table and view: name, rows (about), and what one row is."""
        return self.query(_TABLES)

    def describe(self, name: str) -> pd.DataFrame:
        """List the columns of a table or view: name, type, and what it means.

        Raises:
            UsageError: there is no such table; names those that are alike.
        """
        columns = self.query(_COLUMNS, name=name)
        if columns.empty:
            alike = [one for one in self.tables()["name"] if name.split("_")[-1] in one]
            raise UsageError(f"ไม่มีตาราง {name}  {_offer(alike) or 'ดูชื่อทั้งหมดด้วย tables()'}")
        return columns

    def close(self) -> None:
        """Let the release go."""
        self._connection.close()

    def __enter__(self) -> Release:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Release({self.name!r})"

    def _tell_newer(self) -> None:
        """Say once that `current` is another release by now."""
        latest = None if self._is_told else resolve_current(self._out)
        if latest is not None and latest != self.folder:
            self._is_told = True
            told = (
                f"ฉบับที่เผยแพร่ล่าสุดคือ {latest.name} ขณะนี้อ่านฉบับ {self.name} อยู่และจะอ่านฉบับนี้ต่อไป  "
                "เปิดฉบับล่าสุดด้วย open_release()"
            )
            warnings.warn(told, NewerReleaseWarning, stacklevel=3)


def open_release(out: str | Path = "outputs", release: str | None = None) -> Release:
    """Open a published release read-only, to be kept for as long as a notebook is open; a refresh never waits for it.

    Args:
        out: the folder of releases; a relative one is looked for here, then in the project. Or a release's warehouse,
            such as "outputs/current/baseline.duckdb", which is what the notebooks are given.
        release: a release's name; None for the one that is published now.

    Raises:
        UsageError: nothing is published, or there is no such release; names those that are there.
    """
    folder, named = _find_out(Path(out))
    release = release or named
    if release is None:
        return _open_published(folder)
    chosen = (folder / RELEASES / release).resolve()
    if chosen.parent != (folder / RELEASES).resolve() or not (chosen / WAREHOUSE).exists():
        there = sorted(path.parent.name for path in (folder / RELEASES).glob(f"*/{WAREHOUSE}"))
        raise UsageError(f"ไม่มีฉบับ {release} ใน {folder}  {_offer(there) or 'ยังไม่มีฉบับใด'}")
    return Release(chosen, folder)


def province(name_or_code: str) -> Province:
    """Find one of the 77 provinces by its code, its Thai or English name, or a listed other name.

    Args:
        name_or_code: "64", "๖๔", "สุโขทัย", "จังหวัดสุโขทัย", "Sukhothai".

    Raises:
        UsageError: it is none, or could be several; names the provinces that may be meant.

    >>> province("สุโขทัย").province_code, province("64").name_en
    ('64', 'Sukhothai')
    >>> province("เพชร")
    Traceback (most recent call last):
    pipeline.errors.UsageError: "เพชร" ไม่ใช่ชื่อของจังหวัดเดียว  อาจเป็น: กำแพงเพชร, เพชรบูรณ์, เพชรบุรี
    """
    gazetteer = load_gazetteer()
    found = gazetteer.resolve(name_or_code)
    if found:
        return gazetteer.provinces[found.province_code]
    key = squeeze(name_or_code)
    holding = [one.name_th for one in gazetteer.provinces.values() if key and key in squeeze(one.name_th)]
    named = [gazetteer.provinces[code].name_th for code in sorted(gazetteer.find_all(name_or_code))]
    candidates = named or holding or gazetteer.suggest(name_or_code)
    raise UsageError(f'"{name_or_code}" ไม่ใช่ชื่อของจังหวัดเดียว  {_offer(candidates) or "ใช้ชื่อหรือรหัส 2 หลัก"}')


def _open_published(folder: Path) -> Release:
    """Open the release that is published now; where it goes before it is opened, another has been published.

    Raises:
        UsageError: nothing is published.
    """
    while True:
        found = resolve_current(folder)
        if found is None:
            raise UsageError(f"ยังไม่มีฉบับที่เผยแพร่ใน {folder}  พิมพ์ make refresh")
        try:
            return Release(found, folder)
        except duckdb.IOException:
            if resolve_current(folder) in (found, None):
                raise


def _find_out(given: Path) -> tuple[Path, str | None]:
    """The folder of releases, from here, else from the project; and the release that a warehouse's path names."""
    out, release = given, None
    if given.name == WAREHOUSE:
        run = given.parent
        out, release = (run.parent, None) if run.name == CURRENT else (run.parent.parent, run.name)
    return (PROJECT / out if not out.is_absolute() and not out.exists() else out).resolve(), release


def _offer(names: list[str]) -> str:
    """Offer what may be meant."""
    return f"อาจเป็น: {', '.join(names)}" if names else ""
