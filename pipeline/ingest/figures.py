"""A table of statistics -> its records: what the vocabulary of project forms does not know."""

from __future__ import annotations

import re
from collections.abc import Callable

from pipeline.context import Answer, Spoken, decide_province, decide_year, places
from pipeline.errors import SourceError
from pipeline.ingest.files import FoundFile
from pipeline.layout import Table, load_vocabulary
from pipeline.layout.statistics import DATE, LABEL, PROVINCE, Figures, find_figures
from pipeline.provinces import load_gazetteer
from pipeline.records import (
    Extract,
    Source,
    Statistics,
    load_catalogue,
    match_figures,
    read_indicators,
    tell_spellings,
)
from pipeline.thai import squeeze
from pipeline.workbook import Sheet

Ask = Callable[[str, Callable[[], Answer]], Answer]
BY_COLUMN = Answer(None, ("คอลัมน์ของตาราง",))
# What a table of projects or money has and statistics have not: such a table never becomes indicators by itself.
_PROJECT_FIELDS = frozenset(
    {
        "project_name", "item", "activity", "objective", "target", "target_group", "kpi", "agency", "plan_group",
        "budgetary_unit", "expense_category", "fund_source", "output", "period_text", "expected_result",
    }
)  # fmt: skip
_STAMP = re.compile(r"20\d\d[-_]\d\d[-_]\d\d(?:[-_]\d\d){0,3}$")


def _as_titles_say(what: str, decide: Callable[[], Answer]) -> Answer:
    """Answer a question by what titles and names say; nothing else is asked."""
    return decide()


def read_figure_table(
    sheet: Sheet,
    file: FoundFile,
    *,
    number: int,
    sheet_titles: tuple[tuple[int, str], ...],
    form: Table | None,
    refusal: SourceError,
    ask: Ask = _as_titles_say,
) -> tuple[Source, Extract]:
    """Understand a table as statistics, and take its records.

    Args:
        sheet: what is left of the sheet when everything outside the table is emptied.
        file: where it is from.
        number: the table's number in its sheet.
        sheet_titles: titles of the sheet's first table.
        form: what it looks like as a table of projects, where its head is known.
        refusal: why it is no table of projects; raised again where it holds no statistics that are known.
        ask: answers "province" and "year", given how titles and names decide it; not asked what columns say.

    Raises:
        SourceError: the table cannot be used; says why.
    """
    vocabulary, gazetteer = load_vocabulary(), load_gazetteer()
    figures = find_figures(sheet, vocabulary, gazetteer, number=number, sheet_titles=sheet_titles)
    if figures is None:
        raise refusal
    spoken = places((*sheet_titles, *figures.table.titles), sheet.name, file.path)
    matched = match_figures(
        figures, sheet, "\n".join(squeeze(place.text) for place in spoken), load_catalogue()
    )
    may_be_unnamed = figures.subject == PROVINCE and not _is_of_projects(form)
    if matched.is_empty and not may_be_unnamed:
        raise refusal
    is_national = not matched.is_empty and all(series.is_national for series in matched.series)
    by_column = figures.subject == PROVINCE or is_national
    source = Source(
        sheet=sheet,
        table=figures.table,
        kind="indicator",
        gazetteer=gazetteer,
        vocabulary=vocabulary,
        province=BY_COLUMN if by_column else ask("province", lambda: decide_province(spoken, gazetteer)),
        year=BY_COLUMN
        if _has_years(figures)
        else ask("year", lambda: decide_year((*_heads_that_speak(figures), *spoken))),
        stage=Answer(None, ()),
    )
    about = " ".join(text for _, text in figures.table.titles) or _STAMP.sub("", spoken_name(file))
    extract = read_indicators(Statistics(source, figures, matched, about, file.path, may_be_unnamed))
    extract.findings.extend(tell_spellings(source))
    return source, extract


def spoken_name(file: FoundFile) -> str:
    """A file's name without its folders and its ending."""
    return file.path.rpartition("/")[2].rpartition(".")[0]


def _is_of_projects(form: Table | None) -> bool:
    """Whether a table has money or anything that only projects and budgets have."""
    return form is not None and bool(form.money or _PROJECT_FIELDS & form.fields.keys())


def _has_years(figures: Figures) -> bool:
    """Whether rows or columns themselves say the year of every figure."""
    if figures.subject == DATE or "year" in figures.table.fields:
        return True
    return all(
        column.year_be or ((moment := figures.moments.get(column.index)) and moment.calendar_be)
        for column in figures.values
    ) and bool(figures.values)


def _heads_that_speak(figures: Figures) -> tuple[Spoken, ...]:
    """The year that a single head of a table of items names: it is the whole table's."""
    if figures.subject != LABEL:
        return ()
    years = {column.year_be: column for column in figures.table.columns if column.year_be}
    if len(years) != 1:
        return ()
    ((year, column),) = years.items()
    return (Spoken(f"พ.ศ. {year}", f"หัวคอลัมน์ {column.name}"),)
