"""Makes the text of a Typst PDF readable to every reader: each Thai glyph says which character it is.

Typst names whole syllables beside the glyphs (ActualText), which many readers do not look at, and gives the
glyphs themselves the text of the first syllable that they stood in. Here the glyphs get their own characters.
Where it moves a mark it names the syllable twice, and it names the signs that only guide the breaks of lines.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping

from pipeline.errors import BriefFailed
from pipeline.render.pdf_fonts import outline_texts, read_outlines

STREAM = re.compile(rb"^(?P<head>.*?)stream\n(?P<body>.*)\nendstream", re.DOTALL)
MAPPED = re.compile(r"<([0-9A-F]{4})> <([0-9A-F]+)>")
ENTRIES = re.compile(r"\d+ beginbfchar.*endbfchar\n?", re.DOTALL)
BLOCK = 100
# The pages are packed fast: they are most of the file, and little of its size is won by more.
FAST = 4
# A syllable named again in the next piece, which is a mark of its own where it stands a little off the line.
NAMED = rb"/Span<</ActualText<"
AGAIN = re.compile(
    NAMED + rb"(?P<name>[0-9A-F]+)>>>BDC(?>.*?EMC)\nET\nQ\n(?:EMC/Span<</MCID \d+>>BDC\n)?"
    rb"q 1 0 0 -1 \S+ (?P<height>\S+) cm[^\n]*\nBT(?=" + NAMED + rb"(?P=name)>)", re.DOTALL,
)  # fmt: skip
PLACED = re.compile(rb"q 1 0 0 -1 \S+ (\S+) cm")
LEAST_MOVED_PT, MOST_MOVED_PT = 0.001, 2.0
# Guides to the breaks of lines, which nobody reads.
GUIDED = re.compile(rb"/ActualText<(?P<units>[0-9A-F]*?(?:2060|200B)[0-9A-F]*)>")
GUIDES = (b"2060", b"200B")
CONTENTS = re.compile(rb"/Contents (\d+) 0 R")
# What holds by default, and poppler calls an error.
NOT_SUSPECT = b"/Suspects false"


def make_text_readable(pdf: bytes) -> bytes:
    """Rewrite the character maps of a PDF written by Typst; all else stays byte for byte.

    Raises:
        BriefFailed: the file is not built as Typst builds it.
    """
    objects, trailer = _read_objects(pdf)
    for font in [content for content in objects.values() if b"/Subtype/Type0" in content]:
        descendant = objects[_reference(font, b"DescendantFonts")]
        descriptor = objects[_reference(descendant, b"FontDescriptor")]
        outlines = read_outlines(_unpack(objects[_reference(descriptor, b"FontFile2")]))
        number = _reference(font, b"ToUnicode")
        objects[number] = _rewrite_map(objects[number], outlines)
    for number in [
        int(found) for content in list(objects.values()) for found in CONTENTS.findall(content[:2000])
    ]:
        objects[number] = _pack(objects[number], _name_once(_unpack(objects[number])))
    objects |= {
        number: content.replace(NOT_SUSPECT, b"")
        for number, content in objects.items()
        if NOT_SUSPECT in content
    }
    return _write(pdf[: min(_places(pdf).values())], objects, trailer)


def _places(pdf: bytes) -> dict[int, int]:
    start = int(pdf[pdf.rindex(b"startxref") :].split()[1])
    found = re.match(rb"xref\n0 (\d+)\n", pdf[start : start + 40])
    if not found:
        raise BriefFailed("PDF: no cross-reference table where Typst writes one")
    lines = pdf[start + found.end() :].split(b"\n", int(found.group(1)))
    return {number: int(line[:10]) for number, line in enumerate(lines[:-1]) if b" n" in line}


def _read_objects(pdf: bytes) -> tuple[dict[int, bytes], bytes]:
    places = _places(pdf)
    start = pdf.rindex(b"\nxref\n") + 1
    begins = sorted(places.values())
    ends = dict(zip(begins, [*begins[1:], start], strict=True))
    objects = {number: pdf[place : ends[place]] for number, place in places.items()}
    trailer = pdf[pdf.rindex(b"trailer") : pdf.rindex(b"startxref")]
    return objects, trailer


def _reference(content: bytes, key: bytes) -> int:
    found = re.search(rb"/" + key + rb"\s*\[?\s*(\d+) 0 R", content)
    if not found:
        raise BriefFailed(f"PDF: a font without {key.decode()}")
    return int(found.group(1))


def _unpack(content: bytes) -> bytes:
    found = STREAM.match(content)
    if not found:
        raise BriefFailed("PDF: a stream was expected")
    return zlib.decompress(found["body"])


def _rewrite_map(content: bytes, outlines: list[bytes]) -> bytes:
    text = _unpack(content).decode("ascii")
    known = outline_texts()
    entries = dict(MAPPED.findall(text))
    for glyph, outline in enumerate(outlines):
        if outline in known:
            entries[f"{glyph:04X}"] = known[outline].encode("utf-16-be").hex().upper()
    return _pack(content, ENTRIES.sub(lambda _: _entry_blocks(entries), text).encode("ascii"))


def _name_once(stream: bytes) -> bytes:
    """Name each syllable once, as it is written."""
    pieces, last = [], 0
    for found in AGAIN.finditer(stream):
        if not _is_moved(stream, found):
            continue
        end = found.start() + len(NAMED)
        pieces += [stream[last:end], b"FEFF"]
        last = end + len(found["name"])
    return GUIDED.sub(_without_guides, b"".join([*pieces, stream[last:]]))


def _is_moved(stream: bytes, found: re.Match[bytes]) -> bool:
    """Whether the second piece stands a little above or below the first; a word that is said twice does not."""
    before = PLACED.match(stream, stream.rfind(b"\nq 1 0 0 -1 ", 0, found.start()) + 1)
    moved = abs(float(before[1]) - float(found["height"])) if before else 0.0
    return LEAST_MOVED_PT < moved < MOST_MOVED_PT


def _without_guides(found: re.Match[bytes]) -> bytes:
    units = found["units"]
    quads = [units[place : place + 4] for place in range(0, len(units), 4)]
    return b"/ActualText<" + b"".join([quad for quad in quads if quad not in GUIDES]) + b">"


def _pack(content: bytes, stream: bytes) -> bytes:
    packed = zlib.compress(stream, FAST)
    head = content[: content.index(b"stream\n")]
    head = re.sub(rb"/Length \d+", b"/Length %d" % len(packed), head)
    return head + b"stream\n" + packed + b"\nendstream\nendobj\n"


def _entry_blocks(entries: Mapping[str, str]) -> str:
    lines = [f"<{glyph}> <{text}>\n" for glyph, text in sorted(entries.items())]
    blocks = [lines[first : first + BLOCK] for first in range(0, len(lines), BLOCK)]
    return "".join(f"{len(block)} beginbfchar\n{''.join(block)}endbfchar\n" for block in blocks)


def _write(head: bytes, objects: Mapping[int, bytes], trailer: bytes) -> bytes:
    parts, place = [head], len(head)
    table = [b"0000000000 65535 f \n"]
    for number in sorted(objects):
        table.append(b"%010d 00000 n \n" % place)
        parts.append(objects[number])
        place += len(objects[number])
    xref = b"xref\n0 %d\n" % len(table) + b"".join(table)
    return b"".join(parts) + xref + trailer + b"startxref\n%d\n%%%%EOF" % place
