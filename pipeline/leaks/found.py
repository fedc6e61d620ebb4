"""Whether a text has personal data in it, and of which kind; the text itself goes no further."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from pipeline import personal
from pipeline.settings import SPECS
from pipeline.thai import to_arabic_digits

_MASKS = (
    personal.MASK_ID,
    personal.MASK_PHONE,
    personal.MASK_EMAIL,
    personal.MASK_LINE,
    personal.MASK_NAME,
)
_MASK = re.compile("|".join(map(re.escape, _MASKS)))
# Digests and ids of ours, of which any run of digits may look like a telephone.
_OWN = re.compile(
    r"(?<![0-9A-Za-z])(?:[0-9a-f]{12}(?:-\d+){2,}|(?=[0-9]*[a-f])[0-9a-f]{12,64})(?![0-9A-Za-z])"
)
_SHORTEST = 6
_MOST_REMEMBERED = 500_000


@dataclass(frozen=True, order=True)
class Leak:
    """Personal data in what is about to be published.

    Attributes:
        file: in which file, personal data in its own name masked.
        place: where in it; empty where it is the name.
        kind: of which kind, never the text.
    """

    file: str
    place: str
    kind: str

    @property
    def told(self) -> str:
        """The place and the kind, to print."""
        return f"{self.file}{f' › {self.place}' if self.place else ''} ({self.kind})"


def find_kinds(texts: Iterable[str], codes: Callable[[], frozenset[str]] = frozenset) -> dict[str, str]:
    """Find the texts that have personal data in them.

    Args:
        texts: texts that stand apart: no name and no number goes from one into the next.
        codes: gives the bare numbers that stand in columns of codes, where they are no telephones.

    Returns:
        By text the kinds, as words to print.
    """
    found = {}
    fresh = {text for text in texts if len(text) >= _SHORTEST} - _harmless()
    for text in fresh:
        kinds = _kinds_of(text, codes) if personal.may_hold_personal_data(text) else ()
        if kinds:
            found[text] = ", ".join(kinds)
    if len(_harmless()) < _MOST_REMEMBERED:
        _harmless().update(fresh - found.keys())
    return found


@lru_cache(maxsize=1)
def _harmless() -> set[str]:
    """Texts in which nothing was found; the pages of a release repeat one another."""
    return set()


def _kinds_of(text: str, codes: Callable[[], frozenset[str]]) -> list[str]:
    """The kinds of personal data in a text."""
    plain = _OWN.sub(" ", to_arabic_digits(text))
    masked = personal.mask(plain)
    if masked == plain:
        return []
    is_code = personal.is_bare_number(plain) and len(plain.strip()) < 13 and plain.strip() in codes()
    return (
        []
        if is_code
        else sorted({kind.strip("[]") for item, kind in _items(plain, masked) if item not in _own_words()})
    )


def _items(plain: str, masked: str) -> list[tuple[str, str]]:
    """What was taken out of a text, each with the word that stands there now."""
    kinds = _MASK.findall(masked)
    between = map(re.escape, _MASK.split(masked))
    found = re.fullmatch("(.+?)".join(between), plain, re.DOTALL)
    items = found.groups() if found else [""] * len(kinds)
    return [(item, kind) for item, kind in zip(items, kinds, strict=True) if item != kind]


@lru_cache(maxsize=1)
def _own_words() -> _Words:
    return _Words("\n".join(path.read_text(encoding="utf-8") for path in sorted(SPECS.glob("*.yml"))))


@dataclass(frozen=True)
class _Words:
    """What the specs say is the office's own: whom to ask, in a letter, is meant to be read."""

    text: str

    def __contains__(self, item: str) -> bool:
        return bool(item) and item in self.text
