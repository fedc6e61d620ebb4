"""What each paragraph and character style of brief.docx looks like, as data."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.render.tables import SIZES_PT

INK, ACCENT, QUIET, ALARM = "1B2330", "1F3F73", "54606F", "8A2B06"
RULE, TINT = "C8D0DA", "EEF2F8"
BODY_PT = 11.0


@dataclass(frozen=True)
class Look:
    """One style of Word's.

    Attributes:
        id: the style's id; one that the document has is redrawn, another is added.
        name: its name, as a person picks it.
        based_on: the style that it continues.
        size_pt: the size of the type, Latin and Thai alike.
        is_bold: bold, Latin and Thai alike.
        colour: of the type.
        before_pt: space above.
        after_pt: space below.
        line: line pitch in multiples of the typeface's own (1.3 em).
        keeps_next: stays on the page of the next paragraph.
        outline: the heading level in the navigation pane, from 0.
        indent_pt: of the whole paragraph.
        extra: more paragraph properties, as XML in the schema's order after the spacing and before it.
    """

    id: str
    name: str
    based_on: str = "Normal"
    size_pt: float = BODY_PT
    is_bold: bool = False
    colour: str = INK
    before_pt: float = 0
    after_pt: float = 0
    line: float = 1.2
    keeps_next: bool = False
    outline: int | None = None
    indent_pt: float = 0
    extra: str = ""


def table_style_id(size_pt: float) -> str:
    """The style of a table's text in a size."""
    return f"TableText{round(size_pt * 10)}"


HEADER_RULE = (
    f'<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="3" w:color="{RULE}"/></w:pBdr>'
    '<w:tabs><w:tab w:val="right" w:pos="9071"/></w:tabs>'
)
QUOTE_FRAME = (
    f'<w:pBdr><w:left w:val="single" w:sz="24" w:space="8" w:color="{ACCENT}"/></w:pBdr>'
    f'<w:shd w:val="clear" w:color="auto" w:fill="{TINT}"/>'
)
COVER_RULE = f'<w:pBdr><w:bottom w:val="single" w:sz="10" w:space="14" w:color="{ACCENT}"/></w:pBdr>'
PLAN_RULE = f'<w:pBdr><w:left w:val="dashed" w:sz="8" w:space="8" w:color="{ALARM}"/></w:pBdr>'
FACT_TAB = '<w:tabs><w:tab w:val="left" w:pos="2600"/></w:tabs>'

LOOKS = (
    Look("BodyText", "Body Text", after_pt=7),
    Look("FirstParagraph", "First Paragraph", based_on="BodyText", after_pt=7),
    Look("Compact", "Compact", based_on="BodyText", after_pt=3),
    Look(
        "BlockText",
        "Block Text",
        based_on="BodyText",
        before_pt=8,
        after_pt=10,
        indent_pt=12,
        extra=QUOTE_FRAME,
    ),
    Look(
        "Heading1",
        "heading 1",
        size_pt=18,
        is_bold=True,
        colour=ACCENT,
        before_pt=24,
        after_pt=8,
        line=1.05,
        keeps_next=True,
        outline=0,
    ),
    Look(
        "Heading2",
        "heading 2",
        size_pt=14,
        is_bold=True,
        before_pt=18,
        after_pt=5,
        line=1.05,
        keeps_next=True,
        outline=1,
    ),
    Look(
        "Heading3",
        "heading 3",
        size_pt=12,
        is_bold=True,
        before_pt=13,
        after_pt=3,
        line=1.05,
        keeps_next=True,
        outline=2,
    ),
    Look(
        "Heading4",
        "heading 4",
        is_bold=True,
        colour=QUIET,
        before_pt=10,
        after_pt=2,
        line=1.05,
        keeps_next=True,
        outline=3,
    ),
    Look("Caption", "Caption", size_pt=10.5, after_pt=4, line=1.1),
    Look(
        "TableCaption",
        "Table Caption",
        based_on="Caption",
        size_pt=10.5,
        is_bold=True,
        before_pt=14,
        after_pt=4,
        line=1.1,
        keeps_next=True,
    ),
    Look(
        "ImageCaption",
        "Image Caption",
        based_on="Caption",
        size_pt=10.5,
        before_pt=3,
        line=1.1,
        keeps_next=True,
    ),
    Look("ImageSource", "Image Source", based_on="Caption", size_pt=9, colour=QUIET, after_pt=14, line=1.1),
    Look("SourceNote", "Source Note", based_on="BodyText", size_pt=9.5, colour=QUIET, after_pt=6, line=1.1),
    Look("CaptionedFigure", "Captioned Figure", before_pt=14, line=1.0, keeps_next=True),
    # What the committee writes in plan_draft.docx; its prompts have the character style PlanPrompt.
    Look(
        "PlanText", "Plan Text", based_on="BodyText", before_pt=8, after_pt=8, indent_pt=10, extra=PLAN_RULE
    ),
    Look("FootnoteText", "Footnote Text", size_pt=9.5, line=1.1),
    Look(
        "TOCHeading",
        "TOC Heading",
        size_pt=18,
        is_bold=True,
        colour=ACCENT,
        after_pt=8,
        line=1.05,
        keeps_next=True,
    ),
    # So that the 56 lines of a plan's contents stand on one page.
    Look("TOC1", "toc 1", size_pt=9.5, is_bold=True, before_pt=1.5, line=0.95, keeps_next=True),
    Look("TOC2", "toc 2", size_pt=9.5, line=0.95, indent_pt=14),
    Look("Header", "header", size_pt=9, colour=QUIET, line=1.0, extra=HEADER_RULE),
    Look("Footer", "footer", size_pt=9, colour=QUIET, line=1.0, extra='<w:jc w:val="center"/>'),
    Look("CoverSample", "Cover Sample", size_pt=16, is_bold=True, colour=ALARM, after_pt=24, line=1.0),
    Look("CoverProvince", "Cover Province", size_pt=16, is_bold=True, colour=ACCENT, after_pt=4, line=1.0),
    Look("Title", "Title", size_pt=26, is_bold=True, after_pt=6, line=1.05),
    Look("Subtitle", "Subtitle", size_pt=15, colour=QUIET, after_pt=18, line=1.1, extra=COVER_RULE),
    Look("CoverFact", "Cover Fact", after_pt=3, line=1.1, extra=FACT_TAB),
    Look("CoverNote", "Cover Note", size_pt=10, colour=QUIET, before_pt=4, line=1.1),
    *(
        Look(
            table_style_id(size), f"Table Text {size:g}", size_pt=size, before_pt=1.5, after_pt=1.5, line=1.05
        )
        for size in SIZES_PT
    ),
)
