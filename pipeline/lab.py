"""JupyterLab on the published release: the notebooks are copied beside it, the warehouse is only read.

The copies are a person's own: they may be run and saved, the project's notebooks stay without output, and what is
already in the folder is never written over.
"""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import nbformat

from pipeline.errors import NothingToPublish, UsageError
from pipeline.release import WAREHOUSE, resolve_current
from pipeline.settings import NOTEBOOKS, PROJECT

EXPLORE_FOLDER = "explore"
FIRST = "explore.ipynb"
DATABASE = "database = "
INSTALL = "python -m pip install --require-hashes -r notebooks/requirements.lock"
# It asks no other machine for news, updates or extensions.
OFFLINE = (
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    "--LabApp.news_url=None",
    "--LabApp.extension_manager=readonly",
)


@dataclass(frozen=True)
class Lab:
    """A JupyterLab that is ready to be started.

    Attributes:
        release: the release that its notebooks read.
        folder: where the copies of the notebooks are.
        command: what starts it.
    """

    release: str
    folder: Path
    command: tuple[str, ...]

    def run(self) -> int:
        """Run it until it is ended; returns its exit code."""
        path = os.pathsep.join([str(PROJECT), *filter(None, [os.environ.get("PYTHONPATH")])])
        try:
            return subprocess.run(
                self.command, cwd=self.folder, env=os.environ | {"PYTHONPATH": path}, check=False
            ).returncode
        except KeyboardInterrupt:
            return 0


def prepare_lab(out: Path, *, opens_browser: bool = True) -> Lab:
    """Lay copies of the notebooks under OUT/explore/RELEASE and make the command that opens them.

    Raises:
        NothingToPublish: nothing is published yet.
        UsageError: JupyterLab is not installed; says what to type.
    """
    published = resolve_current(out)
    if published is None:
        raise NothingToPublish("ยังไม่มีการเผยแพร่  พิมพ์ make refresh")
    if find_spec("jupyterlab") is None:
        raise UsageError(f"ยังไม่มี JupyterLab ในสภาพแวดล้อมนี้  พิมพ์ make explore ซึ่งติดตั้งให้ หรือ {INSTALL}")
    folder = copy_notebooks(published, out / EXPLORE_FOLDER / published.name)
    quiet = () if opens_browser else ("--no-browser",)
    root = f"--ServerApp.root_dir={folder}"
    command = (sys.executable, "-m", "jupyterlab", root, *OFFLINE, *quiet, str(folder / FIRST))
    return Lab(published.name, folder, command)


def copy_notebooks(release: Path, folder: Path) -> Path:
    """Copy each notebook that is not there yet, its database set to the release's own; returns the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    database = Path(os.path.relpath(release / WAREHOUSE, folder)).as_posix()
    for source in sorted(NOTEBOOKS.glob("*.ipynb")):
        if not (folder / source.name).exists():
            nbformat.write(_set_database(source, database), folder / source.name)
    return folder


def _set_database(source: Path, database: str) -> nbformat.NotebookNode:
    """A notebook whose parameters name this database."""
    notebook = nbformat.read(source, as_version=4)
    for cell in notebook.cells:
        if "parameters" in cell.metadata.get("tags", []):
            lines = cell.source.splitlines()
            named = [f'{DATABASE}"{database}"' if line.startswith(DATABASE) else line for line in lines]
            cell.source = "\n".join(named)
    return notebook
