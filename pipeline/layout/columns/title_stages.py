"""The stage of money that a table's titles name, for columns whose heads say only months, parts or a total."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.layout.model import Header
from pipeline.layout.words.vocabulary import Vocabulary
from pipeline.thai import squeeze
from pipeline.workbook import Sheet, cell_text

# Stages that a whole table may be about; what moves or remains is no table's topic.
_TOPICS = frozenset({"planned", "requested", "appropriated", "allocated", "disbursed", "spent"})
# Plan and result named together: which column is which, only the columns can say.
_PLAN_AND_RESULT = re.compile(r"แผน(?:[/,&+–-]|และ)*ผล")
_MOST_ROWS = 12


@dataclass(frozen=True)
class TitleStage:
    """The one stage that titles name, and the word for it."""

    measure: str
    word: str


def find_title_stage(sheet: Sheet, header: Header, vocabulary: Vocabulary) -> TitleStage | None:
    """Find the one stage that the rows above a head name; None where they name none, or more than one."""
    rows = sheet.rows[max(header.first - _MOST_ROWS, 0) : header.first]
    texts = [squeeze(cell_text(cell)) for row in rows for cell in row if isinstance(cell, str)]
    if any(_PLAN_AND_RESULT.search(text) for text in texts):
        return None
    found = {measure: word for text in texts for measure, word in _stages(text, vocabulary).items()}
    if len(found) != 1:
        return None
    ((measure, word),) = found.items()
    return TitleStage(measure, word)


def _stages(text: str, vocabulary: Vocabulary) -> dict[str, str]:
    """The stages that a title names, by their longest words."""
    found: dict[str, str] = {}
    for word, (kind, name) in vocabulary.words:
        if kind == "measure" and name in _TOPICS and word in text:
            found.setdefault(name, word)
            text = text.replace(word, " ")
    return found
