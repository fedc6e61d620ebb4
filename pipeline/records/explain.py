"""Why a stated total is not the sum of its rows: the one row, digit or unit that would make it right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from pipeline import specs

TOTALS = "totals.yml"
_SCALES = (1_000, 1_000_000)
_NAMED_ROWS = 3
_MOST_SEARCHED = 20_000


@dataclass(frozen=True)
class Claim:
    """A stated total beside its rows, money in satang.

    Attributes:
        stated: what the sheet says.
        rows: the zero-based rows that it covers.
        amounts: what each of them holds; None where blank or unreadable.
        unreadable: those of the rows whose amount could not be read.
        numbers: the running numbers of the rows, as far as there are.
    """

    stated: int
    rows: Sequence[int]
    amounts: Sequence[int | None]
    unreadable: frozenset[int] = frozenset()
    numbers: tuple[int, ...] = field(default=())

    @property
    def computed(self) -> int:
        """The sum of the rows."""
        return sum(amount or 0 for amount in self.amounts)

    @property
    def difference(self) -> int:
        """Stated less computed."""
        return self.stated - self.computed


@dataclass(frozen=True)
class Explanation:
    """What would make a total right.

    Attributes:
        kind: its name in specs/totals.yml.
        text_th: a Thai sentence.
        row: the zero-based row that explains it; None where it is no single row.
    """

    kind: str
    text_th: str
    row: int | None = None


def explain(claim: Claim) -> Explanation | None:
    """Find the likeliest reason why a total is not the sum of its rows; None where it is, or nothing fits.

    >>> explain(Claim(600, [4, 5], [300, 100])) is None
    True
    >>> explain(Claim(700_00, [4, 5], [300_00, 400_00])) is None
    True
    >>> told = explain(Claim(300_00, [4, 5], [300_00, 400_00]))
    >>> told.kind, told.row, told.text_th
    ('row_left_out', 5, 'ต่างเท่ากับแถว 6 พอดี: ยอดรวมที่พิมพ์ไว้อาจไม่ได้รวมแถวนี้')
    """
    if not claim.difference or len(claim.rows) > _MOST_SEARCHED:
        return None
    return next(_reasons(claim), None)


def _reasons(claim: Claim) -> Iterator[Explanation]:
    """Every reason that fits, the likeliest first."""
    yield from _total_unit(claim)
    if claim.unreadable and claim.difference > 0:
        yield _at_rows("unreadable", sorted(claim.unreadable), difference=_baht(claim.difference))
    yield from _same_amount(claim)
    yield from _missing_numbers(claim)
    yield from _row_unit(claim)
    if is_swapped(claim.stated, claim.computed):
        yield Explanation("total_swapped", say_explanation("total_swapped"))
    if has_one_digit_more(claim.stated, claim.computed) or has_one_digit_more(claim.computed, claim.stated):
        yield Explanation("total_digit", say_explanation("total_digit"))
    yield from _misprinted_row(claim)
    yield from _run_of_rows(claim)
    if claim.difference % 900 == 0:
        yield Explanation("nines", say_explanation("nines"))


def _total_unit(claim: Claim) -> Iterator[Explanation]:
    """The total is a thousand or a million times the sum, or the other way round."""
    for scale in _SCALES:
        if claim.stated and claim.computed and claim.stated == claim.computed * scale:
            yield Explanation("total_unit", say_explanation("total_unit", times=f"{scale:,}"))
        elif claim.stated and claim.stated * scale == claim.computed:
            yield Explanation("total_unit", say_explanation("total_unit", times=f"1/{scale:,}"))


def _same_amount(claim: Claim) -> Iterator[Explanation]:
    """The difference is exactly one row's amount."""
    rows = [
        row
        for row, amount in zip(claim.rows, claim.amounts, strict=True)
        if amount and amount == abs(claim.difference)
    ]
    if rows:
        yield _at_rows("row_twice" if claim.difference > 0 else "row_left_out", rows)


def _missing_numbers(claim: Claim) -> Iterator[Explanation]:
    """A running number is left out, and the total has more than the rows."""
    if claim.difference < 0 or len(claim.numbers) < 2:
        return
    seen = set(claim.numbers)
    span = range(min(seen), max(seen) + 1)
    if len(span) - len(seen) not in range(1, _NAMED_ROWS + 1):
        return
    missing = ", ".join(str(number) for number in span if number not in seen)
    text = say_explanation("row_missing", numbers=missing, difference=_baht(claim.difference))
    yield Explanation("row_missing", text)


