"""What was received is taken away for good, wherever it or anything made of it is kept."""

from __future__ import annotations

from pipeline.purge.clear import clear, list_left
from pipeline.purge.found import Asked, Holding, find_holding
from pipeline.purge.told import tell_done, tell_plan

__all__ = ["Asked", "Holding", "clear", "find_holding", "list_left", "tell_done", "tell_plan"]
