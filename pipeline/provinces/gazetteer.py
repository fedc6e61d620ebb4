"""Province names as offices write them -> the 2-digit code; a name that could be two provinces is refused."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.thai import clean_text, has_marks, squeeze, to_arabic_digits

_BRACKETED = re.compile(r"\(([^()]*)\)$")
_TOKEN = re.compile(r"[^\s_\-–,;:()\[\]./\\0-9๐-๙]+")
_NOT_LATIN = re.compile(r"[^a-z]+")
_SHORTEST_STRIPPED = 4


@dataclass(frozen=True)
class Province:
    """One of the 77; see specs/provinces.csv for the source of each column."""

    province_code: str
    iso_code: str
    name_th: str
    name_en: str
    slug: str
    cluster: str | None
    region4: str
    region6: str
    is_pilot: bool


@dataclass(frozen=True)
class Resolved:
    """A province and what gave it.

    Attributes:
        province_code: which it is.
        how: exact, alias, misspelling, town, english, office, stripped (a text that lost its vowels and tones),
            code or abbreviation; specs/province_words.yml words each.
        spelling: what was read as its name, where it stands inside a longer text.
    """

    province_code: str
    how: str
    spelling: str = ""


@dataclass(frozen=True)
class Words:
    """What stands before and after a province's name; see specs/province_words.yml."""

    before: re.Pattern[str]
    offices: frozenset[str]
    suffix: re.Pattern[str]
    cased: dict[str, str]
    documents: tuple[str, ...]


@dataclass(frozen=True)
class Gazetteer:
    """All names that stand for a province.

    Attributes:
        provinces: by code.
        names: squeezed names that count wherever they stand as a word of their own.
        short: codes and abbreviations, which count only in a column of provinces; Latin ones in capitals, since nan
            is what programs of statistics write for nothing.
        stripped: official names as they look without vowels above and below and without tones.
        words: what stands before and after a name.
        stripped_words: the same without marks.
        mention: a word that says province, and a name.
        stripped_mention: the same in a text without marks.
        how_th: how a name was read, in Thai.
        how_told: ways that are told even where a title, a sheet or a file was read so.
    """

    provinces: dict[str, Province]
    names: dict[str, Resolved]
    short: dict[str, Resolved]
    stripped: dict[str, Resolved]
    words: Words
    stripped_words: Words
    mention: re.Pattern[str]
    stripped_mention: re.Pattern[str]
    how_th: dict[str, str]
    how_told: frozenset[str]

    def resolve(self, text: str) -> Resolved | None:
        """Read a cell of a province column; None where it is no province's exact name, code or listed alias.

        Near matches are never accepted: เพชรบุรี and เพชรบูรณ์ are two provinces. A name with two provinces in it
        (เชียงใหม่ สาขาเทิง) is neither.
        """
        plain = squeeze(text)
        if plain in self.names and plain not in self.words.cased:
            return self.names[plain]
        found = self.short.get(to_arabic_digits(plain).strip(".")) or self.short.get(text.strip())
        if found or not plain:
            return found
        found = self._read_name(plain, text, self.names, self.words)
        if found is None and not has_marks(plain):
            found = self._read_name(plain, text, self.stripped, self.stripped_words)
        return found

    def find_named(self, text: str) -> dict[str, Resolved]:
        """Find every province that a title, a sheet's name or a path names, by code, and what gave each.

        A name counts after a word that says province, or as a word of its own; เลย, แพร่ or น่าน inside
        other words do not. Codes and abbreviations say nothing here.
        """
        plain = squeeze(text)
        found = {
            self.names[name].province_code: _with_spelling(self.names[name], name)
            for name in self.mention.findall(plain)
        }
        for token in [*_TOKEN.findall(text), *([text] if plain.isascii() else [])]:
            answer = self._read_token(token)
            if answer:
                found.setdefault(answer.province_code, answer)
        if not found and not has_marks(plain) and not plain.isascii():
            found = self._find_stripped(text)
        return found

    def find_all(self, text: str) -> frozenset[str]:
        """Find the code of every province that a title, a sheet's name or a path names; see `find_named`."""
        return frozenset(self.find_named(text))

    def suggest(self, text: str, *, limit: int = 3) -> list[str]:
        """Name the provinces whose spelling is nearest, for a person to choose from; never used unasked."""
        from rapidfuzz import process

        known = [province.name_th for province in self.provinces.values()]
        bare = self.words.before.sub("", squeeze(text))
        return [name for name, _, _ in process.extract(bare, known, limit=limit, score_cutoff=60)]

    def _read_name(self, plain: str, text: str, names: dict[str, Resolved], words: Words) -> Resolved | None:
        """Take off what stands around a name and look it up; what is taken off must not name another province."""
        if plain in names:
            return names[plain] if _is_cased(plain, text, words) else None
        word = words.before.match(plain)
        bare, rest = _split_suffix(plain[word.end() :] if word else plain, words)
        found = names.get(bare) or (names.get(rest) if not bare else None)
        if found is None or not _is_cased(bare or rest, text, words):
            return None
        branch = names.get(rest)
        if branch and branch.province_code != found.province_code:
            return None
        is_office = word is not None and word.group() in words.offices
        return Resolved(found.province_code, "office") if is_office and found.how == "exact" else found

    def _read_token(self, token: str) -> Resolved | None:
        """Look up a word of its own; Latin letters also where hyphens or spaces join them."""
        key = squeeze(token)
        if key.isascii():
            key = _NOT_LATIN.sub("", key)
        found = self.names.get(key) or self._read_document(key)
        return _with_spelling(found, token) if found and _is_cased(key, token, self.words) else None

    def _read_document(self, key: str) -> Resolved | None:
        """Look up a name with a document's word written before it: แผนเพชรบูรณ์."""
        word = next((word for word in self.words.documents if key.startswith(word)), None)
        return self.names.get(key.removeprefix(word)) if word else None

    def _find_stripped(self, text: str) -> dict[str, Resolved]:
        """Find names in a text that has lost all its marks, as `find_named` does in one that has them."""
        names = self.stripped_mention.findall(clean_text(text).lower())
        tokens = [squeeze(token) for token in _TOKEN.findall(text)]
        names += [token for token in tokens if len(token) >= _SHORTEST_STRIPPED and token in self.stripped]
        return {
            self.stripped[name].province_code: _with_spelling(self.stripped[name], name) for name in names
        }


def _split_suffix(plain: str, words: Words) -> tuple[str, str]:
    """Part a name from what follows it: a branch, a word in brackets, the word province."""
    bracketed = _BRACKETED.search(plain)
    if bracketed:
        return plain[: bracketed.start()], words.suffix.sub("", bracketed.group(1))
    found = words.suffix.search(plain)
    return (plain[: found.start()], plain[found.end() :]) if found else (plain, "")


def _is_cased(key: str, text: str, words: Words) -> bool:
    """Whether a name that is another word in other letters is written as a name."""
    return key not in words.cased or words.cased[key] in text


def _with_spelling(found: Resolved, spelling: str) -> Resolved:
    """Tell what was read as the name."""
    return Resolved(found.province_code, found.how, spelling)
