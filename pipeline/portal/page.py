"""index.html itself: its template filled from the warehouse and from what was made."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import jinja2

from pipeline.brief_text.templates import label
from pipeline.grade import load_grading
from pipeline.inspect.model import load_words
from pipeline.inspect.places import open_pages, say_place
from pipeline.portal.cards import Card, read_cards
from pipeline.portal.documents import Made, list_national
from pipeline.portal.figures import read_key_figures
from pipeline.portal.findings import read_rules
from pipeline.portal.since import read_since
from pipeline.portal.warehouse import read_rows
from pipeline.render.fonts import embedded_face
from pipeline.render.script import load_script
from pipeline.returns import list_returned
from pipeline.settings import TEMPLATES
from pipeline.thai import thai_date

_RELEASE = "SELECT * FROM core_release"
_FILES = "SELECT file_id, path, status, reason, container, received_on FROM raw_file WHERE status = ? ORDER BY path"
_TABLES = """
SELECT f.path, t.file_id, t.sheet, t.reason FROM raw_table AS t JOIN raw_file AS f USING (file_id)
WHERE t.status = 'refused' AND f.status = 'loaded' ORDER BY f.path, t.sheet"""
# What fits on a tile beside two letters.
_STATE_SIGNS = {"passed": "ผ่าน", "waiting": "รอ", "refused": "ปฏิ.", "replaced": "แทน", "none": "–"}
_USED = ("loaded", "superseded", "duplicate")


def render_page(connection: duckdb.DuckDBPyConnection, build: Path, counts: dict[str, Any]) -> str:
    """Fill the page's template.

    Args:
        connection: the warehouse of the release that is being built, read-only.
        build: its folder, with the briefs, the returned workbooks and the pages of the sheets.
        counts: what the run counted, as in run.json.
    """
    made = Made(counts.get("failed_briefs", {}), counts.get("linked_briefs", {}))
    pages = open_pages(connection, build)
    cards, board = read_cards(connection, build, made, pages)
    script = load_script("tables", "places", "compare")
    return (
        _environment()
        .get_template("portal/index.html")
        .render(
            release=read_rows(connection, _RELEASE)[0],
            counts=counts,
            cards=cards,
            search=_search_words(cards),
            letters=Counter(card.grade.letter for card in cards if card.grade),
            state_signs=_STATE_SIGNS,
            states=Counter(card.state for card in cards),
            grading=load_grading(),
            board=board,
            national=list_national(build, made),
            figures=read_key_figures(connection),
            since=read_since(connection),
            rules=read_rules(connection, pages),
            refused=read_rows(connection, _FILES, "refused"),
            refused_tables=read_rows(connection, _TABLES),
            files=[row for status in _USED for row in read_rows(connection, _FILES, status)],
            pages=pages,
            returned=list_returned(build),
            names={card.province.slug: card.province.name_th for card in cards},
            words=load_words(),
            script=script,
            faces=[(weight, embedded_face(face)) for weight, face in ((400, "Regular"), (700, "Bold"))],
        )
    )


def page_faces() -> str:
    """The typeface of the portal's pages, as CSS."""
    faces = ((400, embedded_face("Regular")), (700, embedded_face("Bold")))
    return "".join(
        f'@font-face {{ font-family: Sarabun; font-weight: {weight}; src: url({face}) format("woff"); }}\n'
        for weight, face in faces
    )


def _environment() -> jinja2.Environment:
    """Templates in which a lack is an error and every text is escaped."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters.update(thai_date=thai_date, why_th=lambda why: label("why", why))
    environment.globals.update(say_place=say_place)
    return environment


def _search_words(cards: Sequence[Card]) -> str:
    """What a reader may type for each province, as JSON that can stand in a page."""
    listed = [
        {
            "code": card.code,
            "th": card.province.name_th,
            "en": card.province.name_en,
            "also": card.aliases,
            "told": card.grade.told if card.grade else card.state_th,
        }
        for card in cards
    ]
    return json.dumps(listed, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
