"""The lock on the folder of releases: one holder, told by name, and none that is dead."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.errors import EXIT_NOT_PUBLISHED, AlreadyRunning
from pipeline.lock import LOCK, held
from pipeline.settings import PROJECT

HOLDER = """
import sys, time
from pathlib import Path
from pipeline.lock import held
with held(Path(sys.argv[1]), "refresh"):
    print("held", flush=True)
    time.sleep(60)
"""


def start_holder(out: Path) -> subprocess.Popen[str]:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(out)], cwd=PROJECT, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    return holder


def test_who_comes_meanwhile_is_told_who_runs(tmp_path: Path) -> None:
    holder = start_holder(tmp_path)
    try:
        with pytest.raises(AlreadyRunning) as raised, held(tmp_path, "check"):
            pass
    finally:
        holder.kill()
        holder.communicate()
    assert "refresh" in str(raised.value)
    assert f"โปรเซส {holder.pid}" in str(raised.value)
    assert raised.value.exit_code == EXIT_NOT_PUBLISHED


def test_a_dead_process_holds_nothing(tmp_path: Path) -> None:
    holder = start_holder(tmp_path)
    os.kill(holder.pid, signal.SIGKILL)
    holder.communicate()
    with held(tmp_path, "refresh"):
        assert (tmp_path / LOCK).exists()
    assert list(tmp_path.iterdir()) == []


def test_it_is_let_go_where_the_work_fails(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no"), held(tmp_path, "refresh"):
        raise ValueError("no")
    with held(tmp_path, "refresh"):
        pass
