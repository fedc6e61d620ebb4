"""A finding: one thing that a person should look at, at its cell, in words from specs/messages.yml."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from pipeline import specs


@dataclass(frozen=True)
class Finding:
    """One row of quality_issue before it knows its file.

    Attributes:
        rule: the stable English code.
        severity: error (kept out), warning (look at it), info.
        message_th: what was found, what is expected, what to do.
        sheet: the sheet; None where the finding is about the whole file.
        cell: the cell, "F12"; None where it is about the whole sheet.
        value: what stands there, personal data masked.
        province_code: where known.
    """

    rule: str
    severity: str
    message_th: str
    sheet: str | None = None
    cell: str | None = None
    value: str | None = None
    province_code: str | None = None


@lru_cache(maxsize=1)
def load_messages() -> dict[str, tuple[str, str]]:
    """Load severity and text of each rule of the ingest.

    Raises:
        SpecError: a rule has no text, or a severity that is none.
    """
    messages = {}
    for rule, entry in specs.load_yaml("messages.yml").items():
        specs.require(
            entry.get("severity") in ("error", "warning", "info"),
            f"messages.yml: {rule}",
            "a severity of error, warning or info",
        )
        messages[rule] = (entry["severity"], entry["text"])
    return messages


def make_finding(
    rule: str,
    *,
    sheet: str | None = None,
    cell: str | None = None,
    value: str | None = None,
    province_code: str | None = None,
    **words: str,
) -> Finding:
    """Word a finding by its rule; `words` fill the text's places.

    Raises:
        SpecError: messages.yml has no such rule.
    """
    messages = load_messages()
    specs.require(rule in messages, f"messages.yml: {rule}", "an entry for this rule")
    severity, text = messages[rule]
    message = text.format(value=value or "", **words)
    return Finding(rule, severity, message, sheet, cell, value, province_code)
