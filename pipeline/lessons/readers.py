"""What readers said of the briefs: how useful, how well understood, how satisfied, and in their own words."""

from __future__ import annotations

import pandas as pd

from pipeline import figures
from pipeline.brief_tables import Column, Table
from pipeline.brief_text.numbers import format_number, format_years
from pipeline.brief_text.templates import find, say
from pipeline.national.items import Told, as_frame, drawn

SCORES = (1, 2, 3, 4, 5)
MOST_WORDS = 40


def tell_readers(feedback: pd.DataFrame, words: pd.DataFrame, *, source: str) -> Told:
    """Say what readers answered, all together and brief by brief; nobody is ranked by it.

    Args:
        feedback: rows of out_feedback.
        words: name_th, fiscal_year_be, question and words of core_feedback, where words were written.
        source: what stands under the tables and the figure.
    """
    if feedback.empty:
        return (say("lessons.no_feedback"),)
    asked = [question for question in find("lessons.questions") if question in set(feedback["question"])]
    briefs = feedback[["province_code", "fiscal_year_be"]].drop_duplicates()
    told = say(
        "lessons.feedback",
        briefs=len(briefs),
        years=format_years(briefs["fiscal_year_be"]),
        readers=format_number(feedback.groupby("question")["n_scores"].sum().max()),
    )
    sums = as_frame(_sum_up(feedback[feedback["question"] == question], question) for question in asked)
    means = feedback[feedback["n_scores"] > 0]
    strips = means.assign(named=[find("lessons.questions")[question] for question in means["question"]])
    chart = drawn(
        briefs,
        lambda: figures.ranges(
            strips,
            name="named",
            value="mean_score",
            title=say("lessons.chart_feedback"),
            unit=say("lessons.unit_feedback"),
            source=source,
        ),
        at_least=2 if len(strips) else len(briefs) + 1,
    )
    return (told, *chart, _tabulate_sums(sums, source), *_tabulate_words(words, source))


def _sum_up(rows: pd.DataFrame, question: str) -> dict[str, object]:
    """Count the scores of one question over all briefs, and work out their mean from the counts."""
    counts = {f"n_{score}": int(rows[f"n_{score}"].sum()) for score in SCORES}
    total = sum(counts.values())
    points = sum(score * counts[f"n_{score}"] for score in SCORES)
    return {
        "question": find("lessons.questions")[question],
        "n": total,
        "mean": points / total if total else None,
        **counts,
    }


def _tabulate_sums(sums: pd.DataFrame, source: str) -> Table:
    """Show the three questions with their mean and how many gave which score."""
    return Table(
        table_id="tbl-lessons-feedback",
        caption=say("lessons.table_feedback"),
        columns=(
            Column("question", "คำถาม", "text", 34),
            Column("n", "ผู้ตอบ (คน)", "count", 12),
            Column("mean", "เฉลี่ย (1-5)", "decimal", 12),
            *(Column(f"n_{score}", f"ให้ {score}", "count", 8) for score in SCORES),
        ),
        frame=sums,
        source=source,
        note=say("lessons.note_feedback"),
    )


def _tabulate_words(words: pd.DataFrame, source: str) -> tuple[Table, ...]:
    """Show what readers wrote, brief by brief."""
    if words.empty:
        return ()
    questions = find("lessons.questions")
    rows = words.assign(
        brief=[f"{row.name_th} {row.fiscal_year_be}" for _, row in words.iterrows()],
        question=[questions.get(question, question) for question in words["question"]],
    )
    more = say("common.shown", shown=MOST_WORDS, total=format_number(len(rows)), file="baseline.duckdb")
    return (
        Table(
            table_id="tbl-lessons-words",
            caption=say("lessons.table_words"),
            columns=(
                Column("brief", "รายงาน", "text", 22),
                Column("question", "คำถาม", "text", 26),
                Column("words", "ความเห็น", "text", 52),
            ),
            frame=rows.head(MOST_WORDS).reset_index(drop=True),
            source=source,
            note=more if len(rows) > MOST_WORDS else "",
        ),
    )
