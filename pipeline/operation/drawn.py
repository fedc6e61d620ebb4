"""A small chart of bars, one a run, as SVG that follows the page's colours."""

from __future__ import annotations

import html
from collections.abc import Sequence

_WIDTH, _HEIGHT, _TOP, _BOTTOM = 360.0, 110.0, 8.0, 16.0
_WIDEST = 14.0


def draw_bars(
    title: str, unit: str, values: Sequence[float | None], names: Sequence[str], marks: Sequence[str]
) -> str:
    """Draw a bar a run, in their order; each says when it was and what it is.

    Args:
        title: what is measured.
        unit: in what.
        values: of each run; None where it was not measured.
        names: each run's.
        marks: each run's: fail, same, or none; a failed one is hollow, one with nothing to do is pale.
    """
    known = [value for value in values if value is not None]
    most = max(known, default=0.0)
    step = _WIDTH / max(len(values), 1)
    width = min(step * 0.7, _WIDEST)
    bars = [
        _bar(
            step * (number + 0.5) - width / 2,
            width,
            value / most if most else 0.0,
            f"{name}: {value:,.1f} {unit}",
            mark,
        )
        for number, (value, name, mark) in enumerate(zip(values, names, marks, strict=True))
        if value is not None
    ]
    last = f"ล่าสุด {known[-1]:,.1f}" if known else "ไม่มีข้อมูล"
    told = f"{title} สูงสุด {most:,.1f} {unit} {last}"
    floor = _HEIGHT - _BOTTOM
    return (
        f'<figure><figcaption><b>{html.escape(title)}</b> <span class="soft">{unit} · สูงสุด {most:,.1f} · {last}</span>'
        f'</figcaption><svg viewBox="0 0 {_WIDTH:g} {_HEIGHT:g}" role="img" aria-label="{html.escape(told)}">'
        f'<line class="floor" x1="0" x2="{_WIDTH:g}" y1="{floor:g}" y2="{floor:g}"/>{"".join(bars)}</svg></figure>\n'
    )


def _bar(left: float, width: float, share: float, told: str, mark: str) -> str:
    height = max(share * (_HEIGHT - _TOP - _BOTTOM), 1.0)
    top = _HEIGHT - _BOTTOM - height
    kind = f' class="{mark}"' if mark else ""
    return (
        f'<rect{kind} x="{left:.1f}" y="{top:.1f}" width="{width:.1f}" height="{height:.1f}">'
        f"<title>{html.escape(told)}</title></rect>"
    )
