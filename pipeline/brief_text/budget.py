"""Words of chapter 3: the province's lines of a budget document, by project and category, beside other provinces."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from statistics import median

import pandas as pd

from pipeline.brief_text.evidence import Place, Words
from pipeline.brief_text.numbers import (
    format_baht,
    format_money,
    format_number,
    format_year,
    is_missing,
    shorten,
)
from pipeline.brief_text.said import address_of, cite, cite_as
from pipeline.brief_text.templates import label, order_of, say
from pipeline.trace import Address

MIN_OTHERS = 10
NAME_LIMIT = 160


@dataclass(frozen=True)
class Document:
    """A budget document of one fiscal year and stage that has lines of the province."""

    fiscal_year_be: int
    stage: str
    amount_baht: Decimal
    n_lines: int

    @property
    def stage_th(self) -> str:
        """The document as Thai names it; a bill is never called an act."""
        return label("stage", self.stage)

    def address(self, column: str, place: Place) -> Address:
        """The address of one of the document's figures of a province."""
        keys = {"fiscal_year_be": self.fiscal_year_be, "stage": self.stage}
        return address_of(keys, f"out_budget_by_province.{column}", province_code=place.province_code)

    def rows_of(self, budget: pd.DataFrame) -> pd.DataFrame:
        """Keep the rows of this document, largest amount first where there is one."""
        rows = budget[(budget["fiscal_year_be"] == self.fiscal_year_be) & (budget["stage"] == self.stage)]
        return rows.sort_values("amount_baht", ascending=False, ignore_index=True)


def list_documents(budgets: pd.DataFrame, place: Place, *, fiscal_year_be: int) -> tuple[Document, ...]:
    """List the documents with lines of the province: the year in focus first, then the nearest earlier ones.

    Args:
        budgets: rows of out_budget_by_province, every province.
        place: the province.
        fiscal_year_be: the year in focus.
    """
    own = budgets[(budgets["province_code"] == place.province_code) & (budgets["n_lines"] > 0)]
    documents = [
        Document(int(row.fiscal_year_be), str(row.stage), Decimal(row.amount_baht), int(row.n_lines))
        for _, row in own.iterrows()
    ]

    def preference(document: Document) -> tuple[bool, int, int]:
        away = fiscal_year_be - document.fiscal_year_be
        return away < 0, abs(away), order_of("stage", document.stage)

    return tuple(sorted(documents, key=preference))


def describe_missing_budget(budgets: pd.DataFrame, place: Place) -> tuple[str, ...]:
    """Say that the province has no line, and which documents do have lines of others."""
    known = (
        budgets[budgets["n_lines"] > 0]
        .groupby(["fiscal_year_be", "stage"], as_index=False)
        .agg(provinces=("province_code", "nunique"))
    )
    return (
        say("budget.none", place=place.th),
        *(
            say(
                "budget.absent_line",
                stage=label("stage", row.stage),
                year=row.fiscal_year_be,
                known=format_number(row.provinces),
                place=place.th,
            )
            for _, row in known.iterrows()
        ),
    )


def describe_budget(
    document: Document, projects: pd.DataFrame, place: Place, *, fiscal_year_be: int
) -> tuple[str, ...]:
    """Say the document's total, its largest project and what the figure is not."""
    year, stage = format_year(document.fiscal_year_be), document.stage_th
    amount = document.address("amount_baht", place)
    total = say(
        "budget.total",
        stage=stage,
        year=year,
        place=place.th,
        amount=cite_as(format_money(document.amount_baht), amount),
        baht=cite_as(format_baht(document.amount_baht), amount),
        lines=cite_as(format_number(document.n_lines), document.address("n_lines", place)),
    )
    top = document.rows_of(projects).iloc[0]
    largest = say(
        "budget.largest",
        name=name_part(top["name"]),
        amount=cite(format_money(top.amount_baht), top, "out_budget_by_project.amount_baht"),
        share=cite(format_number(top.share_pct, 1), top, "out_budget_by_project.share_pct"),
    )
    other = say("budget.other_year", wanted=format_year(fiscal_year_be), year=year)
    return tuple(
        text
        for text in (
            other if document.fiscal_year_be != fiscal_year_be else "",
            total,
            largest,
            say("budget.not_act") if document.stage == "bill" else "",
            say("budget.scope"),
        )
        if text
    )


