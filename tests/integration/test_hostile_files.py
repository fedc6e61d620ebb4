"""Files that were damaged or made to harm: each gives a workbook or a reason, in bounded time and memory.

The test takes a few hundred; `MUTATIONS=10000 pytest tests/integration/test_hostile_files.py -s` takes ten thousand.
"""

from __future__ import annotations

import io
import os
import random
import resource
import signal
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pipeline.cluster.processes import map_unordered
from pipeline.errors import SourceError
from pipeline.settings import PROJECT
from pipeline.workbook import read_workbook

SUFFIXES = {".xlsx", ".xls", ".xlsm", ".xlsb", ".ods", ".csv", ".tsv", ".txt", ".html"}
SEED = 20220107
MAX_SECONDS, MAX_BYTES = 10, 1_000_000_000
BATCH = 50


@dataclass(frozen=True)
class Mutation:
    """One file to damage: where it is, and the number that decides how."""

    source: Path
    number: int


@dataclass(frozen=True)
class Answer:
    """What became of a damaged file."""

    mutation: Mutation
    outcome: str
    seconds: float = 0.0
    peak_bytes: int = 0


def real_files() -> list[Path]:
    roots = [PROJECT / "raw_data" / "sample", PROJECT.parent / "shared" / "data"]
    return sorted(
        path for root in roots for path in root.rglob("*") if path.is_file() and path.suffix in SUFFIXES
    )


def flip(content: bytes, chance: random.Random) -> bytes:
    damaged = bytearray(content)
    for _ in range(chance.choice((1, 4, 32, 256))):
        damaged[chance.randrange(len(damaged))] = chance.randrange(256)
    return bytes(damaged)


def cut(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(1, len(content))]


def cut_out(content: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(content))
    return content[:start] + content[start + chance.randrange(1, 4096) :]


def repeat(content: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(content))
    block = content[start : start + chance.randrange(1, 4096)]
    return content[:start] + block * chance.randrange(2, 50) + content[start:]


def mix_members(content: bytes, chance: random.Random) -> bytes:
    """Swap, remove or damage the members of a zip, which is then a whole zip again."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    names = sorted(parts)
    first, second = chance.choice(names), chance.choice(names)
    how = chance.randrange(4)
    if how == 0:
        parts[first], parts[second] = parts[second], parts[first]
    elif how == 1:
        del parts[first]
    elif parts[first]:
        parts[first] = (flip, cut_out)[how - 2](parts[first], chance)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return packed.getvalue()


def mutate(mutation: Mutation) -> bytes:
    """Damage a file; the same number always does the same damage."""
    content = mutation.source.read_bytes()
    chance = random.Random(SEED + mutation.number)
    ways = [flip, cut, cut_out, repeat]
    if content.startswith(b"PK"):
        ways += [mix_members] * 4
    return chance.choice(ways)(content, chance)


def read_mutation(mutation: Mutation, *, folder: Path) -> Answer:
    """Damage a file and read it; runs in a process that may die."""
    path = folder / f"{mutation.number}{mutation.source.suffix}"
    path.write_bytes(mutate(mutation))
    signal.alarm(MAX_SECONDS)  # ends the process: a reader below Python cannot be interrupted otherwise
    started = time.perf_counter()
    try:
        workbook = read_workbook(path)
        assert all(len(row) == len(sheet.rows[0]) for sheet in workbook.sheets for row in sheet.rows)
        outcome = "read"
    except SourceError as error:
        outcome = error.code
    except Exception as error:
        raise AssertionError(f"{mutation} gives {type(error).__name__}") from error
    signal.alarm(0)
    seconds = time.perf_counter() - started
    path.unlink()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return Answer(mutation, outcome, seconds, peak)


def died(mutation: Mutation) -> Answer:
    return Answer(mutation, "died")


def run_mutations(count: int, *, jobs: int = 2) -> Iterator[Answer]:
    """Read so many damaged files, in processes as the ingest does."""
    files = real_files()
    mutations = [Mutation(files[number % len(files)], number) for number in range(count)]
    with tempfile.TemporaryDirectory() as folder:
        work = partial(read_mutation, folder=Path(folder))
        for start in range(0, count, BATCH):
            yield from map_unordered(work, mutations[start : start + BATCH], jobs=jobs, died=died)


def test_damaged_files_never_kill_the_run() -> None:
    count = int(os.environ.get("MUTATIONS", "300"))
    started = time.perf_counter()
    answers = list(run_mutations(count))
    slowest, largest = max(a.seconds for a in answers), max(a.peak_bytes for a in answers)
    print(
        f"\n{count} files in {time.perf_counter() - started:.0f} s; slowest {slowest:.2f} s; "
        f"peak {largest / 1e6:.0f} MB; {dict(Counter(a.outcome for a in answers))}"
    )
    assert len(answers) == count
    assert [a.mutation for a in answers if a.outcome == "died"] == []
    assert slowest < MAX_SECONDS
    assert largest < MAX_BYTES
    outcomes = {a.outcome for a in answers}
    assert {"read", "file_unreadable"} <= outcomes
