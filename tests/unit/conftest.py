"""What the tests of rendering share: one brief, rendered once a module."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pypdf
import pytest
from lxml import etree, html

from pipeline.render import render_brief
from tests.unit.rendered import cells, write


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("brief")
    render_brief(write(made / "brief.ipynb", cells()), made)
    return made


@pytest.fixture(scope="module")
def page(folder: Path) -> html.HtmlElement:
    return html.fromstring((folder / "brief.html").read_bytes())


@pytest.fixture(scope="module")
def docx(folder: Path) -> dict[str, etree._Element]:
    with zipfile.ZipFile(folder / "brief.docx") as archive:
        return {
            name: etree.fromstring(archive.read(name)) for name in archive.namelist() if name.endswith(".xml")
        }


@pytest.fixture(scope="module")
def pdf(folder: Path) -> pypdf.PdfReader:
    return pypdf.PdfReader(folder / "brief.pdf")
