"""Every notebook runs top to bottom, by papermill and by hand, where it lies; and JupyterLab opens it."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from pipeline import lab, release
from pipeline.briefs.execute import run_notebook
from pipeline.errors import NothingToPublish, UsageError
from pipeline.settings import NOTEBOOKS, PROJECT

ALL = sorted(path.name for path in NOTEBOOKS.glob("*.ipynb"))
WITHOUT_DATA = "50"


def figures_of(notebook: nbformat.NotebookNode) -> int:
    """How many figures a notebook shows."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    return sum("image/png" in output.get("data", {}) for output in outputs)


def written(notebook: nbformat.NotebookNode) -> str:
    """What a notebook prints and writes."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    return "\n".join(str(output.get("text") or output.get("data", "")) for output in outputs)


@pytest.fixture(scope="module")
def house(sample_release: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project's folder with its notebooks and a published release beside them."""
    folder = tmp_path_factory.mktemp("house")
    shutil.copytree(NOTEBOOKS, folder / "notebooks", ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    (folder / "outputs").symlink_to(sample_release / "out")
    return folder


@pytest.mark.parametrize("name", ALL)
def test_a_notebook_runs_by_hand_where_it_lies(
    house: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(PROJECT))
    notebook = nbformat.read(house / "notebooks" / name, as_version=4)
    resources = {"metadata": {"path": str(house / "notebooks")}}
    NotebookClient(notebook, kernel_name="python3", resources=resources, timeout=300).execute()
    assert figures_of(notebook) >= 1


@pytest.mark.parametrize("province_code", ["64", WITHOUT_DATA])
@pytest.mark.parametrize("name", [name for name in ALL if name != "province_brief.ipynb"])
def test_a_notebook_runs_by_papermill(
    house: Path, name: str, province_code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(PROJECT))
    database = str(house / "outputs" / "current" / release.WAREHOUSE)
    given = {"database": database, "province_code": province_code, "fiscal_year_be": 2565}
    run_notebook(NOTEBOOKS / name, tmp_path / name, parameters=given, in_process=False)
    executed = nbformat.read(tmp_path / name, as_version=4)
    assert all(cell.execution_count for cell in executed.cells if cell.cell_type == "code")
    if name == "explore.ipynb":
        assert figures_of(executed) == (10 if province_code == "64" else 4)
        assert ("ยังไม่มีข้อมูลของคำถามนี้" in written(executed)) == (province_code == WITHOUT_DATA)


@pytest.mark.parametrize("name", ALL)
def test_nbstripout_finds_nothing(name: str) -> None:
    command = [sys.executable, "-m", "nbstripout", "--verify", "--keep-id", str(NOTEBOOKS / name)]
    assert subprocess.run(command, check=False).returncode == 0


def test_the_ten_questions_are_ten() -> None:
    cells = nbformat.read(NOTEBOOKS / "explore.ipynb", as_version=4).cells
    asked = [cell.source for cell in cells if "= ask(" in cell.source]
    assert len(asked) == 10
    assert all("SELECT" in source and "figures." in source for source in asked)
    assert not re.search(r"\braw_\w+", "\n".join(asked))


@pytest.fixture
def out(sample_release: Path, tmp_path: Path) -> Path:
    """A folder of releases of one's own."""
    published = release.resolve_current(sample_release / "out")
    assert published is not None
    (tmp_path / release.RELEASES).mkdir()
    (tmp_path / release.RELEASES / published.name).symlink_to(published)
    (tmp_path / release.CURRENT).write_text(f"{release.RELEASES}/{published.name}\n", encoding="utf-8")
    return tmp_path


def test_the_copies_are_ones_own_and_read_their_release(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lab, "find_spec", lambda name: name)
    prepared = lab.prepare_lab(out, opens_browser=False)
    assert {path.name for path in prepared.folder.glob("*.ipynb")} == set(ALL)
    assert prepared.folder.parent == out / "explore"
    mine = prepared.folder / "explore.ipynb"
    named = re.search(r'^database = "(.+)"$', nbformat.read(mine, 4).cells[1].source, flags=re.MULTILINE)
    assert named is not None
    assert (prepared.folder / named[1]).resolve().name == release.WAREHOUSE
    mine.write_text("mine", encoding="utf-8")
    assert lab.prepare_lab(out, opens_browser=False) == prepared
    assert mine.read_text(encoding="utf-8") == "mine"
    assert "--no-browser" in prepared.command


def test_what_is_missing_is_told(out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NothingToPublish, match="make refresh"):
        lab.prepare_lab(tmp_path / "empty")
    monkeypatch.setattr(lab, "find_spec", lambda name: None)
    with pytest.raises(UsageError, match="make explore"):
        lab.prepare_lab(out)


def test_jupyterlab_opens_the_notebooks(out: Path) -> None:
    pytest.importorskip("jupyterlab", reason="JupyterLab is installed by make explore only")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    prepared = lab.prepare_lab(out, opens_browser=False)
    more = ("--allow-root", f"--ServerApp.port={port}", "--IdentityProvider.token=", "--ServerApp.password=")
    with subprocess.Popen([*prepared.command, *more], stderr=subprocess.DEVNULL) as server:
        try:
            listed = _ask(f"http://127.0.0.1:{port}/api/contents", seconds=60)
        finally:
            server.terminate()
    assert "explore.ipynb" in listed


def _ask(address: str, *, seconds: float) -> str:
    """Ask until there is an answer."""
    until = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                return str(answer.read().decode("utf-8"))
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.5)
