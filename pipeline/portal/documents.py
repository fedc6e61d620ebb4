"""What was made of a province, or of all of them: the files of a folder that are there, for links."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

FORMATS = (
    ("เว็บ", "brief.html"),
    ("Word", "brief.docx"),
    ("PDF", "brief.pdf"),
    ("ตาราง", "data.xlsx"),
    ("ร่างแผน", "plan_draft.docx"),
    ("โน้ตบุ๊ก", "brief.ipynb"),
)
_NATIONAL = (
    ("ทุกจังหวัด: ความครอบคลุม คุณภาพ และการกระจาย", "national"),
    ("บทเรียนจากข้อมูลที่ได้รับ", "national/lessons"),
)


@dataclass(frozen=True)
class Document:
    """A brief in its formats.

    Attributes:
        name: what it is about.
        slug: its folder's name.
        formats: each format's name, link and size in words.
        failure: the last line of why it could not be made; empty where it was made.
        made_in: the release that it was made in, where it is taken over from that one; else empty.
    """

    name: str
    slug: str
    formats: tuple[tuple[str, str, str], ...]
    failure: str = ""
    made_in: str = ""


@dataclass(frozen=True)
class Made:
    """What a run says of its briefs: those that failed, and those taken over, by slug."""

    failed: Mapping[str, str]
    linked: Mapping[str, str]


def find_document(build: Path, folder: str, name: str, made: Made) -> Document | None:
    """Find the files of one document; None where there is no folder and nothing failed."""
    slug = Path(folder).name
    if slug not in made.failed and not (build / folder).is_dir():
        return None
    formats = tuple(
        (label, f"{folder}/{file}", _say_size((build / folder / file).stat().st_size))
        for label, file in FORMATS
        if (build / folder / file).exists()
    )
    failure = made.failed[slug].splitlines()[-1] if made.failed.get(slug) else ""
    return Document(name, slug, formats, failure, made.linked.get(slug, ""))


def list_national(build: Path, made: Made) -> list[Document]:
    """The documents across all provinces that were made, or have failed."""
    found = [find_document(build, folder, name, made) for name, folder in _NATIONAL]
    return [one for one in found if one and (one.formats or one.failure)]


def _say_size(size: int) -> str:
    """Say a file's size.

    >>> _say_size(300), _say_size(123456), _say_size(2345678)
    ('1 KB', '121 KB', '2.2 MB')
    """
    return f"{size / 2**20:.1f} MB" if size >= 2**20 else f"{max(round(size / 2**10), 1)} KB"
