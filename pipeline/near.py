"""Names that are nearly the same; suggestions, never merged."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.thai import squeeze, to_arabic_digits

_DIGITS = re.compile(r"\d+")


def list_numbers(name: str) -> str:
    """Give the numbers of a name, which names of one thing share.

    >>> list_numbers("อบรม รุ่นที่ ๒ ปี 2565")
    '2 2565'
    """
    return " ".join(_DIGITS.findall(to_arabic_digits(squeeze(name))))


def find_near(names: Sequence[str], score: float) -> list[tuple[int, int]]:
    """Give the place of each name that is nearly, and not exactly, an earlier one, with the first such.

    >>> find_near(["อบรมเยาวชนต้านยาเสพติด", "ไกล่เกลี่ยข้อพิพาท", "อบรมเยาวชนต้านยาเสพติต"], 88)
    [(2, 0)]
    """
    return [(later, earlier) for later, earlier, _ in score_near(names, score)]


def score_near(names: Sequence[str], score: float) -> list[tuple[int, int, float]]:
    """Give the place of each name that is nearly, and not exactly, an earlier one, with the first such and how alike.

    Args:
        names: of things that may be one.
        score: how alike they must be, 0 to 100.
    """
    # An ingest passes here without comparing a name, and numpy takes longer to load than the views to make.
    import numpy
    from rapidfuzz import fuzz, process

    different = list(dict.fromkeys(names))
    if len(different) < 2:
        return []
    scores = process.cdist(different, different, scorer=fuzz.ratio, score_cutoff=score, dtype=numpy.uint8)
    found = []
    firsts = {name: names.index(name) for name in different}
    for place, row in enumerate(scores):
        earlier = numpy.flatnonzero(row[:place])
        if len(earlier):
            first = int(earlier[0])
            found.append((firsts[different[place]], firsts[different[first]], float(row[first])))
    return found
