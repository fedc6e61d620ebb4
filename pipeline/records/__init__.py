"""Rows -> typed records, each amount with its cell."""

from __future__ import annotations

from pipeline.records.budget import read_budget
from pipeline.records.indicators import Series, load_catalogue, match_columns, read_indicators
from pipeline.records.model import Batch, Extract, Row
from pipeline.records.projects import read_projects
from pipeline.records.source import Source
from pipeline.records.spellings import tell_spellings

__all__ = [
    "Batch",
    "Extract",
    "Row",
    "Series",
    "Source",
    "load_catalogue",
    "match_columns",
    "read_budget",
    "read_indicators",
    "read_projects",
    "tell_spellings",
]
