"""Words of the study: peers, indicators, trends, the justice chain, money, gaps, KPI quality, changes, SWOT prompts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache

from pipeline.brief_text.study.changes import describe_changes
from pipeline.brief_text.study.coverage import (
    describe_duplicates,
    describe_gaps,
    describe_kpi,
    describe_lives,
    describe_overlaps,
    find_shortfalls,
)
from pipeline.brief_text.study.frames import STUDIES_KEPT, Study, read_study
from pipeline.brief_text.study.situation import (
    describe_chain,
    describe_peers,
    describe_ranges,
    describe_trends,
)
from pipeline.brief_text.study.spending import (
    describe_concentration,
    describe_execution,
    describe_need,
    describe_parts,
    describe_per_head,
)
from pipeline.brief_text.study.swot import describe_prompts, tell_facts
from pipeline.brief_text.study.visit import list_visit

__all__ = [
    "STUDIES_KEPT",
    "Study",
    "describe_study",
    "find_shortfalls",
    "list_visit",
    "read_study",
    "tell_facts",
]

SECTIONS: Mapping[str, Callable[[Study], tuple[str, ...]]] = {
    "peers": describe_peers,
    "indicators": describe_ranges,
    "trends": describe_trends,
    "chain": describe_chain,
    "per_head": describe_per_head,
    "parts": describe_parts,
    "execution": describe_execution,
    "concentration": describe_concentration,
    "need": describe_need,
    "gaps": describe_gaps,
    "overlaps": describe_overlaps,
    "duplicates": describe_duplicates,
    "lives": describe_lives,
    "kpi": describe_kpi,
    "changes": describe_changes,
    "swot": describe_prompts,
}


@lru_cache(maxsize=STUDIES_KEPT * len(SECTIONS))
def describe_study(section: str, study: Study) -> tuple[str, ...]:
    """Say what one section of the study has to say, or in one line that there is no data of it.

    Raises:
        KeyError: there is no such section.
    """
    return SECTIONS[section](study)
