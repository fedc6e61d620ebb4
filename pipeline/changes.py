"""changes.html: what is otherwise than in the release before, and what analysts corrected."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import jinja2

from pipeline import store
from pipeline.brief_text.since import name_amounts, name_field
from pipeline.brief_text.templates import label
from pipeline.inspect.model import load_words
from pipeline.inspect.places import say_place
from pipeline.provinces import load_gazetteer
from pipeline.release import WAREHOUSE
from pipeline.render.fonts import embedded_face
from pipeline.render.script import load_script
from pipeline.settings import TEMPLATES
from pipeline.thai import thai_date

CHANGES_PAGE = "changes.html"
SHOWN = 500
_COUNTS = """
SELECT severity, count(*) FILTER (change = 'gone') AS gone, count(*) FILTER (change = 'new') AS new,
       count(*) FILTER (change = 'stays') AS stays
FROM out_finding_change GROUP BY severity ORDER BY list_position(['error', 'warning', 'info'], severity)"""
_FINDINGS = f"""
SELECT *, count(*) OVER () AS n_all FROM out_finding_change
WHERE change = ? AND (severity <> 'info' OR change <> 'stays') LIMIT {SHOWN}"""
_ROWS = f"SELECT *, count(*) OVER () AS n_all FROM out_submission_change LIMIT {SHOWN}"
# What was sent once is no history; the newest stands above what it replaced.
_HISTORY = f"""
SELECT *, count(*) OVER () AS n_all FROM out_submission_history
WHERE status <> 'loaded' OR path IN (SELECT replaced_by_path FROM out_submission_history) LIMIT {SHOWN}"""
_FIGURES = f"""
SELECT c.*, d.name_th, CASE WHEN c.figure = 'indicator' THEN d.unit ELSE 'บาท' END AS unit, count(*) OVER () AS n_all
FROM out_release_change AS c
LEFT JOIN core_indicator_definition AS d ON c.figure = 'indicator' AND d.indicator_code = c.code
ORDER BY c.province_code NULLS FIRST, c.figure DESC, c.code, c.year_be DESC, c.period LIMIT {SHOWN}"""
_CORRECTIONS = f"SELECT *, count(*) OVER () AS n_all FROM out_correction LIMIT {SHOWN}"
_EARLIER = """
SELECT DISTINCT earlier_release AS name FROM out_finding_change WHERE earlier_release IS NOT NULL
UNION SELECT DISTINCT release_name FROM core_previous_figure"""
_HEADS = (("gone", "ข้อค้นพบที่หมดไป"), ("new", "ข้อค้นพบที่เพิ่มมา"), ("stays", "ข้อค้นพบที่ยังอยู่ (ไม่รวมระดับแจ้งให้ทราบ)"))


def write_changes(build: Path) -> None:
    """Write the page of the release that is being built."""
    with store.open_for_reading(build / WAREHOUSE) as connection:
        page = _render(connection)
    (build / CHANGES_PAGE).write_text(page, encoding="utf-8", newline="\n")


def _render(connection: duckdb.DuckDBPyConnection) -> str:
    """Fill the page's template from the warehouse."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters.update(
        thai_date=thai_date,
        name_field=name_field,
        name_amounts=name_amounts,
        why_th=_say_why,
        money_th=_say_money,
        number_th=_say_number,
    )
    environment.globals.update(say_place=say_place)
    return environment.get_template("changes.html").render(
        release=_rows(connection, "SELECT * FROM core_release")[0],
        earlier=[row["name"] for row in _rows(connection, _EARLIER)],
        figures=_rows(connection, _FIGURES),
        counts=_rows(connection, _COUNTS),
        findings=[(name, head, _rows(connection, _FINDINGS, name)) for name, head in _HEADS],
        changed=_rows(connection, _ROWS),
        history=_rows(connection, _HISTORY),
        corrections=_rows(connection, _CORRECTIONS),
        words=load_words(),
        script=load_script("tables"),
        names={code: province.name_th for code, province in load_gazetteer().provinces.items()},
        faces=[(weight, embedded_face(face)) for weight, face in ((400, "Regular"), (700, "Bold"))],
    )


def _say_why(why: str) -> str:
    """Name in Thai why a figure changed."""
    return label("why", why)


def _say_money(code: str, figure: str) -> str:
    """Name a stage of money in Thai."""
    return f"{label('figure', figure)}: {label('measure' if figure == 'project' else 'stage', code)}"


def _say_number(value: Decimal | None) -> str:
    """Write a value as exactly as it is known; nothing where there is none."""
    if value is None:
        return ""
    whole, _, part = f"{value:,.6f}".partition(".")
    return f"{whole}.{part.rstrip('0')}".rstrip(".")


def _rows(connection: duckdb.DuckDBPyConnection, sql: str, *values: str) -> list[dict[str, Any]]:
    """Run a query and give each row by column name."""
    result = connection.execute(sql, list(values))
    names = [column[0] for column in result.description]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]
