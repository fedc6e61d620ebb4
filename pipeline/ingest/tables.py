"""One table of a sheet -> its records and everything that was decided about it."""

from __future__ import annotations

from functools import partial

from pipeline.context import places
from pipeline.errors import SourceError
from pipeline.findings import make_finding
from pipeline.ingest.about import make_source, settle_kind
from pipeline.ingest.again.conflicts import digest_figures, say_figures
from pipeline.ingest.beside.rulings import Rulings, given_layout, rule, tell_layout
from pipeline.ingest.confidence import decide_all, decide_layout, least_sure
from pipeline.ingest.digest import digest_content, sum_units, tell_about
from pipeline.ingest.figures import read_figure_table
from pipeline.ingest.files import FoundFile
from pipeline.ingest.set_aside import refuse_or_set_aside
from pipeline.ingest.table_reading import TableReading
from pipeline.ingest.upright import Laid, form_table, lead_back
from pipeline.layout import (
    NOTHING_GIVEN,
    Table,
    lay_down,
    load_vocabulary,
    read_layout,
    settle_sheet_period,
    turn,
    used_rows,
)
from pipeline.layout.forms import describe_form
from pipeline.records import Extract, Source, read_budget, read_feedback, read_projects, tell_spellings
from pipeline.thai import squeeze
from pipeline.workbook import Sheet, address, column_index, column_letters

NO_RULINGS = Rulings()
_BLANK = "table_blank"
_RECORDS = ("core_project", "core_budget_line", "core_feedback")
_READERS = {"budget_line": read_budget, "feedback": read_feedback}


def read_table(
    sheet: Sheet,
    file: FoundFile,
    result: TableReading,
    *,
    sheet_titles: tuple[tuple[int, str], ...],
    rulings: Rulings = NO_RULINGS,
) -> Table:
    """Understand a table, an upright form or statistics, and take its records into its reading.

    Args:
        sheet: what is left of the sheet when everything outside the table is emptied.
        file: where it is from.
        result: what is filled.
        sheet_titles: titles of the sheet's first table, which speak where its own are silent.
        rulings: what overrides.csv says of the table.

    Raises:
        SourceError: the table cannot be used; says why.
    """
    given = given_layout(rulings, result.rows) if rulings else NOTHING_GIVEN
    laid = _lay(sheet) if given == NOTHING_GIVEN else None
    if laid is None:
        try:
            result.table = _layout(sheet, result, sheet_titles, rulings)
            table = _understand(sheet, file, result, result.table, rulings)
        except SourceError as refusal:
            return _read_figures(
                sheet, file, result, sheet_titles=sheet_titles, rulings=rulings, refusal=refusal
            )
        return _read_records(sheet, file, result, table, rulings)
    table = read_layout(laid.sheet, load_vocabulary(), number=result.number, sheet_titles=sheet_titles)
    result.table = form_table(table, laid, used_rows(sheet))
    table = _understand(laid.sheet, file, result, table, rulings)
    _read_records(laid.sheet, file, result, table, rulings)
    lead_back(result.extract, laid, sheet)
    result.decided_by |= {"letters": [], "fields": {}}
    width = len(laid.sheet.rows[laid.head])
    places = {column_letters(index): address(*laid.place(laid.head + 1, index)) for index in range(width)}
    for decision in result.decisions:
        decision.update({"cell": places.get(decision["cell"], "")} if "cell" in decision else {})
    return result.table


def _lay(sheet: Sheet) -> Laid | None:
    """Lay down a form that stands upright, or turn a table that lies on its side; None where a sheet is neither."""
    return lay_down(sheet, load_vocabulary()) or turn(sheet, load_vocabulary())


def _layout(
    sheet: Sheet, result: TableReading, sheet_titles: tuple[tuple[int, str], ...], rulings: Rulings
) -> Table:
    """Read the layout by what overrides.csv says of it; and once more without, to tell a line that is not needed."""
    given = given_layout(rulings, result.rows) if rulings else NOTHING_GIVEN
    vocabulary = load_vocabulary()
    table = read_layout(sheet, vocabulary, number=result.number, sheet_titles=sheet_titles, given=given)
    if given != NOTHING_GIVEN:
        try:
            automatic = read_layout(sheet, vocabulary, number=result.number, sheet_titles=sheet_titles)
        except SourceError:
            automatic = None
        tell_layout(rulings, table, automatic)
    return table


def _understand(sheet: Sheet, file: FoundFile, result: TableReading, table: Table, rulings: Rulings) -> Table:
    """Decide a table's kind; a table without a record, or of no kind of projects or budgets, is refused.

    Returns:
        The layout, with what its kind puts in for fields that it lacks.

    Raises:
        SourceError: the table is blank, or no kind fits.
    """
    _describe(table, result, rulings)
    if not table.records:
        raise SourceError(_BLANK, "ตารางนี้มีหัวตารางแต่ไม่มีข้อมูล")
    spoken = places((*table.sheet_titles, *table.titles), sheet.name, file.path)
    result.kind, table = settle_kind(table, spoken, rulings)
    return settle_sheet_period(table, sheet.name, load_vocabulary()) if result.kind == "project" else table


