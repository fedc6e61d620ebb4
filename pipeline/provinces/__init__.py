"""Province names as offices write them -> the 2-digit code."""

from __future__ import annotations

from pipeline.provinces.gazetteer import Gazetteer, Province, Resolved
from pipeline.provinces.load import load_gazetteer

__all__ = ["Gazetteer", "Province", "Resolved", "load_gazetteer"]
