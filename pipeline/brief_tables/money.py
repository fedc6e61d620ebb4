"""Tables of chapters 3 and 4: lines of budget documents, and projects of provinces' own forms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import pandas as pd

from pipeline.brief_tables.table import Column, Origin, Table, format_place, list_keys
from pipeline.brief_text.budget import Document, name_part
from pipeline.brief_text.evidence import Place
from pipeline.brief_text.numbers import format_number, format_year
from pipeline.brief_text.projects import name_agency, rows_of_year, sort_measures
from pipeline.brief_text.templates import label, say

LISTED_PROJECTS = 30
LISTED_MEASURES = 3
TOTAL_TH = "รวม"


def tabulate_documents(documents: Iterable[Document], place: Place, *, source: str) -> Table:
    """List the province's sums by fiscal year and kind of document."""
    rows = [
        {
            "year": document.fiscal_year_be,
            "stage": document.stage_th,
            "lines": document.n_lines,
            "amount_baht": document.amount_baht,
            "at": _document_keys(document, place),
        }
        for document in sorted(documents, key=lambda one: (-one.fiscal_year_be, one.stage))
    ]
    return Table(
        table_id="tbl-budget-document",
        caption=say("budget.table_document", place=place.th),
        columns=(
            Column("year", "ปีงบประมาณ พ.ศ.", "year", 18),
            Column("stage", "เอกสาร", "text", 40),
            Column("lines", "บรรทัดรายการ (บรรทัด)", "count", 18),
            Column("amount_baht", "จำนวนเงิน (บาท)", "baht", 24),
        ),
        frame=pd.DataFrame(rows),
        source=source,
        origins=_origins("out_budget_by_province", lines="n_lines", amount_baht="amount_baht"),
    )


def tabulate_parts(
    document: Document, budget: pd.DataFrame, place: Place, *, kind: str, source: str
) -> Table:
    """Split one document by plan, project or category, with the sum.

    Args:
        document: the document.
        budget: rows of out_budget_by_plan, _by_project or _by_category of the province.
        place: the province.
        kind: "plan", "project" or "category".
        source: where the lines are from.
    """
    rows = document.rows_of(budget)
    heads = {"plan": "แผนงาน", "project": "โครงการ/ผลผลิต", "category": "งบรายจ่าย"}
    total = {"part": TOTAL_TH, "n_lines": int(rows["n_lines"].sum()), "share_pct": 100.0}
    keys = _document_keys(document, place)
    total |= {"amount_baht": sum(rows["amount_baht"], Decimal(0)), "at": keys}
    listed = rows.assign(
        part=[name_part(name) for name in rows["name"]], at=list_keys(rows, ["name"], **keys)
    )
    return Table(
        table_id=f"tbl-budget-{kind}",
        caption=say(
            f"budget.table_{kind}",
            stage=document.stage_th,
            year=format_year(document.fiscal_year_be),
            place=place.th,
        ),
        columns=(
            Column("part", heads[kind], "text", 48),
            Column("n_lines", "บรรทัดรายการ (บรรทัด)", "count", 15),
            Column("amount_baht", "จำนวนเงิน (บาท)", "baht", 23),
            Column("share_pct", "สัดส่วน (ร้อยละ)", "decimal", 14),
        ),
        frame=pd.DataFrame([*listed.to_dict("records"), total]),
        source=source,
        has_total=True,
        origins=_origins(
            f"out_budget_by_{kind}", n_lines="n_lines", amount_baht="amount_baht", share_pct="share_pct"
        ),
    )


def tabulate_measures(sums: pd.DataFrame, place: Place, *, source: str) -> Table:
    """List one year's measures; rows of out_project_summary of the year, in order. They are never added up."""
    return Table(
        table_id="tbl-project-measure",
        caption=say(
            "project.table_measure", year=format_year(sums["fiscal_year_be"].iloc[0]), place=place.th
        ),
        columns=(
            Column("measure_name", "รายการเงิน", "text", 40),
            Column("n_projects", "โครงการ (โครงการ)", "count", 17),
            Column("n_zero", "ในนี้ระบุ 0 บาท (โครงการ)", "count", 20),
            Column("amount_baht", "จำนวนเงิน (บาท)", "baht", 23),
        ),
        frame=sums.assign(at=_project_keys(sums, place)),
        source=source,
        origins=_origins(
            "out_project_summary", n_projects="n_projects", n_zero="n_zero", amount_baht="amount_baht"
        ),
    )


