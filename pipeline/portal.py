"""The way in: index.html, which leads to every brief, the state of the data, and what was refused and why."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb
import jinja2

from pipeline import store
from pipeline.board import read_board
from pipeline.gates import load_gates
from pipeline.inspect import INSPECT_FOLDER
from pipeline.release import WAREHOUSE
from pipeline.render.fonts import embedded_face
from pipeline.returns import list_returned
from pipeline.settings import TEMPLATES
from pipeline.thai import thai_date

_SHOWN_CELLS = 5
_NATIONAL = (
    ("ทุกจังหวัด: ความครอบคลุม คุณภาพ และการกระจาย", "national"),
    ("บทเรียนจากข้อมูลที่ได้รับ", "national/lessons"),
)
_PROVINCES = """
SELECT p.province_code, p.name_th, p.slug,
       (SELECT count(*) FROM core_budget_line AS b WHERE b.province_code = p.province_code) AS budget_lines,
       (SELECT count(*) FROM core_project AS j WHERE j.province_code = p.province_code AND j.is_current) AS projects,
       (SELECT count(value) FROM core_indicator AS i WHERE i.province_code = p.province_code) AS indicator_values,
       coalesce(q.errors, 0) AS errors, coalesce(q.warnings, 0) AS warnings, coalesce(i.n_failed, 0) AS n_failed
FROM core_province AS p
LEFT JOIN (SELECT province_code, count(*) FILTER (severity = 'error') AS errors,
                  count(*) FILTER (severity = 'warning') AS warnings
           FROM quality_issue GROUP BY province_code) AS q USING (province_code)
LEFT JOIN out_failed_identity AS i USING (province_code)
ORDER BY p.province_code"""
_FILES = "SELECT file_id, path, status, reason, container, received_on FROM raw_file WHERE status = ? ORDER BY path"
_SHEETS = "SELECT file_id, sheet, sheet_number FROM raw_sheet ORDER BY file_id, sheet_number"
_TABLES = """
SELECT f.path, t.file_id, t.sheet, t.reason FROM raw_table AS t JOIN raw_file AS f USING (file_id)
WHERE t.status = 'refused' AND f.status = 'loaded' ORDER BY f.path, t.sheet"""
_RULES = """
SELECT rule, severity, count(*) AS findings, arg_min(message_th, place) AS example,
       list(DISTINCT place ORDER BY place) AS places
FROM (SELECT *, coalesce(path, 'ทั้งชุดข้อมูล') || coalesce(' › ' || sheet, '') || coalesce(' › ' || cell, '') AS place
      FROM quality_issue)
GROUP BY rule, severity
ORDER BY list_position(['error', 'warning', 'info'], severity), findings DESC, rule"""
_ISSUES = "SELECT * EXCLUDE (stage) FROM quality_issue ORDER BY severity, rule, path, sheet, cell, message_th"


def write_portal(build: Path, counts: dict[str, Any]) -> None:
    """Write index.html and issues.csv of the release that is being built."""
    with store.open_for_reading(build / WAREHOUSE) as connection:
        page = _render(connection, build, counts)
        _write_issues(connection, build / "issues.csv")
    (build / "index.html").write_text(page, encoding="utf-8")


def _render(connection: duckdb.DuckDBPyConnection, build: Path, counts: dict[str, Any]) -> str:
    """Fill the page's template from the warehouse and from what was made."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters["thai_date"] = thai_date
    provinces = _rows(connection, _PROVINCES)
    release = _rows(connection, "SELECT * FROM core_release")[0]
    rules = [
        {**rule, "shown": rule["places"][:_SHOWN_CELLS], "more": max(len(rule["places"]) - _SHOWN_CELLS, 0)}
        for rule in _rows(connection, _RULES)
    ]
    return environment.get_template("portal.html").render(
        release=release,
        counts=counts,
        rules=rules,
        board=read_board(connection),
        draft_over=load_gates().draft_over,
        provinces=_with_formats(provinces, build, counts.get("failed_briefs", {})),
        national=_list_national(build, counts.get("failed_briefs", {})),
        all_provinces=[(province["slug"], province["name_th"]) for province in provinces],
        refused=_rows(connection, _FILES, "refused"),
        refused_tables=_rows(connection, _TABLES),
        others=[
            row
            for status in ("loaded", "superseded", "duplicate")
            for row in _rows(connection, _FILES, status)
        ],
        sheets=_sheet_links(connection, build),
        returned=list_returned(build),
        status_th={"loaded": "นำเข้าแล้ว", "superseded": "มีฉบับใหม่แทน", "duplicate": "ซ้ำกับไฟล์อื่น"},
        severity_th={"error": "ผิดพลาด", "warning": "ควรตรวจ", "info": "แจ้งให้ทราบ"},
        faces=[(weight, embedded_face(face)) for weight, face in ((400, "Regular"), (700, "Bold"))],
    )


def _sheet_links(connection: duckdb.DuckDBPyConnection, build: Path) -> dict[str, list[tuple[str, str]]]:
    """Each file's sheets by name, with the page that shows what was understood of them."""
    links: dict[str, list[tuple[str, str]]] = {}
    for row in _rows(connection, _SHEETS):
        link = f"{INSPECT_FOLDER}/{row['file_id']}/{row['sheet_number']}.html"
        if (build / link).exists():
            links.setdefault(row["file_id"], []).append((row["sheet"], link))
    return links


def _rows(connection: duckdb.DuckDBPyConnection, sql: str, *values: str) -> list[dict[str, Any]]:
    """Run a query and give each row by column name."""
    result = connection.execute(sql, list(values))
    names = [column[0] for column in result.description]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def _with_formats(
    provinces: list[dict[str, Any]], build: Path, failed: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Keep the provinces that have a brief's folder, with the files that are in it, or whose brief has failed."""
    shown = []
    for province in provinces:
        folder = build / "briefs" / province["slug"]
        if folder.is_dir() or province["slug"] in failed:
            formats = [
                (label, f"briefs/{province['slug']}/{name}")
                for label, name in _FORMATS
                if (folder / name).exists()
            ]
            shown.append({**province, "formats": formats})
    return shown


def _list_national(build: Path, failed: Mapping[str, str]) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """The documents across all provinces by name and slug, each with the files that were made of it."""
    documents = []
    for name, folder in _NATIONAL:
        formats = [
            (label, f"{folder}/{file}") for label, file in _FORMATS if (build / folder / file).exists()
        ]
        slug = Path(folder).name
        if formats or slug in failed:
            documents.append((name, slug, formats))
    return documents


def _write_issues(connection: duckdb.DuckDBPyConnection, target: Path) -> None:
    """Write quality_issue for a spreadsheet: UTF-8 with BOM, no cell that a spreadsheet would run as a formula."""
    result = connection.execute(_ISSUES)
    with target.open("w", encoding="utf-8-sig", newline="") as lines:
        writer = csv.writer(lines)
        writer.writerow([column[0] for column in result.description])
        writer.writerows([_harmless(value) for value in row] for row in result.fetchall())


def _harmless(value: Any) -> Any:
    """Keep a received text that begins as a formula from running as one."""
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@")) else value


_FORMATS = (
    ("เว็บ", "brief.html"),
    ("Word", "brief.docx"),
    ("PDF", "brief.pdf"),
    ("ตาราง", "data.xlsx"),
    ("ร่างแผน", "plan_draft.docx"),
    ("โน้ตบุ๊ก", "brief.ipynb"),
)