def _row_unit(claim: Claim) -> Iterator[Explanation]:
    """One row, multiplied or divided by a thousand or a million, would make the total right."""
    for scale in _SCALES:
        up = _rows_meaning(claim, lambda amount, meant, scale=scale: meant == amount * scale)
        down = _rows_meaning(claim, lambda amount, meant, scale=scale: meant * scale == amount and meant > 0)
        for rows, times in ((up, f"{scale:,}"), (down, f"1/{scale:,}")):
            if len(rows) == 1:
                yield _at_rows("row_unit", rows, times=times)


def _misprinted_row(claim: Claim) -> Iterator[Explanation]:
    """One row alone, its digits swapped or one of them lost or too many, would make the total right."""
    tests = {
        "row_swapped": is_swapped,
        "row_digit": lambda amount, meant: (
            has_one_digit_more(amount, meant) or has_one_digit_more(meant, amount)
        ),
    }
    for kind, fits in tests.items():
        rows = _rows_meaning(claim, fits)
        if len(rows) == 1:
            amount = claim.amounts[list(claim.rows).index(rows[0])] or 0
            yield _at_rows(kind, rows, meant=_baht(amount + claim.difference))


def _rows_meaning(claim: Claim, fits: object) -> list[int]:
    """The rows whose amount, and what it would have to be, fit a test."""
    assert callable(fits)
    return [
        row
        for row, amount in zip(claim.rows, claim.amounts, strict=True)
        if amount and amount + claim.difference > 0 and fits(amount, amount + claim.difference)
    ]


def _run_of_rows(claim: Claim) -> Iterator[Explanation]:
    """The first or the last rows together are what the total lacks."""
    if claim.difference > 0:
        return
    pairs = list(zip(claim.rows, claim.amounts, strict=True))
    for run in (pairs, pairs[::-1]):
        total = 0
        for count, (_, amount) in enumerate(run, start=1):
            total += amount or 0
            if total == -claim.difference and 1 < count < len(pairs):
                rows = sorted(row for row, _ in run[:count])
                text = say_explanation("rows_left_out", rows=f"{rows[0] + 1}-{rows[-1] + 1}")
                yield Explanation("rows_left_out", text, rows[0])


def is_swapped(number: int, other: int) -> bool:
    """Whether two numbers differ by two neighbouring digits that stand the other way round.

    >>> is_swapped(54_000, 45_000), is_swapped(54_000, 40_500), is_swapped(50, 500)
    (True, False, False)
    """
    one, two = str(number), str(other)
    if len(one) != len(two) or number == other or (number - other) % 9:
        return False
    places = [place for place in range(len(one)) if one[place] != two[place]]
    return (
        len(places) == 2
        and places[1] == places[0] + 1
        and one[places[0]] + one[places[1]] == two[places[1]] + two[places[0]]
    )


def has_one_digit_more(longer: int, shorter: int) -> bool:
    """Whether leaving one digit out of a number gives the other.

    >>> has_one_digit_more(125_000, 25_000), has_one_digit_more(500, 50), has_one_digit_more(500, 70)
    (True, True, False)
    """
    one, two = str(longer), str(shorter)
    if len(one) != len(two) + 1:
        return False
    place = next((place for place in range(len(two)) if one[place] != two[place]), len(two))
    return one[place + 1 :] == two[place:]


def _at_rows(kind: str, rows: Sequence[int], **words: str) -> Explanation:
    """Word a reason that names rows, as many as a reader follows."""
    named = " หรือ ".join(str(row + 1) for row in rows[:_NAMED_ROWS])
    return Explanation(kind, say_explanation(kind, rows=named, **words), rows[0])


def _baht(satang: int) -> str:
    """Write satang as baht."""
    return f"{abs(satang) / 100:,.2f}"


def say_explanation(kind: str, **words: str) -> str:
    """Fill an explanation's words.

    Raises:
        SpecError: specs/totals.yml has no such explanation.
    """
    texts = load_totals()["explanations"]
    specs.require(kind in texts, f"{TOTALS}: explanations", f"a text for {kind}")
    return str(texts[kind]).format(**words)


@lru_cache(maxsize=1)
def load_totals() -> dict[str, dict[str, object]]:
    """Load the words about totals.

    Raises:
        SpecError: a part of specs/totals.yml is missing.
    """
    content: dict[str, dict[str, object]] = specs.load_yaml(TOTALS)
    for part in ("count_words", "counted", "explanations"):
        specs.require(part in content, TOTALS, f"a value for {part}")
    return content
