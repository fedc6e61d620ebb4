"""The open acceptance cases: every amount found and nothing extra, by their own scorer."""

import json
import subprocess
import sys
from pathlib import Path

import duckdb

from pipeline.ingest import ingest
from tests.conftest import shared_folder


def test_the_scorer_finds_every_amount_and_nothing_extra(tmp_path: Path) -> None:
    folder = shared_folder("acceptance")
    database = tmp_path / "baseline.duckdb"
    ingest(folder / "raw", database, jobs=1, progress=lambda stage, done, total: None)
    command = [sys.executable, str(folder / "score.py"), str(database), str(folder / "truth.json")]
    scored = subprocess.run(command, capture_output=True, text=True, check=False)
    amounts = sum(
        not case.get("optional") for case in json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    )
    assert scored.stdout.splitlines()[-1] == f"found {amounts} of {amounts}, extra 0"
    assert scored.returncode == 0
    with duckdb.connect(str(database), read_only=True) as connection:
        assert connection.execute("SELECT count(*) FROM core_indicator").fetchone() == (0,)
