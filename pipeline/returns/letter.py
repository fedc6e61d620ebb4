"""The draft of the letter that goes with a province's returned workbooks, as a Word document."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.sax.saxutils import escape

from pipeline.render.pandoc import raw_block, write_tree
from pipeline.render.reference import make_reference, pack, unpack
from pipeline.returns.model import Returned, Run, load_words
from pipeline.thai import BUDDHIST_ERA, to_thai_digits

_WIDTHS = (800, 3900, 1150, 1150, 2071)
_INDENT = 1417
_CENTRE_OF_PAGE = 4535
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def write_letter(folder: Path, returned: Sequence[Returned], run: Run, *, province: str | None) -> Path:
    """Write the letter beside the workbooks that it goes with; what a person must fill in stays dotted.

    Args:
        folder: the province's folder of returned workbooks.
        returned: its workbooks.
        run: the day of the check and the day by which corrections are asked.
        province: its Thai name; None for files of several provinces or none.

    Returns:
        The letter.

    Raises:
        BriefFailed: pandoc refuses.
    """
    words = load_words()["letter"]
    right = words["draft"] + (f" - {load_words()['front']['sample']}" if run.is_sample else "")
    blocks = [raw_block("openxml", xml) for xml in _lay_out(returned, run, province)]
    tree = {"pandoc-api-version": [1, 23, 1], "meta": {}, "blocks": blocks}
    with TemporaryDirectory() as made:
        reference = Path(made) / "reference.docx"
        reference.write_bytes(pack(make_reference(left="", right=right, is_sample=True)))
        document = write_tree(tree, "docx", f"--reference-doc={reference}", "--output=-")
    target: Path = folder / words["file"]
    parts = unpack(document)
    parts["word/document.xml"] = (
        parts["word/document.xml"].replace(b"<w:titlePg />", b"").replace(b"<w:titlePg/>", b"")
    )
    target.write_bytes(pack(parts))
    return target


def _lay_out(returned: Sequence[Returned], run: Run, province: str | None) -> list[str]:
    """The letter's paragraphs and its table, from the top."""
    words = load_words()["letter"]
    said = {
        "release": run.release,
        "day": _day(run.day),
        "due": _day(run.due),
        "sheet": load_words()["sheet"],
        "count": _number(len(returned)),
        "error": _number(sum(one.errors for one in returned)),
        "warning": _number(sum(one.warnings for one in returned)),
    }
    to = words["to_province"].format(province=province) if province else words["to"]
    return [
        _paragraph(words["draft"], align="center", bold=True),
        _paragraph(words["number"]),
        _paragraph(words["office"], align="right"),
        _paragraph(words["date"], left=_CENTRE_OF_PAGE, after=160),
        _paragraph(words["subject"]),
        _paragraph(to),
        _paragraph(words["enclosures"].format(**said), after=160),
        *(_paragraph(text.format(**said), first=_INDENT) for text in words["body"]),
        _table(returned, run),
        *(_paragraph(text.format(**said), first=_INDENT, before=160) for text in words["request"]),
        _paragraph(words["closing"], left=_CENTRE_OF_PAGE, align="center", before=320, after=800),
        _paragraph(words["signature"], left=_CENTRE_OF_PAGE, align="center", after=400),
        _paragraph(words["contact"]),
    ]


def _day(day: date) -> str:
    """A date in Thai digits and with the month's whole name, as official letters write it."""
    month = load_words()["letter"]["months"][day.month - 1]
    return to_thai_digits(f"{day.day} {month} {day.year + BUDDHIST_ERA}")


def _number(count: int) -> str:
    """A count in Thai digits."""
    return to_thai_digits(f"{count:,}")


def _paragraph(
    text: str, *, align: str = "left", left: int = 0, first: int = 0, before: int = 0, after: int = 80,
    bold: bool = False,
) -> str:  # fmt: skip
    """One paragraph; a line break where the text has one."""
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
    strong = "<w:rPr><w:b/><w:bCs/></w:rPr>" if bold else ""
    return (
        f'<w:p><w:pPr><w:spacing w:before="{before}" w:after="{after}"/>'
        f'<w:ind w:left="{left}" w:firstLine="{first}"/><w:jc w:val="{align}"/></w:pPr>'
        f"<w:r>{strong}{lines}</w:r></w:p>"
    )


def _table(returned: Sequence[Returned], run: Run) -> str:
    """What is asked of each file, and by when."""
    head = load_words()["letter"]["table"]
    rows = [
        [_number(number), str(one.name), _number(one.errors), _number(one.warnings), _day(run.due)]
        for number, one in enumerate(returned, start=1)
    ]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in _WIDTHS)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(_WIDTHS)}" w:type="dxa"/><w:tblBorders>{_BORDERS}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        f"{_row(head, is_head=True)}{''.join(_row(row) for row in rows)}</w:tbl>"
    )


def _row(texts: Sequence[str], *, is_head: bool = False) -> str:
    """One row of the table; the head is repeated on every page."""
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
        f"{_paragraph(text, align='left' if index == 1 and not is_head else 'center', after=20, bold=is_head)}</w:tc>"
        for index, (width, text) in enumerate(zip(_WIDTHS, texts, strict=True))
    )
    repeated = "<w:tblHeader/>" if is_head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{cells}</w:tr>"
