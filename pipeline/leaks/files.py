"""The texts of a file that is about to be published, taken apart where no name and no number goes on."""

from __future__ import annotations

import html
import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.ingest.cleared.legible import mask_name
from pipeline.leaks.found import Leak, find_kinds

_ARCHIVES = {".docx", ".xlsx", ".xlsm", ".zip"}
_MARKUP = {".html", ".svg", ".xml", ".rels", ".vml"}
_NOTES = {".json", ".ipynb", ".jsonl"}
_PLAIN = {".csv", ".txt", ".md", ".css", ".js", ".yml", ".typ", ".tsv"}
_SIGNS = '<>"\n'
# Drawings and fonts: numbers without a meaning of their own.
_NOISE = re.compile(
    r"""data:[^"')\s]+|<style.*?</style>|\s(?:d|points|transform|viewBox)="[^"]*\"""", re.DOTALL
)
# Within a sentence; a name goes on over them.
_INLINE = re.compile(r"</?(?:a|b|strong|em|i|span|sup|sub|mark|code|wbr|tspan|u)(?:\s[^>]*)?>")
_BLOCK_OF_WORD = re.compile(r"</w:(?:p|tc)>|<w:(?:br|tab)/>")
_TAG = re.compile(r"<[^>]*>")
_PACKET = re.compile(rb"<x:xmpmeta.*?</x:xmpmeta>", re.DOTALL)
_CELL_AT = re.compile(r'<c r="([A-Z]+\d+)"')
_ENOUGH = 60
_DRAWN = ("image/", "application/pdf")


def is_looked_into(path: Path) -> bool:
    """Whether a file may hold text."""
    return path.suffix in _ARCHIVES | _MARKUP | _NOTES | _PLAIN | {".pdf"}


def look_into(path: Path, root: Path) -> list[Leak]:
    """Find the personal data in a file and in its name.

    Args:
        path: the file.
        root: the folder from which its place is told.
    """
    name = mask_name(path.relative_to(root).as_posix())
    leaks = [Leak(name, "", kind) for kind in find_kinds(path.relative_to(root).parts).values()]
    for part, content in _parts(path.suffix, path.read_bytes()):
        texts = _texts(part or path.name, content)
        for text, kind in find_kinds(texts).items():
            leaks.append(Leak(name, _place(part, content, text), kind))
    return leaks


def _parts(suffix: str, content: bytes, within: str = "") -> Iterator[tuple[str, str]]:
    """The parts of a file that are text, each with its name."""
    if suffix in _ARCHIVES:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                kind = Path(name).suffix
                if kind in _ARCHIVES | _MARKUP | _NOTES | _PLAIN:
                    yield from _parts(kind, archive.read(name), f"{within}{name}")
    elif suffix == ".pdf":
        # Its pages say what the page of the web says, of the same document; what it says of itself is here.
        yield from ((within, packet.decode("utf-8", "replace")) for packet in _PACKET.findall(content))
    else:
        yield within, content.decode("utf-8", "replace")


def _texts(name: str, content: str) -> set[str]:
    """Take a part's text apart."""
    suffix = Path(name).suffix
    if suffix == ".ipynb" or suffix == ".json":
        return set(_strings(json.loads(content)))
    if suffix in _PLAIN or suffix == ".jsonl":
        return _apart(content, '"\n')
    texts = _unescaped(_NOISE.sub(" ", content))
    whole = _BLOCK_OF_WORD.sub("\x00", texts) if "<w:" in texts else None
    joined = _TAG.sub("", whole) if whole is not None else _INLINE.sub("", texts)
    return _apart(texts, _SIGNS) | _apart(joined, _SIGNS)


def _apart(text: str, signs: str) -> set[str]:
    """A text cut at each of some signs; several times faster than by a table of them, where it is Thai."""
    for sign in signs:
        text = text.replace(sign, "\x00")
    return set(text.split("\x00"))


def _unescaped(text: str) -> str:
    """Undo what stands for signs, but for those of the markup itself."""
    return (
        html.unescape(text.replace("&lt;", " ").replace("&gt;", " ").replace("&quot;", " "))
        if "&" in text
        else text
    )


def _strings(value: Any) -> Iterator[str]:
    """Every string of a document of JSON; lines of a notebook are one text."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            if not key.startswith(_DRAWN):
                yield key
                yield from _strings(inner)
    elif isinstance(value, list):
        if value and all(isinstance(one, str) for one in value):
            yield "".join(value)
        for inner in value:
            yield from _strings(inner)


def _place(part: str, content: str, text: str) -> str:
    """Where in a part a text stands: a cell, a paragraph or a line."""
    content = html.unescape(content)
    # Tags may stand between any two letters of what is shown.
    found = re.search("(?:<[^>]*>)*".join(map(re.escape, text.strip()[:_ENOUGH])), content)
    if found is None:
        return part
    before = content[: found.start()]
    if cells := _CELL_AT.findall(before):
        where = f"ช่อง {cells[-1]}"
    elif "<w:p>" in before or "<w:p " in before:
        where = f"ย่อหน้าที่ {before.count('<w:p>') + before.count('<w:p ')}"
    elif "<si>" in before:
        where = f"ข้อความที่ {before.count('<si>')}"
    else:
        where = f"บรรทัด {before.count(chr(10)) + 1}"
    return f"{part} {where}".strip()
