"""Every figure of every view that can be traced is given again by its cells, on a small warehouse."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import duckdb
import pytest

from pipeline import store
from pipeline.errors import UsageError
from pipeline.trace import Address, make_address
from pipeline.trace.cells import Reader
from pipeline.trace.derived import Tracer
from pipeline.trace.figure import Traced
from pipeline.trace.lineage import load_lineage
from pipeline.trace.lines import HIDDEN_TH, describe_figure
from pipeline.trace.rows import Rows
from pipeline.views.keep import keep_views
from tests.integration import view_rows

NUMBERS = ("INTEGER", "BIGINT", "DOUBLE", "DECIMAL", "HUGEINT", "FLOAT")


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    path = tmp_path_factory.mktemp("trace") / "baseline.duckdb"
    view_rows.build(path)
    # As in a release; else each question would work its view out again.
    with store.open_for_writing(path) as warehouse:
        keep_views(warehouse)
    with store.open_for_reading(path) as opened:
        yield opened


def trace(connection: duckdb.DuckDBPyConnection, view: str, column: str, **keys: object) -> Traced:
    return Tracer(Reader(connection), Rows(connection)).trace(make_address(view, column, keys))


def trace_or_none(tracer: Tracer, address: Address) -> Traced | None:
    """Trace a figure; None where its row has none, or is one that has no way back and says so."""
    try:
        return tracer.trace(address)
    except UsageError as error:
        if "ไม่มีตัวเลขในฉบับนี้" not in str(error) and "ย้อนกลับไม่ได้" not in str(error):
            raise
    return None


@pytest.mark.parametrize("view", load_lineage().views)
def test_every_figure_of_a_view_is_given_again_by_its_cells(
    connection: duckdb.DuckDBPyConnection, view: str
) -> None:
    known = load_lineage().views[view]
    rows = connection.execute(f"SELECT DISTINCT {', '.join(known.keys)} FROM {view}").fetchall()
    tracer, traced = Tracer(Reader(connection), Rows(connection)), 0
    for column in known.columns:
        for row in rows:
            address = make_address(view, column, dict(zip(known.keys, row, strict=True)))
            figure = trace_or_none(tracer, address)
            if figure is None:
                continue
            assert figure.is_equal, (str(address), figure.stated, figure.recomputed)
            assert figure.cells or figure.stated == 0, str(address)
            traced += 1
    assert traced >= len(known.columns) // 2


def test_every_view_and_number_is_traced_or_says_why_not(connection: duckdb.DuckDBPyConnection) -> None:
    lineage = load_lineage()
    sql = "SELECT table_name FROM information_schema.tables WHERE table_name LIKE 'out_%'"
    views = {name for (name,) in connection.execute(sql).fetchall()}
    assert views <= set(lineage.views) | set(lineage.untraced_views)
    for name, view in lineage.views.items():
        columns = [(column, kind) for column, kind, *_ in connection.execute(f"DESCRIBE {name}").fetchall()]
        numbers = {column for column, kind in columns if kind.startswith(NUMBERS)}
        assert numbers - set(view.keys) <= set(view.columns) | set(view.untraced), name
        assert set(view.keys) <= {column for column, _ in columns}, name


def test_hand_worked_figures(connection: duckdb.DuckDBPyConnection) -> None:
    summed = trace(
        connection, "out_project_summary", "amount_baht",
        province_code="64", fiscal_year_be=2566, measure="allocated",
    )  # fmt: skip
    # p1 800.00 in H6, and p3 the parts 50.00 and 70.00 in J8 and K8.
    own = {(cell.cell, cell.value) for cell in summed.cells}
    assert own >= {("H6", Decimal("800.00")), ("J8", Decimal("50.00")), ("K8", Decimal("70.00"))}
    assert sum(value for _, value in own) == summed.stated
    rate = trace(
        connection,
        "out_crime_rate",
        "rate_per_100000",
        province_code="64",
        year_be=2554,
        crime_group="violent",
    )
    # 12 events in 586,830.
    assert [(cell.value, cell.is_divisor) for cell in rate.cells] == [(12, False), (586_830, True)]
    assert round(float(rate.recomputed or 0), 2) == 2.04


def test_figures_with_only_some_keys_are_sums(connection: duckdb.DuckDBPyConnection) -> None:
    keys = {"province_code": "64", "fiscal_year_be": 2566, "measure": "allocated"}
    whole = trace(connection, "out_project_by_agency", "amount_baht", **keys)
    part = trace(connection, "out_project_by_agency", "amount_baht", **keys, agency_name="หน่วย ก")
    assert whole.n_rows > part.n_rows == 1
    assert whole.is_equal
    assert part.is_equal
    assert set(part.cells) < set(whole.cells)


def test_a_cell_that_differs_is_told(connection: duckdb.DuckDBPyConnection) -> None:
    figure = trace(
        connection, "out_project_summary", "n_projects",
        province_code="64", fiscal_year_be=2566, measure="requested",
    )  # fmt: skip
    worse = Traced(figure.address, figure.how_th, 1, 99, figure.recomputed, figure.cells)
    assert not worse.is_equal
    assert any("ไม่เท่ากัน" in line for line in describe_figure(worse, ""))


def test_what_may_not_be_shown_is_told_without_its_value(connection: duckdb.DuckDBPyConnection) -> None:
    figure = trace(connection, "out_population", "population", province_code="64", year_be=2554)
    assert any("586,830" in line for line in describe_figure(figure, "")[-1:])
    hidden = [type(cell)(**{**vars(cell), "is_hidden": True}) for cell in figure.cells]
    secret = Traced(figure.address, figure.how_th, 1, figure.stated, figure.recomputed, tuple(hidden))
    (line,) = describe_figure(secret, "")[-1:]
    assert HIDDEN_TH in line
    assert "586,830" not in line
    names = ("province_code", "indicator_code", "year_be", "period_basis", "period")
    sql = f"SELECT {', '.join(names)} FROM core_hidden_value WHERE period = 'year'"
    rows = connection.execute(sql).fetchall()
    assert rows
    for row in rows:
        with pytest.raises(UsageError, match="ไม่แสดงเพราะจำนวนน้อย"):
            trace(connection, "out_indicator", "value", **dict(zip(names, row, strict=True)))