def _read_records(
    sheet: Sheet, file: FoundFile, result: TableReading, table: Table, rulings: Rulings
) -> Table:
    """Take a table's records into its reading; one that is refused keeps what was understood.

    Raises:
        SourceError: the table cannot be used; says why.
    """
    source = make_source(sheet, file, table, rulings, kind=str(result.kind))
    _keep_answers(source, result)
    try:
        result.extract = _READERS.get(source.kind, read_projects)(source)
        result.extract.findings.extend(tell_spellings(source))
    finally:
        _keep_decisions(source, result, rulings)
    _summarise(source, result)
    return table


def _read_figures(
    sheet: Sheet,
    file: FoundFile,
    result: TableReading,
    *,
    sheet_titles: tuple[tuple[int, str], ...],
    rulings: Rulings,
    refusal: SourceError,
) -> Table:
    """Read what is no form of projects as statistics.

    Raises:
        SourceError: it holds no statistics that are known: the refusal again; a form without a record is only blank.
    """
    form = result.table
    try:
        source, result.extract = read_figure_table(
            sheet,
            file,
            number=result.number,
            sheet_titles=sheet_titles,
            form=form,
            refusal=refusal,
            ask=partial(rule, rulings),
        )
    except SourceError as error:
        if form is None or error is not refusal or error.code != _BLANK:
            if not rulings:
                refuse_or_set_aside(sheet, form, error)
            raise
        result.extract.findings.append(make_finding(_BLANK, sheet=sheet.name))
        return form
    for line in rulings.of("kind"):
        rulings.tell(line)
    result.kind, result.table = source.kind, source.table
    _describe(source.table, result, rulings)
    _keep_answers(source, result)
    _keep_decisions(source, result, rulings)
    _summarise(source, result)
    return source.table


def _describe(table: Table, result: TableReading, rulings: Rulings) -> None:
    """Keep a table's titles, the digest of its layout and how sure that is."""
    result.title = " ".join(text for _, text in table.titles if not squeeze(text).startswith("หน่วย")) or None
    result.fingerprint = table.fingerprint
    _keep_form(table, result)
    result.decided_by["decisions"] = [one.as_dict() for one in decide_layout(table, rulings)]


def _keep_decisions(source: Source, result: TableReading, rulings: Rulings) -> None:
    """Keep everything that was decided, and how sure the least sure of it is."""
    decisions = decide_all(source, rulings, result.extract, _named_columns(result.extract))
    result.decided_by["decisions"] = [one.as_dict() for one in decisions]
    result.confidence = least_sure(decisions)


def _named_columns(extract: Extract) -> frozenset[int]:
    """The columns whose indicators have a name."""
    return frozenset(
        column_index(str(batch.columns["letters"]))
        for batch in extract.batches
        if batch.table == "core_indicator"
        and not str(batch.values("indicator_code")[0]).startswith("unnamed_")
    )


def _summarise(source: Source, result: TableReading) -> None:
    """Keep of the records what other files are compared with."""
    extract = result.extract
    if source.kind == "indicator":
        result.figures = say_figures(extract)
        result.content, about = digest_figures(result.figures), "\n".join(result.figures)
        result.subjects = frozenset(key[: key.rindex("|")] for key in result.figures)
    else:
        result.content = digest_content(extract)
        about, result.subjects = tell_about(source, extract)
    result.about = about.encode("utf-8", errors="replace")
    result.units = sum_units(extract)
    result.records = sum(extract.count(name) for name in _RECORDS)
    result.records = result.records or extract.count("core_indicator")


def _keep_form(table: Table, result: TableReading) -> None:
    """Keep how the columns were read, to remember the form and to compare it with others."""
    result.form = {"head_rows": len(table.header.rows), "columns": describe_form(table.columns)}
    result.decided_by["letters"] = [column_letters(column.index) for column in table.columns]
    result.decided_by["fields"] = {name: column_letters(field.index) for name, field in table.fields.items()}
    result.heads = tuple(
        (
            " › ".join(heading.text + (heading.period or "") for heading in column.headings),
            column.measure or column.field,
        )
        for column in table.columns
    )


def _keep_answers(source: Source, result: TableReading) -> None:
    """Keep the one province and the one year of a table that has them."""
    result.province_code = None if source.province.value is None else str(source.province.value)
    in_heads = {column.year_be for column in source.table.money if column.year_be}
    year = source.year.value or (max(in_heads) if in_heads else None)
    result.year_be = None if year is None else int(year)
