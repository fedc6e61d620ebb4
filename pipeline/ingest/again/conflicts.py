"""Figures of one source that two files give: what they give otherwise is told, and each figure counts once."""

from __future__ import annotations

import hashlib

from pipeline.findings import Finding, make_finding
from pipeline.records import Extract, load_catalogue


def say_figures(extract: Extract) -> dict[str, str]:
    """What statistics say, whatever file and cell they stand in: by indicator, source, province and year, in order.

    A figure that is one of a year's stands with its period.
    """
    said: dict[str, list[str]] = {}
    names = ("indicator_code", "source", "province_code", "year_be", "period", "value")
    for batch in extract.batches:
        for code, source, province, year, period, value in zip(*map(batch.values, names), strict=True):
            said.setdefault(f"{code}|{source}|{province}|{year}", []).append(f"{period}={say_value(value)}")
    return {key: ";".join(sorted(figures)) for key, figures in said.items()}


def say_value(value: float | None) -> str:
    """A figure as it is compared: whole numbers as they are, others to the ten digits that text files keep of them.

    >>> say_value(57312949370.0), say_value(6795.536703000001), say_value(None)
    ('57312949370', '6795.536703', '')
    """
    if value is None:
        return ""
    return str(int(value)) if float(value).is_integer() else format(value, ".10g")


def digest_figures(figures: dict[str, str]) -> str:
    """Digest what statistics say, whoever collected them."""
    lines = sorted(f"{_without_source(key)}:{said}" for key, said in figures.items())
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _without_source(key: str) -> str:
    """What a figure is, whoever collected it."""
    code, _, province, year = key.split("|")
    return f"{code}|{province}|{year}"


def tell_conflict(ours: dict[str, str], theirs: dict[str, str], *, sheet: str, where: str) -> Finding | None:
    """Tell what two files of one source give otherwise; None where they agree in all that both give."""
    shared = ours.keys() & theirs.keys()
    differing = sorted(key for key in shared if ours[key] != theirs[key])
    if not differing:
        return None
    first = differing[0]
    code, _, province, year = first.split("|")
    named = load_catalogue().definitions.get(code)
    return make_finding(
        "indicator_conflict",
        sheet=sheet,
        value=ours[first].replace("year=", ""),
        province_code=None if province == "None" else province,
        code=named.name_th if named else code,
        year=year,
        earlier=where,
        text=theirs[first].replace("year=", ""),
        counts=f"{len(differing)} จาก {len(shared)} รายการ",
    )
