"""What the files were read as and how long a clean one took, worked out in pandas."""

from __future__ import annotations

import json
from statistics import mean, median
from typing import Any

import pandas as pd

from tests.integration.again.frames import Frames

UNKNOWN = {"column_unknown", "indicator_unnamed"}
RECORDS = {"core_budget_line": ("budget_line", "fiscal_year_be"), "core_indicator": ("indicator", "year_be")}


def table_reading(frames: Frames) -> pd.DataFrame:
    issues = frames["quality_issue"]
    heads = issues[issues["rule"].isin(UNKNOWN)].groupby(["file_id", "sheet"]).size().to_dict()
    rows, told = [], set()
    for table in frames["raw_table"].sort_values("table_number").to_dict("records"):
        file = _file(frames, table["file_id"])
        place = (table["file_id"], table["sheet"])
        decided = json.loads(table["decided_by"] or "{}")
        rows.append(
            {
                "province_code": table["province_code"] or file["named_province_code"],
                "path": file["path"], "sheet": table["sheet"], "cell_range": table["cell_range"],
                "kind": table["kind"], "status": table["status"], "reason": table["reason"],
                "refused_rule": decided.get("refused"), "confidence": table["confidence"],
                "n_records": table["records"], "received_on": file["received_on"],
                "n_unknown_heads": 0 if place in told else heads.get(place, 0),
            }
        )  # fmt: skip
        told.add(place)
    return pd.DataFrame(rows)


def feedback(frames: Frames) -> pd.DataFrame:
    answers: dict[tuple[str, int, str], list[Any]] = {}
    for row in frames["core_feedback"].to_dict("records"):
        if row["is_current"]:
            key = (row["province_code"], row["fiscal_year_be"], row["question"])
            answers.setdefault(key, []).append(row)
    rows = []
    for (code, year_be, question), given in answers.items():
        scores = sorted(row["score"] for row in given if row["score"] is not None)
        rows.append(
            {
                "province_code": code, "fiscal_year_be": year_be, "question": question, "n_scores": len(scores),
                "mean_score": mean(scores) if scores else None, "median_score": median(scores) if scores else None,
                **{f"n_{score}": scores.count(score) for score in range(1, 6)},
                "n_words": sum(row["words"] is not None for row in given),
            }
        )  # fmt: skip
    columns = ["province_code", "fiscal_year_be", "question", "n_scores", "mean_score", "median_score"]
    return pd.DataFrame(rows, columns=[*columns, "n_1", "n_2", "n_3", "n_4", "n_5", "n_words"])


def clean_time(frames: Frames) -> pd.DataFrame:
    sent = _projects_sent(frames)
    for table, (kind, year) in RECORDS.items():
        held = (
            frames[table]
            .dropna(subset=["province_code"])[["file_id", "province_code", year]]
            .drop_duplicates()
        )
        sent |= {(row[1], kind, int(row[2]), row[0]) for row in held.itertuples(index=False)}
    for row in frames["raw_table"].to_dict("records"):
        code = row["province_code"] or _file(frames, row["file_id"])["named_province_code"]
        if row["status"] == "refused" and row["kind"] not in (None, "feedback") and code:
            sent.add((code, row["kind"], _year(row["year_be"]), row["file_id"]))
    errors = frames["quality_issue"].query("severity == 'error'")
    wrong = {(row.file_id, row.province_code) for row in errors.itertuples()}
    by_year: dict[tuple[str, str, int | None], list[tuple[Any, bool]]] = {}
    for code, kind, year_be, file_id in sent:
        file = _file(frames, file_id)
        clean = file["status"] in ("loaded", "superseded")
        clean = clean and not {(file_id, None), (file_id, code)} & wrong
        by_year.setdefault((code, kind, year_be), []).append((file["received_on"], clean))
    return pd.DataFrame([_days(*key, came) for key, came in by_year.items()])


def _projects_sent(frames: Frames) -> set[tuple[str, str, int | None, str]]:
    years: dict[str, set[int]] = {}
    for row in frames["core_amount"].itertuples():
        years.setdefault(row.project_id, set()).add(int(row.fiscal_year_be))
    sent: set[tuple[str, str, int | None, str]] = set()
    for row in frames["core_project"].itertuples():
        own = _year(row.fiscal_year_be)
        each = {own} if own is not None else years.get(row.project_id) or {None}
        sent |= {(row.province_code, "project", year, row.file_id) for year in each}
    return sent


def _year(value: Any) -> int | None:
    return None if value is None or value is pd.NA or value != value else int(value)


def _days(code: str, kind: str, year_be: int | None, came: list[tuple[Any, bool]]) -> dict[str, Any]:
    first = min((day for day, _ in came if day is not None), default=None)
    clean = min((day for day, is_clean in came if is_clean and day is not None), default=None)
    return {
        "province_code": code, "kind": kind, "year_be": year_be, "n_files": len(came), "first_received_on": first,
        "first_clean_on": clean, "days_to_clean": None if clean is None else (clean - first).days,
    }  # fmt: skip


def _file(frames: Frames, file_id: str) -> dict[str, Any]:
    files = frames["raw_file"]
    found: dict[str, Any] = files[files["file_id"] == file_id].iloc[0].to_dict()
    return found
