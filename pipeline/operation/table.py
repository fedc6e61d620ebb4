"""The runs as a table and as a page: how long, how much memory, how each ended, and nights on which none began."""

from __future__ import annotations

import base64
import csv
import hashlib
import html
import io
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from string import Template

from pipeline.operation import Operation
from pipeline.operation.diary import LOGS, Run, read_runs, replace_text
from pipeline.operation.drawn import draw_bars
from pipeline.operation.missed import list_missed, next_due
from pipeline.settings import TEMPLATES

TABLE, PAGE = "runs.csv", "index.html"
_SHOWN = 60
_ENDED = {0: "เรียบร้อย", 3: "เผยแพร่ มีรายการที่ควรดู", 4: "ไม่ได้เผยแพร่", 2: "ใช้คำสั่งผิด", 1: "ข้อบกพร่องของระบบ"}
_COLUMNS = ("started", "exit_code", "release", "is_same", "is_scheduled", "stage", "seconds", "peak_mb")


def write_table(out: Path, operation: Operation) -> None:
    """Write OUT/logs/runs.csv, a row a run and stage, and the page that draws them."""
    runs = read_runs(out)
    replace_text(out / LOGS / TABLE, _list_rows(runs))
    replace_text(out / LOGS / PAGE, render_page(runs, operation, now=None, is_live=True))


def _list_rows(runs: Sequence[Run]) -> str:
    """The table as text: of each run its stages, and the whole as stage `all`; peaks are the most memory so far."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for run in runs:
        about = (run.started, run.exit_code, run.release or "", int(run.is_same), int(run.is_scheduled))
        for stage, seconds in run.stages.items():
            writer.writerow((*about, stage, seconds, run.peaks.get(stage, "")))
        writer.writerow((*about, "all", run.seconds, "" if run.peak_mb is None else run.peak_mb))
    return text.getvalue()


def render_page(
    runs: Sequence[Run], operation: Operation, *, now: datetime | None, is_live: bool, faces: str = ""
) -> str:
    """Draw the runs; no library is asked, since a run with nothing to do writes it too.

    Args:
        runs: the oldest first.
        operation: when a run is due.
        now: until when nights may have been missed; None for the last run.
        is_live: whether it is written after every run; else it stands in a release as it was then.
        faces: the typeface, as CSS; none for the system's own.
    """
    shown = runs[-_SHOWN:]
    script = f"\n{(TEMPLATES / 'scripts' / 'runs.js').read_text(encoding='utf-8').strip()}\n"
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    due = next_due(runs, operation) if is_live else None
    page = Template((TEMPLATES / "runs.html").read_text(encoding="utf-8"))
    return page.substitute(
        css=faces + (TEMPLATES / "portal" / "page.css").read_text(encoding="utf-8"),
        digest=digest,
        script=script,
        due=due.isoformat() if due else "",
        home="../current/index.html" if is_live else "index.html",
        state=_say_state(runs, is_live=is_live),
        missed=_say_missed(list_missed(runs, operation, now=now)),
        charts="".join(_draw(shown)),
        rows="".join(_row(run) for run in reversed(shown)),
        count=f"แสดง {len(shown)} จาก {len(runs)} รอบ",
    )


def _say_state(runs: Sequence[Run], *, is_live: bool) -> str:
    """Say what the last run came to, or that the page is of the past."""
    if not is_live:
        return 'ตามที่เป็นเมื่อจัดทำฉบับนี้  รอบหลังจากนั้นอยู่ใน <a href="../logs/index.html">outputs/logs/index.html</a>'
    if not runs:
        return "ยังไม่มีรอบที่บันทึกไว้"
    last = runs[-1]
    return f"รอบล่าสุด {_say_time(last.started)}: {_say_end(last)}"


def _say_missed(days: Sequence[date]) -> str:
    if not days:
        return ""
    told = ", ".join(day.isoformat() for day in days[-14:])
    return f'<p class="alarm" role="status"><b>ไม่ได้ทำตามเวลาที่ตั้งไว้ {len(days)} คืน:</b> {told}</p>'


def _draw(runs: Sequence[Run]) -> list[str]:
    """The charts: the whole run, memory, then each stage on a scale of its own."""
    marks = ["fail" if run.exit_code not in (0, 3) else "same" if run.is_same else "" for run in runs]
    names = [f"{_say_time(run.started)} {_say_end(run)}" for run in runs]
    stages = list(dict.fromkeys(stage for run in runs for stage in run.stages))
    big = [
        draw_bars("เวลาทั้งรอบ", "วินาที", [run.seconds for run in runs], names, marks),
        draw_bars("หน่วยความจำสูงสุด", "MB", [run.peak_mb for run in runs], names, marks),
    ]
    small = [
        draw_bars(stage, "วินาที", [run.stages.get(stage) for run in runs], names, marks) for stage in stages
    ]
    return ['<div class="charts big">', *big, '</div><h3>แต่ละขั้น</h3><div class="charts">', *small, "</div>"]


def _row(run: Run) -> str:
    stages = ", ".join(f"{stage} {seconds:,.1f}" for stage, seconds in run.stages.items())
    memory = "ไม่ทราบ" if run.peak_mb is None else f"{run.peak_mb:,}"
    who = "ตามเวลา" if run.is_scheduled else "สั่งเอง"
    told = f'<br><span class="soft">{html.escape(run.told)}</span>' if run.told else ""
    return (
        f'<tr><th scope="row">{_say_time(run.started)}</th><td>{who}</td><td class="some">{_say_end(run)}{told}</td>'
        f'<td>{html.escape(run.release or "–")}</td><td class="n">{run.seconds:,.1f}</td><td class="n">{memory}</td>'
        f'<td class="long">{html.escape(stages) or "–"}</td></tr>\n'
    )


def _say_end(run: Run) -> str:
    return "ไม่มีสิ่งใดเปลี่ยน" if run.is_same else _ENDED.get(run.exit_code, f"รหัส {run.exit_code}")


def _say_time(started: str) -> str:
    return datetime.fromisoformat(started).strftime("%Y-%m-%d %H:%M")
