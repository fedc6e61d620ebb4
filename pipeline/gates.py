"""The limits of the gates: how much may be wrong before rows, tables and briefs are held back; specs/limits.yml."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from pipeline import specs

LIMITS_FILE = "limits.yml"
_EXPECTED = {
    "refused_rows": {"records", "share"},
    "draft": {"failed"},
    "near_names": {"project_score", "agency_score", "agency_length"},
}


@dataclass(frozen=True)
class Gates:
    """All limits.

    Attributes:
        refused_over_records: a table of more records than this may be kept out as a whole.
        refused_share: the share of refused rows, 0 to 1, above which it is.
        draft_over: how many failed identities and totals a province may have before its brief is marked a draft.
        near_project_score: how alike names of projects must be, 0 to 100, to be told.
        near_agency_score: likewise names of agencies.
        near_agency_length: the letters below which names of agencies are not compared.
    """

    refused_over_records: int
    refused_share: float
    draft_over: int
    near_project_score: float
    near_agency_score: float
    near_agency_length: int


@lru_cache(maxsize=1)
def load_gates() -> Gates:
    """Load the limits.

    Raises:
        SpecError: a limit is missing, unknown, or no number of 0 or more.
    """
    content = specs.load_yaml(LIMITS_FILE)
    specs.require(set(content) == set(_EXPECTED), LIMITS_FILE, f"exactly {', '.join(_EXPECTED)}")
    for part, names in _EXPECTED.items():
        specs.require(set(content[part]) == names, f"{LIMITS_FILE}: {part}", f"exactly {', '.join(names)}")
        for name, limit in content[part].items():
            is_number = isinstance(limit, int | float) and not isinstance(limit, bool) and limit >= 0
            specs.require(is_number, f"{LIMITS_FILE}: {part}: {name}", "a number of 0 or more")
    return Gates(
        refused_over_records=content["refused_rows"]["records"],
        refused_share=content["refused_rows"]["share"],
        draft_over=content["draft"]["failed"],
        near_project_score=content["near_names"]["project_score"],
        near_agency_score=content["near_names"]["agency_score"],
        near_agency_length=content["near_names"]["agency_length"],
    )
