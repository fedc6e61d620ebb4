"""How fast briefs are made, in one run: beside papermill as anyone would loop it, and where the CPU of a brief goes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline import release, stages
from pipeline.bench import brief_parts
from pipeline.bench.workbooks import write_plans
from pipeline.briefs import Making, list_provincial, make_briefs
from pipeline.briefs.again import keep_brief, link_briefs, list_brief_inputs
from pipeline.cluster.processes import in_child, map_unordered
from pipeline.focus import Focus
from pipeline.inputs import list_changed
from pipeline.provinces import load_gazetteer
from pipeline.settings import Settings

PROVINCES, YEARS, PROJECTS = 77, 2, 60
BRIEFS_A_MINUTE = "briefs a minute"
LOOPED, LOOPED_AT_ONCE = 8, 2
# What the project has set itself; see the column that it is printed in.
_AT_LEAST, _AT_MOST = "≥ {:g}", "≤ {:g}"


@dataclass(frozen=True)
class Told:
    """One line of the benchmark of briefs.

    Attributes:
        what: what was measured.
        value: how much.
        unit: of what; empty for a ratio.
        aim: what it should be; empty where nothing is set.
        key: what others take it by, to work something out of it.
    """

    what: str
    value: float
    unit: str = ""
    aim: str = ""
    key: str = ""

    def __str__(self) -> str:
        """Say it as a line of a table."""
        return f"{self.what:<58}{self.value:>9.2f} {self.unit:<14}{self.aim}".rstrip()


def run_brief_bench(*, jobs: int, tell: Callable[[str], None]) -> Iterator[Told]:
    """Measure on made-up plans of all provinces, brought as far as their views.

    Args:
        jobs: briefs at once.
        tell: told what is being done.
    """
    with TemporaryDirectory(prefix="bench-") as place:
        settings = Settings(raw=Path(place, "raw"), out=Path(place, "out"), jobs=jobs)
        tell(f"เตรียมคลังข้อมูลของ {PROVINCES} จังหวัด จังหวัดละ {YEARS} ปี x {PROJECTS} โครงการ")
        focus = _prepare(settings)
        given = brief_parts.Given(settings.database, Making().notebook, focus.fiscal_year_be)
        build = Path(place, "made")
        tell("papermill")
        looped = _notebooks_a_minute(given, focus.provinces[:LOOPED], Path(place, "looped"))
        yield Told(f"papermill ทีละ {LOOPED_AT_ONCE} ({min(LOOPED, PROVINCES)} จังหวัด)", looped, "โน้ตบุ๊ก/นาที")
        tell("make briefs")
        made = _briefs_a_minute(given, focus, build / "briefs", jobs=jobs)
        what = f"make briefs ทีละ {jobs} ทุกรูปแบบ ({PROVINCES} จังหวัด)"
        yield Told(what, made, "โน้ตบุ๊ก/นาที", key=BRIEFS_A_MINUTE)
        yield Told("  เท่าของ papermill", made / looped, "", _AT_LEAST.format(4))
        yield Told(
            f"make briefs เมื่อไม่มีสิ่งใดเปลี่ยน ({PROVINCES} จังหวัด)",
            _seconds_unchanged(given, focus, build),
            "วินาที",
            _AT_MOST.format(2),
        )
        tell("CPU ของรายงานหนึ่งเล่ม")
        yield from _split(given, focus.provinces[:LOOPED])


def _prepare(settings: Settings) -> Focus:
    """Make the warehouse of a release up to its views."""
    provinces = list(load_gazetteer().provinces.values())[:PROVINCES]
    write_plans(settings.raw, provinces, years=YEARS, rows=PROJECTS, jobs=settings.jobs)
    release.start_build(settings.build)
    outcome = stages.read_files(settings, _silent)
    stages.analyse(settings, _silent, outcome)
    stages.compare(settings, outcome)
    focus = stages.settle_focus(settings, outcome)
    stages.keep_views(settings, _silent, outcome)
    return focus


def _notebooks_a_minute(
    given: brief_parts.Given, provinces: Sequence[tuple[str, str]], folder: Path
) -> float:
    """Run the notebook by papermill and its stock kernel, a province after the other, a few at a time."""
    folder.mkdir()
    codes = [code for code, _ in provinces]
    started = time.monotonic()
    work = partial(brief_parts.run_by_papermill, given, folder)
    done = list(map_unordered(work, codes, jobs=LOOPED_AT_ONCE, died=_died))
    return len(done) / (time.monotonic() - started) * 60


def _briefs_a_minute(given: brief_parts.Given, focus: Focus, folder: Path, *, jobs: int) -> float:
    """Make the brief of every province in every format.

    Raises:
        AssertionError: one could not be made.
    """
    started = time.monotonic()
    year = focus.fiscal_year_be
    results = make_briefs(
        given.database, folder, provinces=focus.provinces, fiscal_year_be=year, jobs=jobs, progress=_silent
    )
    seconds = time.monotonic() - started
    failed = {result.slug: result.error for result in results if result.error}
    if failed:
        raise AssertionError(str(failed))
    return len(results) / seconds * 60


def _seconds_unchanged(given: brief_parts.Given, focus: Focus, build: Path) -> float:
    """Link every brief to another folder, as a refresh does where nothing has changed."""
    target = build.with_name("linked")
    provinces = list_provincial(target / "briefs", focus.provinces, given.notebook)
    kept = {task.slug: keep_brief(build / "briefs" / task.slug, "") for task in provinces}
    listed = partial(list_brief_inputs, given.database, [given.notebook], fiscal_year_be=given.fiscal_year_be)
    before = in_child(lambda _: listed())
    started = time.monotonic()
    changed = list_changed(in_child(lambda _: listed()), before)
    linked = link_briefs(build, kept, target, tasks=provinces, changed=changed)
    seconds = time.monotonic() - started
    if len(linked) < len(provinces):
        raise AssertionError(f"{len(linked)} of {len(provinces)} briefs are linked")
    return seconds


def _split(given: brief_parts.Given, provinces: Sequence[tuple[str, str]]) -> Iterator[Told]:
    """Tell the CPU of a brief by its parts, and what the engine takes on top of the cells."""
    codes = [code for code, _ in provinces]
    parts = in_child(lambda _: brief_parts.measure_parts(given, codes))
    total = sum(parts.seconds.values())
    yield Told("CPU ของรายงานหนึ่งเล่ม ทุกรูปแบบ", total, "วินาที")
    for name, seconds in parts.seconds.items():
        yield Told(f"  {name}", seconds, "วินาที")
    yield Told("CPU ของโน้ตบุ๊กเอง (รันด้วยตัวรันเดียวกัน ไม่ทำรูปแบบใด)", parts.notebook, "วินาที")
    yield Told("  ทุกรูปแบบ เป็นเท่าของโน้ตบุ๊กเอง", total / parts.notebook, "", _AT_MOST.format(2))
    yield Told("CPU ของตัวรันโน้ตบุ๊กเอง นอกจากเซลล์ ต่อเล่ม", parts.engine, "วินาที", _AT_MOST.format(0.3))


def _died(code: str) -> str:
    """A notebook whose process dies makes the comparison void."""
    raise AssertionError(f"{code}: the process that runs papermill died")


_silent = partial(lambda *_: None)
