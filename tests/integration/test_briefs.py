"""Many briefs at once, each in a process of its own: one that fails or dies leaves the others."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest

from pipeline import store
from pipeline.briefs import BriefResult, Making, make_briefs
from pipeline.settings import PROJECT

FILES = [
    "brief.docx",
    "brief.html",
    "brief.ipynb",
    "brief.pdf",
    "data.xlsx",
    "figures.json",
    "plan_draft.docx",
]
# The same province twice, which must come out the same; one whose cell fails, one that dies, one whose folder is taken.
PROVINCES = [("64", "first"), ("64", "second"), ("48", "fails"), ("70", "dies"), ("83", "taken")]
READ = """
import duckdb
from IPython.display import Markdown, display
with duckdb.connect(database, read_only=True) as connection:
    name, = connection.execute("SELECT name_th FROM core_province WHERE province_code = ?", [province_code]).fetchone()
"""
COVER = """
cover = {"title": "เอกสารสรุป", "subtitle": "", "province": name, "fiscal_year_be": fiscal_year_be, "data_cutoff": "",
         "release": "r1", "status": "", "is_sample": False, "notes": []}
display({"application/vnd.justice-brief.cover+json": cover}, raw=True)
display(Markdown(f"# 1 จังหวัด{name}"))
"""
FAULTS = """
import os, signal
if province_code == "48":
    raise ValueError("no such thing")
if province_code == "70":
    os.kill(os.getpid(), signal.SIGKILL)
"""
CELLS = (READ, "print('so far')", FAULTS, COVER)


@dataclass(frozen=True)
class Made:
    """A run of briefs: its results by slug, whom progress told of, and the folder."""

    results: dict[str, BriefResult]
    told: list[str]
    folder: Path

    def files(self, slug: str) -> list[str]:
        return sorted(path.name for path in (self.folder / slug).iterdir())


def make(database: Path, folder: Path, *cells: str, provinces: list[tuple[str, str]], **how: object) -> Made:
    notebook = write_notebook(folder / "source.ipynb", *cells)
    told: list[str] = []
    results = make_briefs(
        database,
        folder / "briefs",
        provinces=provinces,
        fiscal_year_be=2566,
        jobs=2,
        progress=told.append,
        making=Making(notebook=notebook, **how),  # type: ignore[arg-type]
    )
    assert [(result.province_code, result.slug) for result in results] == provinces
    return Made(results={result.slug: result for result in results}, told=told, folder=folder / "briefs")


def write_notebook(path: Path, *cells: str) -> Path:
    source = nbformat.v4.new_notebook()
    parameters = 'database = ""\nprovince_code = "00"\nfiscal_year_be = 2565'
    source.cells = [nbformat.v4.new_code_cell(parameters, metadata={"tags": ["parameters"]})]
    source.cells += [nbformat.v4.new_code_cell(cell) for cell in cells]
    nbformat.write(source, path)
    return path


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("briefs") / "baseline.duckdb"
    with store.open_for_writing(place) as connection:
        store.create_tables(connection)
        store.create_views(connection)
        connection.execute("INSERT INTO core_release VALUES ('r1', '2022-12-01', NULL, 2566, false, '0')")
        for code in ("64", "48", "70", "83"):
            connection.execute(
                "INSERT INTO core_province VALUES ($c, $c, 'ที่ ' || $c, $c, $c, NULL, '', '', false)",
                {"c": code},
            )
    return place


@pytest.fixture(scope="module")
def made(database: Path, tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("run")
    (folder / "briefs").mkdir()
    (folder / "briefs/taken").touch()
    return make(database, folder, *CELLS, provinces=PROVINCES)


def test_one_that_fails_and_one_that_dies_leave_the_others(made: Made) -> None:
    assert sorted(made.told) == sorted(made.results)
    assert {slug: result.error for slug, result in made.results.items() if slug != "taken"} == {
        "first": None,
        "second": None,
        "fails": "fails/brief.ipynb, cell [5]: ValueError: no such thing",
        "dies": "killed by SIGKILL",
    }
    assert made.files("first") == made.files("second") == FILES
    assert "1 จังหวัดที่ 64" in (made.folder / "first/brief.html").read_text(encoding="utf-8")
    assert all(result.seconds > 0 for result in made.results.values())


def test_what_failed_keeps_its_notebook(made: Made) -> None:
    assert made.files("fails") == made.files("dies") == ["brief.ipynb", "data.xlsx", "plan_draft.docx"]
    kept = (made.folder / "fails/brief.ipynb").read_text(encoding="utf-8")
    assert "no such thing" in kept
    assert "so far" in kept


def test_what_is_no_error_of_ours_comes_with_its_traceback(made: Made) -> None:
    error = str(made.results["taken"].error)
    assert error.startswith("exit code 1: Process")
    assert "FileExistsError" in error


def test_the_executed_notebook_finds_its_database_from_where_it_lies(made: Made, database: Path) -> None:
    given = nbformat.read(made.folder / "first/brief.ipynb", as_version=4).metadata.papermill.parameters
    assert (given.province_code, given.fiscal_year_be) == ("64", 2566)
    assert not Path(given.database).is_absolute()
    assert (made.folder / "first" / given.database).resolve() == database.resolve()


def test_two_processes_make_the_same_bytes(made: Made) -> None:
    differing = [
        name for name in FILES
        if (made.folder / "first" / name).read_bytes() != (made.folder / "second" / name).read_bytes()
    ]  # fmt: skip
    assert differing == []


def test_without_forks_the_stock_kernel_makes_the_same_brief(
    made: Made, database: Path, tmp_path: Path
) -> None:
    by_kernel = make(database, tmp_path, *CELLS, provinces=[("64", "first"), ("48", "fails")], forks=False)
    assert by_kernel.results["first"].error is None
    assert by_kernel.results["fails"].error == made.results["fails"].error
    for name in ("brief.html", "brief.docx", "brief.pdf", "data.xlsx", "plan_draft.docx"):
        assert (by_kernel.folder / "first" / name).read_bytes() == (made.folder / "first" / name).read_bytes()


@pytest.mark.skipif(sys.platform != "linux", reason="only there is the memory of a process held to a limit")
@pytest.mark.parametrize("forks", [True, False])
def test_a_brief_that_takes_too_much_memory_fails_alone(forks: bool, database: Path, tmp_path: Path) -> None:
    greedy = "if province_code == '48':\n    held = bytearray(4 * 2**30)"
    made = make(
        database, tmp_path, READ, greedy, COVER, provinces=PROVINCES[1:3], memory_bytes=2**31, forks=forks
    )
    assert made.results["fails"].error == "fails/brief.ipynb, cell [4]: MemoryError: "
    assert made.files("fails") == ["brief.ipynb", "data.xlsx", "plan_draft.docx"]
    assert made.results["second"].error is None
    assert made.files("second") == FILES


@pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux gives orphans to a process that asks for them"
)
def test_one_that_hangs_is_given_up_and_what_a_brief_has_started_ends_with_it(
    database: Path, tmp_path: Path
) -> None:
    pids = tmp_path / "pids"
    starts = f"""
