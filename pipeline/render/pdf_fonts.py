"""Sarabun for the PDF: the same shapes, arranged so that each Thai character can be read back from its glyph.

A PDF holds glyphs; a reader gets the text back from them. Three habits of the typeface hide it: a tone mark
that is moved up or down is set apart from its syllable and read twice, sara am is drawn as two glyphs of which
neither is sara am, and variants are drawn from parts. Here tone marks keep one height, sara am is one glyph (or,
under a tone mark, a sara aa of its own), and Thai glyphs are whole. Sarabun's licence (SIL OFL 1.1, without a
reserved name) allows that.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from functools import cache
from io import BytesIO
from types import MappingProxyType
from typing import Any

from fontTools.otlLib import builder  # type: ignore[import-untyped]
from fontTools.pens.recordingPen import DecomposingRecordingPen  # type: ignore[import-untyped]
from fontTools.pens.ttGlyphPen import TTGlyphPen  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from fontTools.ttLib.tables import otTables  # type: ignore[import-untyped]

from pipeline.kept import keep
from pipeline.render.fonts import faces_made_of, font_file

FACES = ("Regular", "Bold")
THAI_GLYPH = re.compile(r"uni((?:0E[0-9A-F]{2})+)(?:\.\w+)*")
# Variants that the typeface names by the letter's name instead of its code.
NAMED_VARIANTS = {
    "yoYingthai": "ญ",
    "doChadathai": "ฎ",
    "toPatakthai": "ฏ",
    "thoThanthai": "ฐ",
    "loChulathai": "ฬ",
}
NIKHAHIT, SARA_AA, SARA_AM = "uni0E4D", "uni0E32", "uni0E33"
SARA_AA_OF_AM, SARA_AM_NARROW = "uni0E32.am", "uni0E33.narrow"
TONES = ("0E48", "0E49", "0E4A", "0E4B")
RAISED = tuple(f"uni{code}.small" for code in (*TONES, "0E4C"))
NARROW_VOWELS = tuple(f"uni0E{code}.narrow" for code in ("31", "34", "35", "36", "37", "47"))
MARK_TO_MARK = 6
LEVEL_TOLERANCE = 100
# Over ป ฝ ฟ a vowel stands to the left, and so does the point on it where a tone mark is hung.
NARROW_HANG = -240
BASE_CLASS, MARK_CLASS = 1, 3


@cache
def readable_face(face: str) -> bytes:
    """The font file of a face, made readable."""
    return keep(f"readable-{face}", faces_made_of(), lambda: _make_readable(face))


def _make_readable(face: str) -> bytes:
    with TTFont(font_file(face), recalcTimestamp=False) as font:
        _make_whole(font)
        _add_sara_am_glyphs(font)
        _add_narrow_tones(font)
        for table in _mark_to_mark_tables(font):
            _level_tone_marks(table)
            _hang_narrow_tones(table, font.getReverseGlyphMap())
        _add_lookups(font)
        saved = BytesIO()
        font.save(saved)
    return saved.getvalue()


@cache
def outline_texts() -> Mapping[bytes, str]:
    """The character that each Thai outline of the readable faces stands for, by the outline's bytes."""
    found: dict[bytes, str] = {}
    for face in FACES:
        with TTFont(BytesIO(readable_face(face)), lazy=True) as font:
            names = font.getGlyphOrder()
            for name, outline in zip(names, read_outlines(readable_face(face)), strict=True):
                if outline and (text := _glyph_text(name)):
                    found[outline] = text
    return MappingProxyType(found)


def read_outlines(font: bytes) -> list[bytes]:
    """The outline of each glyph of a TrueType file, as it stands in its glyf table."""
    tables = dict(_table_places(font))
    (is_long,) = struct.unpack_from(">h", font, tables["head"][0] + 50)
    start, length = tables["loca"]
    places = struct.unpack_from(f">{length // 4}L" if is_long else f">{length // 2}H", font, start)
    scale, glyf = (1 if is_long else 2), tables["glyf"][0]
    return [
        font[glyf + first * scale : glyf + last * scale].rstrip(b"\0")
        for first, last in zip(places, places[1:], strict=False)
    ]


def _table_places(font: bytes) -> Iterator[tuple[str, tuple[int, int]]]:
    (count,) = struct.unpack_from(">H", font, 4)
    for number in range(count):
        tag, _sum, offset, length = struct.unpack_from(">4sLLL", font, 12 + 16 * number)
        yield tag.decode("latin-1"), (offset, length)


def _glyph_text(name: str) -> str:
    if name in (SARA_AA_OF_AM, SARA_AM_NARROW):
        return "ำ"
    if found := THAI_GLYPH.fullmatch(name):
        codes = re.findall("....", found.group(1))
        # Nikhahit with a tone mark is drawn for sara am only, and there sara am has its own glyph.
        return (
            chr(int(codes[-1], 16)) if codes[0] == "0E4D" else "".join(chr(int(code, 16)) for code in codes)
        )
    return NAMED_VARIANTS.get(name.partition(".")[0], "")


def _make_whole(font: TTFont) -> None:
    """Draw Thai glyphs that are put together from others as one outline, so that its bytes name it."""
    glyphs, shapes = font["glyf"], font.getGlyphSet()
    for name in font.getGlyphOrder():
        if _glyph_text(name) and glyphs[name].isComposite():
            glyphs[name] = _draw(shapes, name)


def _draw(shapes: Mapping[str, Any], *names: str) -> Any:
    pen = TTGlyphPen(None)
    for name in names:
        recording = DecomposingRecordingPen(shapes)
        shapes[name].draw(recording)
        recording.replay(pen)
    return pen.glyph()


