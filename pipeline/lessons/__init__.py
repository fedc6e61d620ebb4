"""What the submissions so far teach about doing it in every province: sentences, tables and charts, in order."""

from __future__ import annotations

from pipeline.lessons.forms import tell_forms, tell_heads, tell_rules
from pipeline.lessons.outlook import list_lesson_methods, tell_mending, tell_outlook
from pipeline.lessons.readers import tell_readers
from pipeline.lessons.times import tell_days, tell_years

__all__ = [
    "list_lesson_methods",
    "tell_days",
    "tell_forms",
    "tell_heads",
    "tell_mending",
    "tell_outlook",
    "tell_readers",
    "tell_rules",
    "tell_years",
]