import subprocess, sys, time
code = "import subprocess, sys, time; print(subprocess.Popen(['sleep', '600']).pid, flush=True); time.sleep(600)"
child = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, start_new_session=True)
open({str(pids)!r}, "a").write(f"{{child.pid}} {{child.stdout.readline()}}")
if province_code == "48":
    time.sleep(600)
"""
    made = make(database, tmp_path, READ, starts, COVER, provinces=PROVINCES[1:3], seconds_at_most=25.0)
    assert made.results["second"].error is None
    assert made.files("second") == FILES
    assert made.results["fails"].error == "ใช้เวลาเกิน 25 วินาที จึงถูกหยุด (killed by SIGKILL)"
    assert made.results["fails"].seconds < 50
    assert made.files("fails") == ["brief.ipynb", "data.xlsx", "plan_draft.docx"]
    started = [int(pid) for pid in pids.read_text().split()]
    assert len(started) == 4
    assert not any(_is_alive(pid) for pid in started)


def test_no_provinces_need_no_process(database: Path, tmp_path: Path) -> None:
    assert make(database, tmp_path, "1", provinces=[]).results == {}


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process that its parent ended")
@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGINT])
def test_children_end_with_their_parent(blow: signal.Signals, database: Path, tmp_path: Path) -> None:
    pids = tmp_path / "pids"
    sleeper = f"import os, time\nopen({str(pids)!r}, 'a').write(f'{{os.getpid()}} {{os.getppid()}}\\n')\ntime.sleep(60)"
    notebook = write_notebook(tmp_path / "source.ipynb", sleeper)
    script = textwrap.dedent(f"""
        from pathlib import Path
        from pipeline.briefs import Making, make_briefs
        make_briefs(
            Path({str(database)!r}), Path({str(tmp_path / "briefs")!r}), provinces={PROVINCES[:2]!r},
            fiscal_year_be=2565, jobs=2, progress=lambda slug: None, making=Making(notebook=Path({str(notebook)!r})),
        )""")
    with subprocess.Popen([sys.executable, "-c", script], cwd=PROJECT, stderr=subprocess.DEVNULL) as parent:
        _wait_until(lambda: pids.is_file() and len(pids.read_text().splitlines()) == 2)
        parent.send_signal(blow)
    family = {int(pid) for pid in pids.read_text().split()}
    assert len(family) == 3
    _wait_until(lambda: not any(_is_alive(pid) for pid in family))


def _wait_until(holds: Callable[[], bool], seconds: float = 90) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.05)


def _is_alive(pid: int) -> bool:
    try:
        return (
            Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z" and os.getpgid(pid) > 0
        )
    except (FileNotFoundError, ProcessLookupError):
        return False