def tabulate_form_parts(parts: pd.DataFrame, place: Place, *, source: str) -> Table:
    """List the parts by category and fund that forms state; rows of out_project_part of one year."""
    named = sort_measures(parts)
    return Table(
        table_id="tbl-project-part",
        caption=say("project.table_part", year=format_year(parts["fiscal_year_be"].iloc[0]), place=place.th),
        columns=(
            Column("measure_name", "รายการเงิน", "text", 24),
            Column("kind_name", "จำแนกตาม", "text", 16),
            Column("name", "ส่วนย่อย", "text", 24),
            Column("n_projects", "โครงการ (โครงการ)", "count", 15),
            Column("amount_baht", "จำนวนเงิน (บาท)", "baht", 21),
        ),
        frame=named.assign(
            kind_name=[label("part", kind) for kind in named["kind"]],
            at=_project_keys(named, place, "kind", "name"),
        ),
        source=source,
        origins=_origins("out_project_part", n_projects="n_projects", amount_baht="amount_baht"),
    )


def tabulate_agencies(agencies: pd.DataFrame, place: Place, *, measure: str, source: str) -> Table:
    """List one measure's agencies, largest first, with the sum; rows of out_project_by_agency of one year."""
    total = {"agency": TOTAL_TH, "n_projects": int(agencies["n_projects"].sum())}
    total |= {"amount_baht": sum(agencies["amount_baht"], Decimal(0))}
    total |= {"at": _project_keys(agencies.head(1), place)[0]}
    listed = agencies.assign(
        agency=[name_agency(name) for name in agencies["agency_name"]],
        at=_project_keys(agencies, place, "agency_name"),
    )
    year = format_year(agencies["fiscal_year_be"].iloc[0])
    return Table(
        table_id="tbl-project-agency",
        caption=say("project.table_agency", measure=label("measure", measure), year=year, place=place.th),
        columns=(
            Column("agency", "หน่วยงาน", "text", 56),
            Column("n_projects", "โครงการ (โครงการ)", "count", 18),
            Column("amount_baht", "จำนวนเงิน (บาท)", "baht", 26),
        ),
        frame=pd.DataFrame([*listed.to_dict("records"), total]),
        source=source,
        has_total=True,
        origins=_origins("out_project_by_agency", n_projects="n_projects", amount_baht="amount_baht"),
    )


def tabulate_projects(projects: pd.DataFrame, place: Place, *, fiscal_year_be: int) -> Table:
    """List one year's projects, largest first, with the file, sheet and cell of each amount.

    Args:
        projects: rows of out_project_place of the province; the year must have one.
        place: the province.
        fiscal_year_be: the year.
    """
    rows = rows_of_year(projects, fiscal_year_be)
    measures = _common_measures(rows)
    listed = _list_projects(rows, measures)
    total = rows["project_id"].nunique()
    note = (
        say("common.shown", shown=LISTED_PROJECTS, total=format_number(total), file="data.xlsx")
        if total > LISTED_PROJECTS
        else ""
    )
    return Table(
        table_id="tbl-project-list",
        caption=say("project.table_list", year=format_year(fiscal_year_be), place=place.th),
        columns=(
            Column("number", "ที่", "count", 5),
            Column("project", "โครงการ (หน่วยงาน)", "text", 37),
            *(Column(measure, f"{label('measure', measure)} (บาท)", "baht", 15) for measure in measures),
            Column("place", "แฟ้ม › ชีต › ช่อง", "path", 25),
        ),
        frame=listed.assign(
            **{
                f"at_{measure}": _keys_of_measure(listed, place, fiscal_year_be, measure)
                for measure in measures
            }
        ),
        note=note,
        origins=tuple(
            Origin(measure, "out_project_place", "amount_baht", at=f"at_{measure}") for measure in measures
        ),
    )


