"""The small scripts of a page: inline, so that one file is enough, and named by their digest, so that no other runs."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from functools import cache

from markupsafe import Markup

from pipeline.settings import TEMPLATES


@dataclass(frozen=True)
class Script:
    """What a page runs.

    Attributes:
        element: the element, as it stands in the page; the page is written with line feeds only.
        policy: the page's Content-Security-Policy: nothing from anywhere, and no script but this one.
    """

    element: Markup
    policy: Markup


@cache
def load_script(*names: str) -> Script:
    """Put the scripts of templates/scripts/ together, each in a scope of its own."""
    texts = [(TEMPLATES / "scripts" / f"{name}.js").read_text(encoding="utf-8") for name in names]
    text = "".join(f"\n(() => {{\n{part.strip()}\n}})();" for part in texts) + "\n"
    digest = base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
    ours = f"script-src 'sha256-{digest}'"
    policy = f"default-src 'none'; {ours}; style-src 'unsafe-inline'; font-src data:; img-src data:"
    return Script(Markup(f"<script>{text}</script>"), Markup(policy))
