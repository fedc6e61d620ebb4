"""Drawings made fit to stand inside one page: letters that they share are kept once, names are short and apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import cast
from xml.sax.saxutils import quoteattr

from lxml import etree

SVG = "http://www.w3.org/2000/svg"
XLINK_HREF = "{http://www.w3.org/1999/xlink}href"
LOCAL_URL = re.compile(r"url\(#([^)]+)\)")
LEFT_OUT = ("metadata", "script", "title", "desc")


class Drawings:
    """The drawings of one page.

    A letter that matplotlib draws as an outline stands once in `letters`, for all drawings to use.
    """

    def __init__(self) -> None:
        self._letters: dict[str, str] = {}
        self._names = 0

    def inline(self, svg: str, *, alt: str) -> str:
        """Rewrite an SVG file for HTML.

        Args:
            svg: the file.
            alt: what a screen reader says in its place.

        Returns:
            One `<svg role="img">` element without prolog, metadata, scripts or references to other files.
        """
        root = _parse(svg)
        names = self._take_letters(root) | self._rename_targets(root)
        for element in root.iter():
            _point(element, names)
        if root.get("viewBox"):
            for name in {"width", "height"} & set(root.attrib):
                del root.attrib[name]
        root.set("role", "img")
        root.set("aria-label", alt)
        title = etree.Element(f"{{{SVG}}}title")
        title.text = alt
        root.insert(0, title)
        etree.cleanup_namespaces(root)
        return str(etree.tostring(root, encoding="unicode"))

    def letters(self) -> str:
        """The letters that the drawings use: an element without size, to stand before them."""
        paths = "".join(f'<path id="{name}" {look}/>' for look, name in self._letters.items())
        hidden = 'width="0" height="0" style="position:absolute" aria-hidden="true" focusable="false"'
        return f'<svg xmlns="{SVG}" {hidden}><defs>{paths}</defs></svg>' if paths else ""

    def _take_letters(self, root: etree._Element) -> dict[str, str]:
        """Take the plain outlines out of a drawing's definitions; returns the new name of each."""
        renamed: dict[str, str] = {}
        for path in list(root.iterfind(f".//{{{SVG}}}defs/{{{SVG}}}path[@id]")):
            known = _attributes(path)
            old = known.pop("id")
            if set(known) <= {"d", "transform"}:
                look = " ".join(f"{name}={quoteattr(value)}" for name, value in known.items())
                renamed[old] = self._letters.setdefault(look, f"l{len(self._letters)}")
                _remove(path)
        return renamed

    def _rename_targets(self, root: etree._Element) -> dict[str, str]:
        """Give what is referred to a name of its own, and what is not none; returns old and new names."""
        wanted = {name for element in root.iter() for name in _references(element)}
        renamed: dict[str, str] = {}
        for element in root.iter():
            name = element.attrib.pop("id", "")
            if name in wanted:
                self._names += 1
                renamed[str(name)] = f"d{self._names}"
                element.set("id", f"d{self._names}")
        return renamed


def _parse(svg: str) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_blank_text=True
    )
    root = etree.fromstring(svg.encode(), parser)
    etree.strip_elements(root, *(f"{{{SVG}}}{name}" for name in LEFT_OUT), with_tail=False)
    return root


def _attributes(element: etree._Element) -> dict[str, str]:
    return cast("dict[str, str]", dict(element.attrib))


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _references(element: etree._Element) -> Iterator[str]:
    for name, value in _attributes(element).items():
        if name in ("href", XLINK_HREF):
            yield value.removeprefix("#")
        else:
            yield from LOCAL_URL.findall(value)


def _point(element: etree._Element, names: dict[str, str]) -> None:
    """Let references point to the new names; drop those that point out of the page."""
    for name, value in _attributes(element).items():
        if name in ("href", XLINK_HREF):
            del element.attrib[name]
            if value.startswith("data:"):
                element.set("href", value)
            elif value.removeprefix("#") in names:
                element.set("href", f"#{names[value.removeprefix('#')]}")
        elif "url(#" in value:
            element.set(name, LOCAL_URL.sub(lambda found: f"url(#{names.get(found.group(1), '')})", value))
