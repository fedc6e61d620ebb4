"""Makes the text of a Typst PDF readable to every reader: each Thai glyph says which character it is.

Typst names whole syllables beside the glyphs (ActualText), which many readers do not look at, and gives the
glyphs themselves the text of the first syllable that they stood in. Here the glyphs get their own characters.
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
    ends = sorted([*places.values(), start])
    objects = {number: pdf[place : ends[ends.index(place) + 1]] for number, place in places.items()}
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
    packed = zlib.compress(ENTRIES.sub(lambda _: _entry_blocks(entries), text).encode("ascii"))
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