def _mark_to_mark_tables(font: TTFont) -> list[Any]:
    lookups = font["GPOS"].table.LookupList.Lookup
    return [table for lookup in lookups if lookup.LookupType == MARK_TO_MARK for table in lookup.SubTable]


def _level_tone_marks(table: Any) -> None:
    """Put every mark above another at the one height for which its raised variant is drawn."""
    heights = {record.MarkAnchor.YCoordinate for record in table.Mark1Array.MarkRecord}
    for record in table.Mark2Array.Mark2Record:
        for anchor in record.Mark2Anchor:
            _level(anchor, heights)


def _level(anchor: Any, heights: set[int]) -> None:
    if anchor is None:
        return
    nearest = min(heights, key=lambda height: abs(height - anchor.YCoordinate))
    if abs(nearest - anchor.YCoordinate) < LEVEL_TOLERANCE:
        anchor.YCoordinate = nearest


def _hang_narrow_tones(table: Any, order: Mapping[str, int]) -> None:
    """Let the narrow raised tone marks be hung as the raised ones are, further left."""
    marks = dict(zip(table.Mark1Coverage.glyphs, table.Mark1Array.MarkRecord, strict=True))
    for raised in set(RAISED) & set(marks):
        marks[f"{raised}.narrow"] = narrow = deepcopy(marks[raised])
        narrow.MarkAnchor.XCoordinate = NARROW_HANG
    table.Mark1Coverage.glyphs = sorted(marks, key=lambda name: order[name])
    table.Mark1Array.MarkRecord = [marks[name] for name in table.Mark1Coverage.glyphs]
    table.Mark1Array.MarkCount = len(marks)


def _add_narrow_tones(font: TTFont) -> None:
    """Draw raised tone marks further left, so that over ป ฝ ฟ they too end where the consonant ends."""
    hung = next(
        record.MarkAnchor.XCoordinate
        for table in _mark_to_mark_tables(font)
        for name, record in zip(table.Mark1Coverage.glyphs, table.Mark1Array.MarkRecord, strict=True)
        if name == RAISED[0]
    )
    for raised in RAISED:
        glyph = deepcopy(font["glyf"][raised])
        glyph.coordinates.translate((NARROW_HANG - hung, 0))
        _add_glyph(font, f"{raised}.narrow", glyph, width=font["hmtx"][raised][0], kind=MARK_CLASS)


def _add_sara_am_glyphs(font: TTFont) -> None:
    shapes, width = font.getGlyphSet(), font["hmtx"][SARA_AA][0]
    of_am = deepcopy(font["glyf"][SARA_AA])
    # A thousandth of an em: enough to tell it from a plain sara aa by its bytes.
    of_am.coordinates[0] = (of_am.coordinates[0][0] + 1, of_am.coordinates[0][1])
    _add_glyph(font, SARA_AA_OF_AM, of_am, width=width, kind=BASE_CLASS)
    narrow, whole = _draw(shapes, f"{NIKHAHIT}.narrow", SARA_AA), _draw(shapes, NIKHAHIT, SARA_AA)
    _add_glyph(font, SARA_AM_NARROW, narrow, width=width, kind=BASE_CLASS)
    _add_glyph(font, SARA_AM, whole, width=width, kind=BASE_CLASS)


def _add_glyph(font: TTFont, name: str, glyph: Any, *, width: int, kind: int) -> None:
    glyphs = font["glyf"]
    glyphs[name] = glyph
    glyph.recalcBounds(glyphs)
    font["hmtx"][name] = (width, glyph.xMin)
    font["GDEF"].table.GlyphClassDef.classDefs[name] = kind
    font.setGlyphOrder(glyphs.glyphOrder)


def _add_lookups(font: TTFont) -> None:
    """After the typeface's own rules: put sara am together again, and tone marks over narrow vowels to the left."""
    table, order = font["GSUB"].table, font.getReverseGlyphMap()
    lookups = table.LookupList.Lookup
    first = len(lookups)
    after_tone = [f"{NIKHAHIT}{tone}{variant}" for tone in TONES for variant in ("", ".narrow")]
    ligatures = {(NIKHAHIT, SARA_AA): SARA_AM, (f"{NIKHAHIT}.narrow", SARA_AA): SARA_AM_NARROW}
    lookups += [
        builder.buildLookup([subtable])
        for subtable in (
            builder.buildSingleSubstSubtable({SARA_AA: SARA_AA_OF_AM}),
            builder.buildSingleSubstSubtable({name: f"{name}.narrow" for name in RAISED}),
            builder.buildLigatureSubstSubtable(ligatures),
            _after(after_tone, [SARA_AA], order=order, lookup=first),
            _after(NARROW_VOWELS, RAISED, order=order, lookup=first + 1),
        )
    ]
    table.LookupList.LookupCount = len(lookups)
    for record in table.FeatureList.FeatureRecord:
        if record.FeatureTag == "ccmp" and len(record.Feature.LookupListIndex) > 1:
            record.Feature.LookupListIndex += [first + 2, first + 3, first + 4]
            record.Feature.LookupCount = len(record.Feature.LookupListIndex)


def _after(before: Sequence[str], names: Sequence[str], *, order: Mapping[str, int], lookup: int) -> Any:
    """A rule: apply a lookup to glyphs that follow certain others."""
    rule = otTables.ChainContextSubst()
    rule.Format = 3
    rule.BacktrackCoverage = [builder.buildCoverage(before, order)]
    rule.InputCoverage = [builder.buildCoverage(names, order)]
    rule.LookAheadCoverage = []
    record = otTables.SubstLookupRecord()
    record.SequenceIndex, record.LookupListIndex = 0, lookup
    rule.SubstLookupRecord = [record]
    rule.BacktrackGlyphCount = rule.InputGlyphCount = rule.SubstCount = 1
    rule.LookAheadGlyphCount = 0
    return rule
