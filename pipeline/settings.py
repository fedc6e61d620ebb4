"""One frozen Settings: where things are and what this run is about; no logic beyond paths."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
# A copy of specs/ to try changes on, before they are made in the project.
SPECS = Path(os.environ.get("PIPELINE_SPECS") or PROJECT / "pipeline" / "specs")
SQL = PROJECT / "pipeline" / "sql"
TEMPLATES = PROJECT / "pipeline" / "templates"
NOTEBOOKS = PROJECT / "notebooks"
# What is made of the program alone; `make clean` takes it away.
KEPT = PROJECT / ".kept"
SAMPLE_FOLDER = "sample"
# What the environment says of a run; a run at night has another environment, and is told.
SAID_BY_ENVIRONMENT = ("PIPELINE_SPECS", "PIPELINE_WITHOUT")
# One brief takes seconds and a few hundred MB; what takes so much more is broken, and would hold up the others.
BRIEF_SECONDS = 600.0
BRIEF_MEMORY_BYTES = 4 * 2**30
BUNDLED_SAMPLE = PROJECT / "raw_data" / SAMPLE_FOLDER


@dataclass(frozen=True)
class Settings:
    """What a run is told on its command line.

    Attributes:
        raw: the folder of received files; only read.
        out: the folder of releases.
        province_codes: the provinces that get a brief; empty for every province that has data.
        fiscal_year_be: the Buddhist fiscal year in focus; None for the newest that most provinces have money of.
        jobs: processes at once.
        scheduler: the address of a Dask cluster that reads the files and makes the briefs, as tcp://host:8786; None
            for processes of this machine.
        brief_seconds: how long one brief may take.
        brief_memory_bytes: how much memory one brief may take beside what all share.
        is_full: whether all is done anew, whatever the release before has of it.
        days_to_correct: by how many days after the run the offices are asked for their corrected workbooks.
    """

    raw: Path = field(default=PROJECT / "raw_data")
    out: Path = field(default=PROJECT / "outputs")
    province_codes: tuple[str, ...] = ()
    fiscal_year_be: int | None = None
    jobs: int = 2
    scheduler: str | None = None
    brief_seconds: float = BRIEF_SECONDS
    brief_memory_bytes: int = BRIEF_MEMORY_BYTES
    days_to_correct: int = 15
    is_full: bool = False

    @property
    def build(self) -> Path:
        """The folder where the next release is made, beside the published ones."""
        return self.out / ".build"

    @property
    def database(self) -> Path:
        """The warehouse of the release that is being made."""
        return self.build / "baseline.duckdb"
