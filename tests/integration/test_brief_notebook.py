"""The notebook of a province's brief, run cell by cell in this process on a small warehouse."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from IPython.display import Markdown

from pipeline.brief_text.reading import QUERIES
from pipeline.brief_text.study.frames import VIEWS
from pipeline.settings import NOTEBOOKS
from tests.integration import view_rows
from tests.integration.view_rows import EMPTY_PROVINCE

NOTEBOOK = json.loads((NOTEBOOKS / "province_brief.ipynb").read_text(encoding="utf-8"))
CODE = ["".join(cell["source"]) for cell in NOTEBOOK["cells"] if cell["cell_type"] == "code"]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("notebook") / "baseline.duckdb"
    view_rows.build(path)
    return path


def bundle_of(item: Any) -> dict[str, Any]:
    """What JupyterLab would be given of a chart, a table or a piece of Markdown."""
    if isinstance(item, Markdown):
        return {"text/markdown": item.data}
    bundle: dict[str, Any] = item._repr_mimebundle_()[0]
    return bundle


def run_notebook(database: Path, province_code: str) -> list[dict[str, Any]]:
    """Run the notebook's cells in this process; the bundles that it shows, in order."""
    shown: list[dict[str, Any]] = []

    def display(*items: Any, raw: bool = False) -> None:
        shown.extend(item if raw else bundle_of(item) for item in items)

    program = "\n".join(CODE[1:]).replace("import Markdown, display", "import Markdown")
    given = {
        "database": str(database),
        "province_code": province_code,
        "fiscal_year_be": 2565,
        "display": display,
    }
    exec(compile(program, "province_brief", "exec"), given)
    return shown


def test_the_notebook_is_thin_and_carries_no_output() -> None:
    cells = [cell for cell in NOTEBOOK["cells"] if cell["cell_type"] == "code"]
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in cells)
    assert sum(bool(line.strip()) for cell in CODE for line in cell.splitlines()) < 150
    assert cells[0]["metadata"]["tags"] == ["parameters"]
    assert re.findall(r"^(\w+) =", CODE[0], flags=re.MULTILINE) == [
        "database",
        "province_code",
        "fiscal_year_be",
    ]
    assert NOTEBOOK["metadata"]["kernelspec"]["name"] == "python3"


def test_the_notebook_reads_no_raw_table() -> None:
    read = "\n".join([*CODE, *QUERIES.values(), *(f"out_{view}" for view in VIEWS)])
    tables = set(re.findall(r"\b(?:raw|core|out|quality)_\w+", read))
    assert {name.split("_")[0] for name in tables} == {"core", "out", "quality"}


def test_a_province_without_data_gets_words_and_no_figure(database: Path) -> None:
    shown = run_notebook(database, EMPTY_PROVINCE)
    told = "\n".join(bundle.get("text/markdown", "") for bundle in shown)
    assert not any("image/png" in bundle for bundle in shown)
    tables = [bundle["text/plain"] for bundle in shown[1:] if "text/html" in bundle]
    assert tables == ["ตารางที่ 1 ตัวเลขของจังหวัดสตูลที่ต่างจากฉบับก่อน และสิ่งที่เปลี่ยน"], "what was withdrawn is told"
    assert told.count("ไม่มีข้อมูล") > 10
    assert not re.search(r"(?<![\d.,])0(?:\.00)? (?:บาท|คน|คดี|ล้านบาท)", told)


def test_a_province_with_data_gets_its_figures_numbered_and_named(database: Path) -> None:
    shown = run_notebook(database, "64")
    figures = [bundle["text/plain"] for bundle in shown if "image/png" in bundle]
    tables = [bundle["text/plain"] for bundle in shown if "text/html" in bundle and "text/plain" in bundle]
    assert [caption.split()[1] for caption in figures] == [str(n) for n in range(1, len(figures) + 1)]
    assert [caption.split()[1] for caption in tables] == [str(n) for n in range(1, len(tables) + 1)]
    assert len(figures) >= 5
    told = "\n".join(bundle.get("text/markdown", "") for bundle in shown)
    assert "**ข้อมูลตัวอย่าง: ห้ามใช้อ้างอิงหรือตัดสินใจ**" in told
    assert "300,000.35" in told
    assert "เทียบกับฉบับ r0: ข้อค้นพบหมดไป 1 เพิ่มมา 1 ยังอยู่ 1 รายการ" in told
    assert "มีโครงการเพิ่ม 0 หาย 1 แก้ไข 1 โครงการ" in told
    assert "นักวิเคราะห์แก้ 1 ช่อง" in told
    assert "999,999.00" not in told
    assert r"\newpage" in [bundle.get("text/markdown") for bundle in shown]
