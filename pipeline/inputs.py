"""What a stage's result depends on, as digests by name: with the same digests it would give the same again.

A stage that keeps the digests of what it was made of can be left out when they are the same, and what differs says why
it is done.
"""

from __future__ import annotations

import hashlib
import os
import sysconfig
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import version
from pathlib import Path
from platform import python_version
from typing import TYPE_CHECKING

from pipeline.settings import PROJECT, SPECS

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MadeOf = Mapping[str, str]
_CODE = (".py", ".sql", ".j2", ".css")
_NO_CODE = {"specs", "__pycache__"}
# When a run is due and how long its releases are kept changes nothing that is in them.
_NO_KNOWLEDGE = {"operation.yml"}
_WORDS = {
    "code": "โปรแกรม",
    "specs": "ความรู้ใน specs/",
    "libraries": "รุ่นของไลบรารี",
    "quality_previous": "ฉบับที่เทียบด้วย",
    "notebook": "โน้ตบุ๊ก",
    "fiscal_year_be": "ปีที่เน้น",
    "nation": "ข้อมูลที่ทุกจังหวัดใช้ร่วมกัน",
}


def digest_files(paths: Iterable[Path], *, root: Path) -> str:
    """Digest files by their place under a folder and their content, in no order."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        digest.update(f"{path.relative_to(root).as_posix()}\n{content}\n".encode())
    return digest.hexdigest()


def digest_code(rooms: Iterable[str] = ("",)) -> str:
    """Digest the program: of the named rooms of pipeline/, or all of it; its specs are digested apart.

    Raises:
        FileNotFoundError: there is no such room; what it holds would be missed unseen.
    """
    folder = PROJECT / "pipeline"
    return digest_files({path for room in rooms for path in _list_code(folder / room)}, root=folder)


def _list_code(room: Path) -> Iterator[Path]:
    """List the program's files of a room and of those within."""
    if not room.is_dir():
        raise FileNotFoundError(f"no room of pipeline/: {room}")
    for folder, rooms, names in os.walk(room):
        rooms[:] = [name for name in rooms if name not in _NO_CODE]
        yield from (Path(folder, name) for name in names if name.endswith(_CODE))


def digest_specs(folder: Path = SPECS) -> str:
    """Digest everything that is known of messy files and the domain; how the pipeline runs by itself is apart."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc")
    return digest_files((path for path in files if path.name not in _NO_KNOWLEDGE), root=folder)


def digest_libraries(names: Iterable[str]) -> str:
    """Digest the versions of Python and of libraries."""
    told = [f"python {python_version()}", *(f"{name} {version(name)}" for name in sorted(names))]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def list_packages() -> list[str]:
    """Name the installed packages, each with its version."""
    folders = {Path(sysconfig.get_path(kind)) for kind in ("purelib", "platlib")}
    return sorted(path.name for folder in folders for path in folder.glob("*.dist-info"))


def digest_packages() -> str:
    """Digest the versions of Python and of everything that is installed beside it."""
    return hashlib.sha256("\n".join([f"python {python_version()}", *list_packages()]).encode()).hexdigest()


def digest_tables(
    connection: DuckDBPyConnection, tables: Iterable[str], *, where: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Digest tables by their rows, in no order; equal rows count as often as they are there.

    Args:
        connection: the warehouse.
        tables: names, with that of an attached database before them where they are there.
        where: by table, the SQL condition of the rows that count.
    """
    digests = {}
    for table in tables:
        condition = (where or {}).get(table, "true")
        sql = f"SELECT count(*), sum(hash(t)), bit_xor(hash(t)) FROM {table} AS t WHERE {condition}"
        digests[table] = " ".join(map(str, connection.execute(sql).fetchall()[0]))
    return digests


def list_changed(now: MadeOf, before: MadeOf | None) -> list[str]:
    """List what differs; everything where nothing was made before."""
    before = before or {}
    return sorted(name for name in {*now, *before} if now.get(name) != before.get(name))


def say_changed(names: Iterable[str]) -> str:
    """Say what differs, in Thai: the program, the specs, or the tables of the warehouse."""
    return ", ".join(dict.fromkeys(_WORDS.get(name, f"ข้อมูลใน {name}") for name in names))
