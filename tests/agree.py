"""Do the formats of a brief say the same? `.venv/bin/python -m tests.agree OUT` asks it of every brief of a release."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zipfile
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from lxml import etree, html
from python_calamine import CalamineWorkbook

from pipeline.release import resolve_current
from pipeline.thai import to_arabic_digits

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BREAKS = re.compile(r"[\s\u200b]+")
NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
MILLIONS = "ล้านบาท"


def squeezed(text: str) -> str:
    """A text without its spaces and its places to break, which each format sets as it needs, in Arabic digits."""
    return to_arabic_digits(BREAKS.sub("", text))


def page(brief: Path) -> html.HtmlElement:
    """The HTML brief without what is no text of the document."""
    document = html.fromstring((brief / "brief.html").read_text(encoding="utf-8"))
    # What stands behind a chart are the rows that the other formats draw.
    for other in document.xpath("//script|//style|//svg|//nav|//header|//details"):
        other.drop_tree()
    return document


def html_tables(brief: Path) -> list[list[str]]:
    """The cells of each table of the HTML brief."""
    return [
        [squeezed(cell.text_content()) for cell in table.iter("td", "th")]
        for table in page(brief).iter("table")
    ]


def word_document(brief: Path) -> etree._Element:
    """The body of the Word brief."""
    with zipfile.ZipFile(brief / "brief.docx") as archive:
        return etree.fromstring(archive.read("word/document.xml"))


def word_tables(brief: Path) -> list[list[str]]:
    """The cells of each table of the Word brief."""
    return [
        [
            squeezed("".join(text.text or "" for text in cell.iter(f"{WORD}t")))
            for cell in table.iter(f"{WORD}tc")
        ]
        for table in word_document(brief).iter(f"{WORD}tbl")
    ]


def pdf_text(brief: Path) -> str:
    """The text of the PDF brief, as poppler reads it."""
    read = subprocess.run(["pdftotext", "-raw", brief / "brief.pdf", "-"], capture_output=True, check=True)
    return to_arabic_digits(read.stdout.decode("utf-8"))


def sheet_numbers(brief: Path) -> list[Decimal]:
    """The numbers of the cells of data.xlsx."""
    book = CalamineWorkbook.from_path(brief / "data.xlsx")
    rows = [row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()]
    return [Decimal(str(cell)) for row in rows for cell in row if isinstance(cell, int | float)]


def lacking_in_pdf(brief: Path) -> list[str]:
    """The numbers of the tables that the PDF does not show."""
    text = pdf_text(brief)
    cells = [cell for table in html_tables(brief) for cell in table]
    lacking = {number for cell in cells for number in NUMBER.findall(cell)} - set(NUMBER.findall(text))
    # Numbers that a name holds side by side stand together where its spaces are taken out.
    return sorted(number for number in lacking if number not in squeezed(text))


def lacking_in_sheets(brief: Path) -> list[str]:
    """The figures with an address that data.xlsx has in no cell, to the decimals that the brief shows.

    What is worked out of other figures stands there by those: the formula is held to them where it is traced.
    """
    held = _Held(sheet_numbers(brief))
    figures = json.loads((brief / "figures.json").read_text(encoding="utf-8"))["figures"]
    return [
        f"{figure['address']}: {figure['shown']}"
        for figure in figures
        if not held.has(str(figure["shown"]))
        and not (figure["operands"] and all(held.has(operand["told"]) for operand in figure["operands"]))
    ]


class _Held:
    """The numbers of cells, rounded once for each way of showing them."""

    def __init__(self, values: list[Decimal]) -> None:
        self.values = values
        self.rounded: dict[tuple[int, bool], set[Decimal]] = {}

    def has(self, text: str) -> bool:
        """Whether a cell holds the number that a text shows; a text without one has nothing to hold."""
        number = NUMBER.search(text)
        if not number:
            return True
        look = len(number.group().partition(".")[2]), MILLIONS in text
        if look not in self.rounded:
            self.rounded[look] = {_round(value, *look) for value in self.values}
        return Decimal(number.group().replace(",", "")) in self.rounded[look]


def _round(value: Decimal, decimals: int, is_millions: bool) -> Decimal:
    scaled = value / 1_000_000 if is_millions else value
    return scaled.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def disagreements(brief: Path) -> list[str]:
    """What the formats of one brief do not say alike."""
    told = [f"{brief.name}: PDF lacks {number}" for number in lacking_in_pdf(brief)]
    told += [f"{brief.name}: data.xlsx lacks {figure}" for figure in lacking_in_sheets(brief)]
    if html_tables(brief) != word_tables(brief):
        told.append(f"{brief.name}: the tables of HTML and Word differ")
    return told


def main(out: Path) -> int:
    """Print what differs in each brief of the release of an output folder, and how much was compared."""
    release = resolve_current(out)
    assert release is not None, f"{out}: no release"
    briefs = sorted((release / "briefs").iterdir())
    told = [line for brief in briefs for line in disagreements(brief)]
    cells = sum(
        len(NUMBER.findall(cell)) for brief in briefs for table in html_tables(brief) for cell in table
    )
    print("\n".join(told))
    print(f"{len(briefs)} briefs, {cells:,} numbers in their tables, {len(told)} differences")
    return int(bool(told))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
