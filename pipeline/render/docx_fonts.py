"""The typeface of a Word document: Sarabun inside the file, or the one that the office's machines have."""

from __future__ import annotations

import re
from functools import cache
from types import MappingProxyType
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from pipeline.errors import SpecError
from pipeline.render.fonts import FAMILY, small_face
from pipeline.render.reference import STYLES, TYPES, W, parse, serialise, tag
from pipeline.specs import load_yaml

FACES = ("Regular", "Bold")
FONT_TABLE, FONT_RELATIONS = "word/fontTable.xml", "word/_rels/fontTable.xml.rels"
SETTINGS = "word/settings.xml"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OBFUSCATED = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
SIZE = re.compile(rb'(<w:szC?s? w:val=")(\d+)(")')
KEY_BYTES = 32


def set_font(parts: dict[str, bytes]) -> None:
    """Give a document's parts the typeface that specs/word_font.yml names, with the files of Sarabun.

    Raises:
        SpecError: the spec lacks a name or a size.
    """
    name, factor = _wanted()
    if name != FAMILY:
        named = re.compile(rb'(w:(?:ascii|hAnsi|eastAsia|cs)=")' + FAMILY.encode() + b'"')
        styles = named.sub(lambda found: found[1] + name.encode() + b'"', parts[STYLES])
        parts[STYLES] = SIZE.sub(
            lambda found: found[1] + str(round(int(found[2]) * factor)).encode() + found[3], styles
        )
        return
    parts |= _font_parts()
    parts[FONT_TABLE] = _font_table()
    parts[TYPES] = parts[TYPES].replace(
        b"<Override", f'<Default Extension="odttf" ContentType="{OBFUSCATED}"/><Override'.encode(), 1
    )
    settings = parse(parts[SETTINGS])
    place = next(
        (number for number, child in enumerate(settings) if child.tag == tag("embedSystemFonts")),
        1,
    )
    settings.insert(place, settings.makeelement(tag("embedTrueTypeFonts")))
    parts[SETTINGS] = serialise(settings)


def warm_up() -> None:
    """Make once the faces that every Word file carries, where it carries any."""
    if _wanted()[0] == FAMILY:
        _font_parts()


@cache
def _wanted() -> tuple[str, float]:
    spec: dict[str, Any] = load_yaml("word_font.yml")
    try:
        return str(spec["name"]), float(spec["size_factor"])
    except (KeyError, TypeError, ValueError) as error:
        raise SpecError(f"word_font.yml: {error}: a name and a size_factor are needed") from error


@cache
def _font_parts() -> MappingProxyType[str, bytes]:
    """The faces, each hidden by its key as the format asks, and what leads to them."""
    links = "".join(
        f'<Relationship Id="rId{face}" Type="{R}/font" Target="fonts/{face}.odttf"/>' for face in FACES
    )
    relations = f'<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>'.encode()
    hidden = {f"word/fonts/{face}.odttf": _hide(small_face(face), _key(face)) for face in FACES}
    return MappingProxyType({FONT_RELATIONS: relations, **hidden})


def _font_table() -> bytes:
    faces = "".join(f'<w:embed{face} r:id="rId{face}" w:fontKey="{{{_key(face)}}}"/>' for face in FACES)
    return (
        f'<w:fonts xmlns:w="{W}" xmlns:r="{R}"><w:font w:name="{FAMILY}"><w:charset w:val="DE"/>'
        f'<w:family w:val="auto"/><w:pitch w:val="variable"/>{faces}</w:font></w:fonts>'
    ).encode()


def _key(face: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"{FAMILY}-{face}")).upper()


def _hide(font: bytes, key: str) -> bytes:
    """Turn the first 32 bytes by the key read backwards (ECMA-376 part 4, 2.8.1); twice is the font again.

    >>> key = "00112233-4455-6677-8899-AABBCCDDEEFF"
    >>> _hide(_hide(bytes(40), key), key) == bytes(40), _hide(bytes(40), key)[:2].hex()
    (True, 'ffee')
    """
    turn = bytes.fromhex(key.replace("-", ""))[::-1] * 2
    return bytes(a ^ b for a, b in zip(font[:KEY_BYTES], turn, strict=True)) + font[KEY_BYTES:]
