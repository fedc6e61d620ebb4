"""The cover of a document that is of no single province."""

from __future__ import annotations

import pandas as pd

from pipeline.brief_text.cover import write_cover
from pipeline.brief_text.evidence import Place
from pipeline.brief_text.templates import say


def write_national_cover(releases: pd.DataFrame, fiscal_year_be: int, *, section: str) -> dict[str, object]:
    """Write what the cover says.

    Args:
        releases: rows of core_release, of which there is one.
        fiscal_year_be: the fiscal year in focus, Buddhist.
        section: where its title stands in specs/national_texts.yml: national or lessons.

    Returns:
        What `brief_text.write_cover` gives, with the title and the place of this document.
    """
    named = {
        "title": say(f"{section}.title"),
        "subtitle": say(f"{section}.subtitle", year=fiscal_year_be),
        "grade": "",
    }
    return (
        write_cover(releases, Place("", say("national.place")), fiscal_year_be)
        | named
        | {"province": say("national.place")}
    )
