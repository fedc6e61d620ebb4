"""The verbs of those who work on the program itself: test, bench, lint, audit, licences, clean."""

from __future__ import annotations

import subprocess
import sys
from itertools import chain
from pathlib import Path
from typing import Annotated

import typer

from pipeline.settings import PROJECT, Settings

app = typer.Typer()

Jobs = Annotated[int, typer.Option("--jobs", min=1, help="จำนวนงานที่ทำพร้อมกัน")]
Out = Annotated[Path, typer.Option("--out", help="โฟลเดอร์ผลลัพธ์")]

_OUT = PROJECT / "outputs"
_CACHES = (".kept", ".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis")


@app.command()
def test(jobs: Jobs = 2) -> None:
    """รันชุดทดสอบทั้งหมด"""
    raise typer.Exit(_call("pytest", "-n", str(jobs)))


@app.command()
def bench(
    jobs: Jobs = 2,
    rows: Annotated[int, typer.Option("--rows", help="จำนวนโครงการต่อสมุดงาน")] = 600,
    largest: Annotated[int, typer.Option("--largest", help="จำนวนสมุดงานมากที่สุดที่วัดการเติบโต")] = 7_700,
) -> None:
    """วัดความเร็วของการนำเข้า เทียบกับการอ่านช่องเดียวกันด้วย calamine และ openpyxl และของรายงาน เทียบกับ papermill"""
    from pipeline.bench import run_bench
    from pipeline.bench.briefs import run_brief_bench
    from pipeline.bench.scale import SIZES, run_scale_bench, tell_on_paper

    def tell(text: str) -> None:
        print(f"- {text}", file=sys.stderr, flush=True)

    print(f"{'':<34}{'วินาที':>9}{'เท่าของ calamine':>18}{'µs/โครงการ':>12}{'MB สูงสุด':>11}")
    for line in run_bench(jobs=jobs, rows=rows, tell=tell):
        memory = "ไม่ทราบ" if line.peak_mb is None else f"{line.peak_mb:,.0f}"
        each = line.seconds / line.rows * 1e6
        print(f"{line.what:<34}{line.seconds:>9.2f}{line.ratio:>18.1f}{each:>12.1f}{memory:>11}", flush=True)
    sizes = [size for size in SIZES if size <= largest]
    measured: dict[str, float] = {}
    for told in chain(
        run_brief_bench(jobs=jobs, tell=tell), run_scale_bench(jobs=jobs, sizes=sizes, tell=tell)
    ):
        measured[told.key] = told.value
        print(told, flush=True)
    for told in tell_on_paper(measured) if sizes else ():
        print(told, flush=True)


@app.command()
def lint() -> None:
    """ตรวจรูปแบบและชนิดข้อมูลของโปรแกรม"""
    raise typer.Exit(_call("ruff", "check", ".") or _call("ruff", "format", "--check", ".") or _call("mypy"))


@app.command()
def audit() -> None:
    """ไลบรารีใดใน lock มีช่องโหว่ที่รู้จัก (ใช้เครือข่าย; รหัส 4 ถ้าติดต่อไม่ได้)"""
    from pipeline.supply import audit as verb

    code, lines = verb()
    print("\n".join(filter(None, lines)))
    raise typer.Exit(code)


@app.command()
def licences(
    csv: Annotated[Path | None, typer.Option("--csv", help="เขียนเป็นไฟล์ CSV")] = None,
) -> None:
    """ไลบรารีที่ติดตั้ง รุ่น และสัญญาอนุญาตของแต่ละตัว"""
    from pipeline.supply import list_licences, write_licences

    rows = list_licences()
    if csv:
        write_licences(rows, csv)
        print(f"เขียนแล้ว {len(rows)} รายการที่ {csv}")
        return
    for row in rows:
        print(f"{row['name']:<36} {row['version']:<14} {row['licence']}")


@app.command()
def clean(out: Out = _OUT) -> None:
    """ลบงานที่ทำค้างและแคช (ไม่ลบฉบับที่เผยแพร่และข้อมูลที่ได้รับ)"""
    import shutil

    from pipeline.release import discard_build

    discard_build(Settings(out=out).build)
    for name in _CACHES:
        shutil.rmtree(PROJECT / name, ignore_errors=True)
    for folder in ("pipeline", "tests"):
        for cache in (PROJECT / folder).rglob("__pycache__"):
            shutil.rmtree(cache, ignore_errors=True)
    print("ลบงานที่ทำค้างและแคชแล้ว")


def _call(module: str, *arguments: str) -> int:
    """Run a tool of this virtual environment on the project."""
    return subprocess.run([sys.executable, "-m", module, *arguments], cwd=PROJECT, check=False).returncode
