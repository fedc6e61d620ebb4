"""Rows -> typed records, each amount with its cell."""

from __future__ import annotations

from pipeline.records.budget import read_budget
from pipeline.records.catalogue import load_catalogue
from pipeline.records.feedback import read_feedback
from pipeline.records.indicators import read_indicators
from pipeline.records.matching import match_figures
from pipeline.records.model import Batch, Extract, Row
from pipeline.records.projects import read_projects
from pipeline.records.source import Source
from pipeline.records.spellings import tell_spellings
from pipeline.records.statistics import Statistics

__all__ = [
    "Batch",
    "Extract",
    "Row",
    "Source",
    "Statistics",
    "load_catalogue",
    "match_figures",
    "read_budget",
    "read_feedback",
    "read_indicators",
    "read_projects",
    "tell_spellings",
]