def tabulate_other_years(by_file: pd.DataFrame, place: Place) -> Table:
    """List the sums of other years by year, measure and file; rows of sum_by_file."""
    return Table(
        table_id="tbl-project-year",
        caption=say("project.table_years", place=place.th),
        columns=(
            Column("fiscal_year_be", "ปีงบประมาณ พ.ศ.", "year", 13),
            Column("measure_name", "รายการเงิน", "text", 15),
            Column("n_projects", "โครงการ (โครงการ)", "count", 14),
            Column("n_zero", "ในนี้ระบุ 0 บาท (โครงการ)", "count", 14),
            Column("amount_baht", "จำนวนเงิน (บาท)", "baht", 18),
            Column("path", "แฟ้ม", "path", 26),
        ),
        frame=by_file.assign(at=_project_keys(by_file, place, "path")),
        origins=_origins(
            "out_project_place", n_projects="n_projects", n_zero="n_zero", amount_baht="amount_baht"
        ),
    )


def _origins(view: str, **figures: str) -> tuple[Origin, ...]:
    """Say of columns which column of one view they are."""
    return tuple(Origin(column, view, figure) for column, figure in figures.items())


def _document_keys(document: Document, place: Place) -> dict[str, object]:
    """The keys of a document in the views of budget lines."""
    return {
        "province_code": place.province_code,
        "fiscal_year_be": document.fiscal_year_be,
        "stage": document.stage,
    }


def _project_keys(rows: pd.DataFrame, place: Place, *more: str) -> list[Any]:
    """The keys of rows in the views of projects."""
    names = ["fiscal_year_be", "measure", *more]
    return list_keys(rows, names, province_code=place.province_code)


def _keys_of_measure(listed: pd.DataFrame, place: Place, fiscal_year_be: int, measure: str) -> list[Any]:
    """The keys of the listed projects' amounts of one measure."""
    fixed = {"province_code": place.province_code, "fiscal_year_be": fiscal_year_be, "measure": measure}
    return list_keys(listed, ["project_id"], **fixed)


def _common_measures(rows: pd.DataFrame) -> list[str]:
    """Pick the measures that most projects have, LISTED_MEASURES at most, in the spec's order."""
    common = set(rows["measure"].value_counts().index[:LISTED_MEASURES])
    return [measure for measure in dict.fromkeys(rows["measure"]) if measure in common]


def _list_projects(rows: pd.DataFrame, measures: list[str]) -> pd.DataFrame:
    """Set the first projects of a year under each other, largest amount first, numbered."""
    largest_first = (
        rows.groupby("project_id")["amount_baht"].max().sort_values(ascending=False, kind="stable")
    )
    by_project: dict[str, list[dict[Any, Any]]] = {
        project_id: [] for project_id in largest_first.index[:LISTED_PROJECTS]
    }
    for row in rows[rows["project_id"].isin(by_project)].to_dict("records"):
        by_project[row["project_id"]].append(row)
    listed = [_project_row(project, measures) for project in by_project.values()]
    return pd.DataFrame(listed).assign(number=range(1, len(listed) + 1))


def _project_row(project: Sequence[Mapping[Any, Any]], measures: list[str]) -> dict[str, object]:
    """Set one project's amounts side by side; a measure that it lacks is None."""
    first = project[0]
    amounts = {row["measure"]: row["amount_baht"] for row in project}
    cells = ", ".join(_cell_text(row) for row in project if row["measure"] in measures)
    agency = f" ({first['agency_name']})" if isinstance(first["agency_name"], str) else ""
    return {
        "project_id": first["project_id"],
        "project": f"{first['project_name']}{agency}",
        "place": format_place(first["path"], first["sheet"], cells),
        **{measure: amounts.get(measure) for measure in measures},
    }


def _cell_text(row: Mapping[Any, Any]) -> str:
    """Name the cell of an amount, and how many more it is the sum of."""
    if row["n_cells"] == 1:
        return str(row["cell"])
    return say("project.cells_more", cell=row["cell"], count=format_number(row["n_cells"] - 1))
