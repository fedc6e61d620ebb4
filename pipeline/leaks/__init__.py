"""What is about to be published is looked through for personal data, by the rules that keep it out of the warehouse."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pipeline.cluster.processes import in_child, map_unordered
from pipeline.inputs import digest_code, digest_files
from pipeline.leaks.files import is_looked_into, look_into
from pipeline.leaks.found import Leak
from pipeline.leaks.warehouse import look_into_warehouse
from pipeline.settings import SPECS

__all__ = ["Leak", "Looked", "find_leaks", "list_rules", "look_into", "say_leaks"]
_AT_ONCE = 40
_SHOWN = 5


@dataclass(frozen=True)
class Looked:
    """What was looked at and found.

    Attributes:
        files: how many files were looked into.
        same: how many were not, since the release before has the very same file and was looked through alike.
        leaks: what was found.
    """

    files: int
    same: int
    leaks: tuple[Leak, ...]


def list_rules() -> dict[str, str]:
    """What decides what is found, as digests; a file that was looked into by other rules is looked into again."""
    return {
        "code": digest_code(("personal", "thai", "leaks")),
        "specs": digest_files(SPECS.glob("*.yml"), root=SPECS),
    }


def find_leaks(
    build: Path, before: Path | None, *, jobs: int, progress: Callable[[int, int], None]
) -> Looked:
    """Look through a build for citizen IDs, telephones, e-mail and names of people.

    Args:
        build: the release that is being made.
        before: a release that was looked through by the same rules: what is linked to it is not looked into again.
        jobs: processes at once.
        progress: told how many files are done, and of how many.
    """
    paths = [path for path in sorted(build.rglob("*")) if path.is_file()]
    waiting = [path for path in paths if not _is_same(path, build, before)]
    warehouses = [path for path in waiting if path.suffix == ".duckdb"]
    texts = [path for path in waiting if is_looked_into(path)]
    # Neighbours repeat one another, and a process remembers what it has looked at.
    parts = [texts[start : start + _AT_ONCE] for start in range(0, len(texts), _AT_ONCE)]
    progress(0, len(texts))
    leaks = in_child(lambda _: [leak for path in warehouses for leak in look_into_warehouse(path)])
    done = 0
    for found in map_unordered(partial(_look_into_all, build), parts, jobs=jobs, died=_died):
        leaks += found
        done += _AT_ONCE
        progress(min(done, len(texts)), len(texts))
    return Looked(len(texts) + len(warehouses), len(paths) - len(waiting), tuple(sorted(leaks)))


def _is_same(path: Path, build: Path, before: Path | None) -> bool:
    """Whether a file is the release's before, and no copy of it."""
    twin = before / path.relative_to(build) if before else None
    return twin is not None and twin.is_file() and os.path.samestat(path.stat(), twin.stat())


def _look_into_all(root: Path, paths: list[Path]) -> list[Leak]:
    return [leak for path in paths for leak in look_into(path, root)]


def _died(paths: list[Path]) -> list[Leak]:
    """Answer for files that kill the process that looks into them: nobody knows what is in them."""
    return [Leak(paths[0].parent.name, "", "เปิดดูไม่ได้")]


def say_leaks(leaks: tuple[Leak, ...]) -> str:
    """Say in one line where personal data was found and what to do; what was found is not said."""
    shown = "; ".join(leak.told for leak in leaks[:_SHOWN])
    more = f" และอีก {len(leaks) - _SHOWN} แห่ง" if len(leaks) > _SHOWN else ""
    return (
        f"ไม่เผยแพร่ เพราะพบข้อมูลส่วนบุคคลในสิ่งที่จะเผยแพร่ {len(leaks)} แห่ง: {shown}{more}  "
        "ปิดข้อมูลนั้นในไฟล์ที่ได้รับ (corrections.csv หรือ purge) หรือเพิ่มคำใน specs/personal.yml แล้วพิมพ์ make refresh  "
        "ฉบับที่เผยแพร่ก่อนหน้ายังอยู่ตามเดิม"
    )
