"""Tables of the study, by section; a section without rows has none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache

from pipeline.brief_tables.study.coverage import (
    tabulate_duplicates,
    tabulate_kpi,
    tabulate_lives,
    tabulate_overlaps,
)
from pipeline.brief_tables.study.prompts import tabulate_changes, tabulate_prompts
from pipeline.brief_tables.study.situation import (
    tabulate_chain,
    tabulate_likeness,
    tabulate_ranges,
    tabulate_trends,
)
from pipeline.brief_tables.study.spending import (
    tabulate_execution,
    tabulate_money_parts,
    tabulate_need,
    tabulate_per_head,
)
from pipeline.brief_tables.table import Table
from pipeline.brief_text.study import STUDIES_KEPT, Study

SECTIONS: Mapping[str, Callable[[Study], tuple[Table, ...]]] = {
    "peers": tabulate_likeness,
    "indicators": tabulate_ranges,
    "trends": tabulate_trends,
    "chain": tabulate_chain,
    "per_head": tabulate_per_head,
    "parts": tabulate_money_parts,
    "execution": tabulate_execution,
    "need": tabulate_need,
    "overlaps": tabulate_overlaps,
    "duplicates": tabulate_duplicates,
    "lives": tabulate_lives,
    "kpi": tabulate_kpi,
    "changes": tabulate_changes,
    "swot": tabulate_prompts,
}


@lru_cache(maxsize=STUDIES_KEPT * len(SECTIONS))
def tabulate_study(section: str, study: Study) -> tuple[Table, ...]:
    """Make the tables of one section of the study; none where it has no rows or says all in words."""
    return SECTIONS[section](study) if section in SECTIONS else ()
