"""What the study stands on: plans, agencies, categories, groups of provinces, from specs/ to core_ tables."""

from __future__ import annotations

from pipeline.reference.load import load_reference
from pipeline.reference.resolve import resolve_all
from pipeline.reference.tables import load_tables

__all__ = ["load_reference", "load_tables", "resolve_all"]