def other_amounts(budgets: pd.DataFrame, document: Document, place: Place) -> list[Decimal]:
    """Give the amounts of the other provinces that have lines of the document, in baht."""
    rows = document.rows_of(budgets[budgets["n_lines"] > 0])
    return [
        Decimal(amount) for amount in rows.loc[rows["province_code"] != place.province_code, "amount_baht"]
    ]


def describe_peers(budgets: pd.DataFrame, document: Document, place: Place) -> tuple[str, ...]:
    """Compare with the median of the other provinces, for learning; not where fewer than MIN_OTHERS have lines."""
    others = other_amounts(budgets, document, place)
    if len(others) < MIN_OTHERS:
        return (say("budget.too_few", count=format_number(len(others))),)
    return (title_peers(budgets, document, place), say("budget.learning"))


def title_peers(budgets: pd.DataFrame, document: Document, place: Place) -> str:
    """Say on which side of the others' median the province's amount lies."""
    others = other_amounts(budgets, document, place)
    middle = median(others)
    side = "above" if document.amount_baht > middle else "below" if document.amount_baht < middle else "same"
    return say(
        f"budget.median_{side}",
        stage=document.stage_th,
        place=place.th,
        count=format_number(len(others)),
        median=format_money(middle),
    )


def name_part(name: object) -> str:
    """Name a plan, project or category; say so where the document does not name it, cut what is overlong."""
    return say("common.unnamed") if is_missing(name) else shorten(str(name), NAME_LIMIT)


def picture_parts(document: Document, parts: pd.DataFrame, place: Place, *, kind: str, source: str) -> Words:
    """Word the bars of one document by project or by category.

    Args:
        document: the document.
        parts: its rows of out_budget_by_project or out_budget_by_category, largest first.
        place: the province.
        kind: "project" or "category".
        source: where the lines are from.
    """
    year, stage, top = format_year(document.fiscal_year_be), document.stage_th, parts.iloc[0]
    is_one = kind == "project" and len(parts) == 1
    told = {"name": name_part(top["name"]), "place": place.th, "stage": stage}
    title = (
        say("budget.title_project_one", **told)
        if is_one
        else say(f"budget.title_{kind}", **told, share=format_number(top.share_pct, 1))
    )
    bars = "; ".join(
        f"{name_part(row['name'])} {format_money(row.amount_baht)}" for _, row in parts.iterrows()
    )
    return Words(
        figure_id=f"fig-budget-{kind}",
        title=title,
        caption=say(f"budget.caption_{kind}", stage=stage, year=year, place=place.th),
        unit=say("budget.unit", year=year, stage=stage),
        alt=say("budget.alt_bars", bars=bars),
        source=source,
    )


def picture_peers(budgets: pd.DataFrame, document: Document, place: Place) -> Words:
    """Word the strip of provinces; MIN_OTHERS others must have lines."""
    others = other_amounts(budgets, document, place)
    year, stage = format_year(document.fiscal_year_be), document.stage_th
    return Words(
        figure_id="fig-budget-province",
        title=title_peers(budgets, document, place),
        caption=say("budget.caption_province", stage=stage, year=year, place=place.th),
        unit=say("budget.unit_province", year=year, stage=stage),
        alt=say(
            "budget.alt_province",
            count=len(others) + 1,
            place=place.th,
            amount=format_money(document.amount_baht),
            median=format_money(median(others)),
        ),
        source=say("budget.source_all", stage=stage, year=year, count=len(others) + 1),
    )
