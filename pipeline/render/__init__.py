"""An executed notebook -> brief.html, brief.docx and brief.pdf, from one document tree."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.render.proofs import Proven


def render_brief(executed: Path, folder: Path, *, proven: Sequence[Proven] = ()) -> None:
    """Write the HTML, DOCX and PDF of an executed brief.

    Args:
        executed: the executed notebook, whose outputs follow the convention in `assemble`.
        folder: where brief.html, brief.docx and brief.pdf go.
        proven: the figures whose evidence the HTML shows.

    Raises:
        BriefFailed: a cell has failed, or the outputs break the convention.
    """
    from pipeline.render.assemble import assemble
    from pipeline.render.document import build_document
    from pipeline.render.docx import write_docx
    from pipeline.render.html import write_html
    from pipeline.render.pdf import write_pdf

    document = build_document(assemble(executed))
    write_html(document, folder / "brief.html", proven)
    write_docx(document, folder / "brief.docx")
    write_pdf(document, folder / "brief.pdf")


def warm_up() -> None:
    """Read once what every brief needs: the code, the fonts and the reference document."""
    from pipeline.render import (  # noqa: F401
        docx,
        docx_fonts,
        fonts,
        html,
        line_breaks,
        pdf,
        pdf_fonts,
        tree_docx,
        tree_read,
    )

    tree_read.empty_tree()
    html.page_template()
    for face in ("Regular", "Bold"):
        fonts.embedded_face(face)
    pdf_fonts.outline_texts()
    fonts.drawable()
    tree_docx.warm_up()
    docx_fonts.warm_up()
    line_breaks.warm_up()
