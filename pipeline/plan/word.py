"""A plan draft as a Word document: the blocks of its body, in the styles that brief.docx has."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from pipeline.brief_tables import Table
from pipeline.plan.tables import is_open
from pipeline.render.assemble import Cover
from pipeline.render.cover import running_header
from pipeline.render.document import Heading
from pipeline.render.docx import SPACE_AFTER_TABLE_TWIPS, TEXT_WIDTH_TWIPS
from pipeline.render.docx_parts import (
    PAGE_BREAK_STYLE,
    break_pages,
    finish_parts,
    next_paragraph,
    space_above,
    write_front,
    write_paragraph,
    write_run,
)
from pipeline.render.docx_styles import table_style_id
from pipeline.render.reference import (
    DOCUMENT,
    NAMESPACES,
    SECTION,
    make_reference,
    pack,
    parse,
    serialise,
    tag,
)
from pipeline.render.tables import fit_cells
from pipeline.thai.digits import are_thai, set_digits

NUMBERING = "word/numbering.xml"
BULLET_LIST = 1000
BLANK_BULLET, BULLET = 'w:lvlText w:val=" "', 'w:lvlText w:val="•"'
LONGEST_TAG = 60
# A table of no more rows than this stays on one page.
SHORT_TABLE_ROWS = 8


class Body:
    """The blocks of a document, written one after the other, with its headings and its open places."""

    def __init__(self, *, table_word: str) -> None:
        self.blocks: list[str] = []
        self.headings: list[Heading] = []
        self.open_places = 0
        self._table_word = table_word
        self._tables = 0

    def break_page(self) -> None:
        """Let what follows begin a page."""
        self.blocks.append(write_paragraph(PAGE_BREAK_STYLE, ""))

    def add_heading(self, level: int, text: str) -> None:
        """Add a heading that the contents lead to."""
        number, text = len(self.headings) + 1, set_digits(text)
        heading = Heading(level=level, id=f"plan_{number}", text=text)
        self.headings.append(heading)
        self.blocks.append(
            f'<w:p><w:pPr><w:pStyle w:val="Heading{level}"/></w:pPr>'
            f'<w:bookmarkStart w:id="{number}" w:name="{heading.id}"/>{write_run(text)}'
            f'<w:bookmarkEnd w:id="{number}"/></w:p>'
        )

    def add_text(self, text: str, *, style: str = "BodyText") -> None:
        """Add a paragraph of a style."""
        self.blocks.append(write_paragraph(style, set_digits(text)))

    def add_list(self, texts: Iterable[str]) -> None:
        """Add sentences as a list with bullets."""
        level = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{BULLET_LIST}"/></w:numPr>'
        for text in texts:
            properties = f'<w:pPr><w:pStyle w:val="Compact"/>{level}</w:pPr>'
            self.blocks.append(f"<w:p>{properties}{write_run(set_digits(text))}</w:p>")

    def add_prompt(self, text: str) -> None:
        """Add a place that the committee writes: a content control that shows what is asked for until then."""
        text = set_digits(text)
        paragraph = f'<w:p><w:pPr><w:pStyle w:val="PlanText"/></w:pPr>{_asking_run(text)}</w:p>'
        self.blocks.append(f"<w:sdt>{self._control(text)}<w:sdtContent>{paragraph}</w:sdtContent></w:sdt>")

    def add_table(self, table: Table) -> None:
        """Add a table with a numbered caption above, and its note and source below."""
        self._tables += 1
        self.blocks.append(_caption(self._table_word, self._tables, table.caption))
        self.blocks.append(self._table(table))
        for remark in table.remarks:
            self.add_text(remark, style="SourceNote")

    def _control(self, text: str) -> str:
        self.open_places += 1
        named = quoteattr(text[:LONGEST_TAG])
        return (
            f'<w:sdtPr><w:alias w:val={named}/><w:tag w:val="plan_{self.open_places}"/>'
            f'<w:id w:val="{self.open_places}"/><w:showingPlcHdr/></w:sdtPr>'
        )

    def _table(self, table: Table) -> str:
        rows = [[set_digits(text, is_cell=True) for text in row] for row in table.cells]
        head = [set_digits(column.head) for column in table.columns]
        fit = fit_cells(head, rows, is_right=[column.is_number for column in table.columns])
        widths = [round(share * TEXT_WIDTH_TWIPS) for share in fit.shares]
        whole = "" if fit.has_long_row else "<w:cantSplit/>"
        style = table_style_id(fit.size_pt)
        kept = _rows_kept(len(rows), has_remark=bool(table.remarks))
        lines = [self._row(table, widths, style, head, kept=f"{whole}<w:tblHeader/>", keeps_next=True)]
        lines += [
            self._row(table, widths, style, row, kept=whole, place=place, keeps_next=place in kept)
            for place, row in enumerate(rows, start=1 - len(rows))
        ]
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        return (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="Table"/><w:tblW w:w="{TEXT_WIDTH_TWIPS}" w:type="dxa"/>'
            '<w:tblLayout w:type="fixed"/><w:tblLook w:firstRow="1" w:lastRow="0" w:firstColumn="0" '
            'w:lastColumn="0" w:noHBand="1" w:noVBand="1" w:val="0620"/>'
            f"<w:tblCaption w:val={quoteattr(set_digits(table.caption))}/></w:tblPr>"
            f"<w:tblGrid>{grid}</w:tblGrid>{''.join(lines)}</w:tbl>"
        )

    def _row(
        self,
        table: Table,
        widths: Sequence[int],
        style: str,
        texts: Sequence[str],
        *,
        kept: str,
        keeps_next: bool,
        place: int | None = None,
    ) -> str:
        """Write a row; its place is counted from the last row, which is 0, and the head has none."""
        cells = []
        for column, width, text in zip(table.columns, widths, texts, strict=True):
            next_ = "<w:keepNext/>" if keeps_next else ""
            side = '<w:jc w:val="right"/>' if column.is_number else ""
            if is_open(column) and place is not None:
                run = self._asking_cell(text)
            else:
                run = _bold_run(text) if table.has_total and place == 0 else write_run(text)
            cells.append(
                f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
                f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{next_}{side}</w:pPr>{run}</w:p></w:tc>'
            )
        return f"<w:tr>{f'<w:trPr>{kept}</w:trPr>' if kept else ''}{''.join(cells)}</w:tr>"

    def _asking_cell(self, text: str) -> str:
        return f"<w:sdt>{self._control(text)}<w:sdtContent>{_asking_run(text)}</w:sdtContent></w:sdt>"


def write_word(body: Body, cover: Cover, target: Path) -> None:
    """Write a body behind its cover and contents as a Word document."""
    left, right = running_header(cover)
    parts = make_reference(left=left, right=right, is_sample=cover.is_sample)
    front = write_front(cover, body.headings)
    root = parse(
        f"<w:document {NAMESPACES}><w:body>{front}{''.join(body.blocks)}{SECTION}</w:body></w:document>"
    )
    break_pages(root)
    for table in root.iter(tag("tbl")):
        space_above(next_paragraph(table), SPACE_AFTER_TABLE_TWIPS)
    parts[DOCUMENT] = serialise(root)
    parts[NUMBERING] = parts[NUMBERING].replace(BLANK_BULLET.encode(), BULLET.encode(), 1)
    finish_parts(parts, title=left)
    target.write_bytes(pack(parts))


def _rows_kept(count: int, *, has_remark: bool) -> set[int]:
    """The rows that stand with what follows, by their place from the last, which is 0.

    Of a long table that is the first, and the last two, which a remark below stays with.

    >>> sorted(_rows_kept(3, has_remark=False)), sorted(_rows_kept(20, has_remark=True))
    ([-2, -1], [-19, -1, 0])
    """
    before_last = range(1 - count, 0) if count <= SHORT_TABLE_ROWS else (1 - count, -1)
    return {*before_last, *([0] if has_remark else [])}


def _caption(word: str, number: int, text: str) -> str:
    """A caption whose number Word renews when tables are added or taken out."""
    field = f" SEQ {word} \\* {'ThaiArabic' if are_thai() else 'ARABIC'} "
    named, text = set_digits(str(number)), set_digits(text)
    return (
        f'<w:p><w:pPr><w:pStyle w:val="TableCaption"/></w:pPr>{write_run(f"{word} ")}'
        f"<w:fldSimple w:instr={quoteattr(field)}>{write_run(named)}</w:fldSimple>"
        f"{write_run(f' {text}')}</w:p>"
    )


def _asking_run(text: str) -> str:
    return (
        '<w:r><w:rPr><w:rStyle w:val="PlanPrompt"/></w:rPr>'
        f'<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
    )


def _bold_run(text: str) -> str:
    return write_run(text).replace("<w:r>", "<w:r><w:rPr><w:b/><w:bCs/></w:rPr>", 1)
