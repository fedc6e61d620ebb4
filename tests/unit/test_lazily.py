"""Imports that leave out what nobody here uses: late modules work as ever, and nothing else is changed."""

from __future__ import annotations

import gc
import importlib
import subprocess
import sys

import pytest

from pipeline.lazily import LEFT_OUT, spared
from pipeline.settings import PROJECT

_STARTED = """
import sys, warnings
from datetime import UTC, datetime
warnings.simplefilter("ignore")
from pipeline.checks.suites import start_engine
engine = start_engine(datetime.now(UTC))
print([name for name in ("altair.vegalite", "scipy.stats._stats_py", "rfc3987_syntax") if name in sys.modules])
from great_expectations.expectations.core import expect_column_kl_divergence_to_be_less_than as drawn
print(round(float(drawn.stats.entropy([0.5, 0.5], base=2)), 6), drawn.alt.Chart.__name__)
"""


def test_a_late_module_is_loaded_when_it_is_first_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "colorsys", raising=False)
    with spared(("colorsys",)):
        late = importlib.import_module("colorsys")
    assert "rgb_to_hls" not in object.__getattribute__(late, "__dict__")
    assert late.rgb_to_hls(0.0, 0.0, 0.0) == (0.0, 0.0, 0.0)
    assert "rgb_to_hls" in object.__getattribute__(late, "__dict__")


def test_what_is_left_out_is_left_out_in_the_block_only(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in LEFT_OUT:
        monkeypatch.delitem(sys.modules, name, raising=False)
    finders, is_collecting = list(sys.meta_path), gc.isenabled()
    with spared():
        assert not gc.isenabled()
        with pytest.raises(ImportError):
            importlib.import_module(LEFT_OUT[0])
    assert sys.meta_path == finders
    assert gc.isenabled() == is_collecting
    assert not {*LEFT_OUT} & {*sys.modules}


def test_great_expectations_starts_without_what_only_distributions_need_and_has_it_when_they_do() -> None:
    """In a process of its own: in this one somebody may have used them."""
    done = subprocess.run(
        [sys.executable, "-c", _STARTED], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert done.stdout.split("\n")[:2] == ["[]", "1.0 Chart"], done.stderr


_WARMED = """
import sys
from pipeline.briefs.maker import _FOR_FETCHING
from pipeline.lazily import spared
with spared(_FOR_FETCHING):
    import papermill.iorw
print("requests.adapters" in sys.modules)
print(papermill.iorw.requests.get.__name__, "requests.adapters" in sys.modules)
"""
_FROZEN = """
import gc
from pipeline.lazily import spared
with spared():
    import duckdb
duckdb.connect()
print(gc.get_freeze_count())
"""


def test_papermill_starts_without_what_only_fetching_needs_and_has_it_when_it_does() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", _WARMED],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.split("\n")[:2] == ["False", "get True"], done.stderr


def test_what_is_imported_is_not_looked_through_and_duckdb_tells_of_no_leak_at_the_end() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _FROZEN], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert int(done.stdout) > 1000
    assert done.stderr == ""
