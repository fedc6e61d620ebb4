"""The Data Docs: Great Expectations' own pages, which here open without a network and show no personal data.

Its templates link style sheets, fonts and scripts on eight hosts and draw their tables by script. The templates in
views/ stand before them: one style sheet inside each page, plain tables, no script, nothing fetched.
"""

from __future__ import annotations

import html
import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.checks.suites import Engine, SuiteRun

VIEWS = Path(__file__).parent / "views"
SITE_NAME = "quality"
_VALUE, _PLACE = "ค่าที่พบ", "อยู่ที่"
_LISTS = (
    "unexpected_list",
    "unexpected_index_list",
    "partial_unexpected_list",
    "partial_unexpected_index_list",
)
_WORDS_TH = {
    "Overview": "ภาพรวม",
    "Statistics": "สรุป",
    "Evaluated Expectations": "กฎที่ตรวจ",
    "Successful Expectations": "ผ่าน",
    "Unsuccessful Expectations": "ไม่ผ่าน",
    "Success Percent": "ร้อยละที่ผ่าน",
    "Status": "ผล",
    "Status:": "ผล:",
    "Expectation": "กฎ",
    "Observed Value": "ที่พบ",
    "Failed": "ไม่ผ่าน",
    "Succeeded": "ผ่าน",
    "Sampled Unexpected Values": "ค่าที่พบ (ตัวอย่าง)",
    "Unexpected Value": "ค่าที่พบ",
    "Count": "จำนวน",
    "Table-Level Expectations": "กฎของทั้งตารางและกฎที่ใช้หลายคอลัมน์",
    "Expectation Suite:": "ชุดกฎ:",
    "Expectation Suite Name": "ชุดกฎ",
    "Show more info...": "รายละเอียดการตรวจ",
    "Notes": "หมายเหตุ",
    "Info": "ข้อมูลการตรวจ",
    "None": "—",
}
_WORD = re.compile("(?<=>)(\\s*)(" + "|".join(map(re.escape, _WORDS_TH)) + ")(\\s*)(?=<)")
_FAILING = re.compile(r"([\d,]+) unexpected values found\. (≈?[\d.]+%) of ([\d,]+) total rows\.")
_CONTAINS = re.compile(
    r"This Expectation suite currently contains (\d+) total Expectations across (\d+) columns\."
)
_SHARE = re.compile(r"(≈?[\d.]+%) unexpected")


@dataclass(frozen=True)
class TableSummary:
    """One line of the front page.

    Attributes:
        name_th: what the table holds, in Thai.
        rows: how many there are.
        rules: how many rules the table has.
        broken: by severity, how many of its rules do not hold.
        findings: how many findings they left.
    """

    name_th: str
    rows: int
    rules: int
    broken: Mapping[str, int]
    findings: int


def keep_result(engine: Engine, run: SuiteRun, *, samples: Mapping[str, Sequence[tuple[str, str]]]) -> None:
    """Keep a suite's result for the pages, with a sample of failing rows in place of all of them.

    Args:
        engine: the started engine.
        run: the suite, run.
        samples: by rule, some failing rows: the value, and file, sheet and cell.
    """
    from great_expectations.core.run_identifier import RunIdentifier
    from great_expectations.data_context.types.resource_identifiers import (
        ExpectationSuiteIdentifier,
        ValidationResultIdentifier,
    )

    for outcome in run.outcomes:
        _put_sample(outcome.result.result, samples.get(outcome.rule.code, ()))
    run_id = RunIdentifier(run_name="check", run_time=engine.run_time)
    run.result.meta["run_id"] = run_id
    suite_id = ExpectationSuiteIdentifier(run.name)
    key = ValidationResultIdentifier(
        expectation_suite_identifier=suite_id, run_id=run_id, batch_identifier=run.name
    )
    engine.context.validation_results_store.store_validation_results(run.result, key, suite_id)


def build_site(engine: Engine, folder: Path, *, summaries: Mapping[str, TableSummary]) -> None:
    """Write the pages: index.html, one page a suite and one page a result.

    Args:
        engine: the started engine, with the results kept.
        folder: where the pages go; pages of an earlier run there are removed.
        summaries: by table, what the front page says of it.
    """
    from great_expectations.render.renderer.site_builder import SiteBuilder

    folder.mkdir(parents=True, exist_ok=True)
    builder = SiteBuilder(
        engine.context,
        store_backend={"class_name": "TupleFilesystemStoreBackend", "base_directory": str(folder.resolve())},
        site_name=SITE_NAME,
        site_section_builders={"profiling": "None"},
    )
    builder.clean_site()
    for part in (*builder.site_section_builders.values(), builder.site_index_builder):
        _use_own_views(part.view_class.env, summaries)
    builder.build()
    shutil.rmtree(folder / "static", ignore_errors=True)


def in_thai(page: str) -> str:
    """Put the engine's fixed English words on a page into Thai.

    >>> in_thai("<td> Failed </td><b>12 unexpected values found. 4% of 300 total rows.</b>")
    '<td> ไม่ผ่าน </td><b>ไม่ผ่าน 12 แถว (4%) จาก 300 แถว</b>'
    """
    page = page.replace(" Data asset: None<br>", "")
    page = _WORD.sub(lambda found: f"{found[1]}{_WORDS_TH[found[2]]}{found[3]}", page)
    page = _FAILING.sub(r"ไม่ผ่าน \1 แถว (\2) จาก \3 แถว", page)
    page = _CONTAINS.sub(r"ชุดกฎนี้มี \1 กฎ ใน \2 คอลัมน์", page)
    return _SHARE.sub(r"ไม่ผ่าน \1", page)


def _use_own_views(environment: Any, summaries: Mapping[str, TableSummary]) -> None:
    from jinja2 import ChoiceLoader, FileSystemLoader

    environment.loader = ChoiceLoader([FileSystemLoader(VIEWS), environment.loader])
    environment.filters["in_thai"] = in_thai
    environment.globals["summaries"] = summaries


def _put_sample(result: dict[str, Any], sample: Sequence[tuple[str, str]]) -> None:
    """Replace a result's lists of failing rows, which may be very long, by a sample that a person can follow.

    The engine's templates do not escape what they print, so a sheet's name is escaped here.
    """
    for name in _LISTS:
        result.pop(name, None)
    if not sample:
        return
    rows = [{_VALUE: html.escape(value), _PLACE: html.escape(place)} for value, place in sample]
    result["unexpected_index_column_names"] = [_PLACE]
    result["unexpected_index_list"] = rows
    result["partial_unexpected_counts"] = [{"value": row[_VALUE], "count": 1} for row in rows]
