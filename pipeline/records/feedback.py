"""Rows of a form that readers of a brief filled -> core_feedback: three questions, each 1 to 5 with room for words."""

from __future__ import annotations

from pipeline.errors import SourceError
from pipeline.records.cells import read_provinces, read_values, read_years
from pipeline.records.model import Extract, share
from pipeline.records.source import Source
from pipeline.workbook import column_letters

QUESTIONS = ("useful", "understood", "satisfied")
LOWEST, HIGHEST = 1, 5


def read_feedback(source: Source) -> Extract:
    """Read a form: one core_feedback row a reader and question that has a score or words.

    Raises:
        SourceError: nothing says the province, or the year, of the brief that was read.
    """
    extract = Extract()
    provinces, years = _provinces(source, extract), _years(source, extract)
    for question in QUESTIONS:
        _add_answers(source, question, provinces, years, to=extract)
    return extract


def _add_answers(
    source: Source,
    question: str,
    provinces: dict[int, str | None],
    years: dict[int, int],
    *,
    to: Extract,
) -> None:
    """Add the answers to one question; a score that is no whole number from 1 to 5 is told and left out."""
    column = source.table.fields[f"feedback_{question}"]
    read = read_values(source, column, to)
    scores = dict(zip(source.table.records, read.values, strict=True))
    for row, score in scores.items():
        if score is not None and (score != int(score) or not LOWEST <= score <= HIGHEST):
            to.findings.append(source.finding("feedback_score", row, column))
            scores[row] = None
    words = {row: source.text(row, f"feedback_{question}_words") for row in source.table.records}
    rows = [
        row
        for row in source.table.records
        if row not in to.refused and row in years and (scores[row] is not None or words[row])
    ]
    to.add(
        "core_feedback",
        {
            "province_code": share([provinces[row] for row in rows]),
            "fiscal_year_be": share([years[row] for row in rows]),
            "question": question,
            "score": [None if (score := scores[row]) is None else int(score) for row in rows],
            "words": [words[row] for row in rows],
            "letters": column_letters(column.index),
            "row_number": [row + 1 for row in rows],
        },
        count=len(rows),
    )


def _provinces(source: Source, extract: Extract) -> dict[int, str | None]:
    """The province of every row: its column's, else the table's."""
    if "province" in source.table.fields:
        return read_provinces(source, "province", extract)
    if source.province.value is None:
        raise SourceError("no_province", "ไม่พบว่าแบบประเมินนี้เป็นของรายงานจังหวัดใด  ใส่ชื่อจังหวัดในหัวเรื่องหรือชื่อไฟล์")
    return dict.fromkeys(source.table.records, str(source.province.value))


def _years(source: Source, extract: Extract) -> dict[int, int]:
    """The fiscal year of every row: its column's, else the table's."""
    for field in ("fiscal_year", "year"):
        if field in source.table.fields:
            return read_years(source, field, extract)
    if source.year.value is None:
        raise SourceError("no_year", "ไม่พบว่าแบบประเมินนี้เป็นของรายงานปีงบประมาณใด  ใส่ปีในหัวเรื่องหรือชื่อไฟล์")
    return dict.fromkeys(source.table.records, int(source.year.value))
