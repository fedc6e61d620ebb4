"""The small warehouse of view_rows, for those who read its views as frames."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from pipeline.brief_text.reading import read_rows
from tests.integration import view_rows

Read = Callable[..., pd.DataFrame]


@pytest.fixture(scope="session")
def small_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("views") / "baseline.duckdb"
    view_rows.build(path)
    return path


@pytest.fixture(scope="module")
def read(small_warehouse: Path) -> Iterator[Read]:
    with duckdb.connect(str(small_warehouse), read_only=True) as connection:
        yield lambda sql, **values: read_rows(connection, sql, **values)
