"""Arguments in, exit code out; the only place that prints."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.errors import EXIT_NOT_PUBLISHED
from pipeline.settings import PROJECT, Settings
from pipeline.terminal import errors_told, show_progress

if TYPE_CHECKING:
    from pipeline.run_record import Outcome
    from pipeline.stages import Progress

# Plain help: typer's rich help would cost three times its own start.
app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="จากสมุดงานที่จังหวัดส่ง สู่คลังข้อมูลที่ตรวจแล้ว และรายงานสรุปภาษาไทยรายจังหวัด",
)

Raw = Annotated[Path, typer.Option("--raw", help="โฟลเดอร์ไฟล์ที่ได้รับ (อ่านอย่างเดียว)")]
Out = Annotated[Path, typer.Option("--out", help="โฟลเดอร์ผลลัพธ์")]
Provinces = Annotated[list[str] | None, typer.Option("--province", help="รหัสจังหวัด 2 หลัก ใส่ซ้ำได้")]
FiscalYear = Annotated[int | None, typer.Option("--fiscal-year", help="ปีงบประมาณ พ.ศ. เช่น 2565")]
Jobs = Annotated[int, typer.Option("--jobs", min=1, help="จำนวนงานที่ทำพร้อมกัน")]

_RAW, _OUT = PROJECT / "raw_data", PROJECT / "outputs"
_CACHES = (".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis")


def _add_stage(name: str, told: str) -> None:
    """Add a verb that does stages; all take the same options."""

    def command(
        raw: Raw = _RAW,
        out: Out = _OUT,
        province: Provinces = None,
        fiscal_year: FiscalYear = None,
        jobs: Jobs = 2,
    ) -> None:
        _run(name, _settings(raw, out, province, fiscal_year, jobs=jobs))

    app.command(name, help=told)(command)


@app.command()
def refresh(
    raw: Raw = _RAW,
    out: Out = _OUT,
    province: Provinces = None,
    fiscal_year: FiscalYear = None,
    jobs: Jobs = 2,
    full: Annotated[bool, typer.Option("--full", help="ทำใหม่ทั้งหมด ไม่ใช้สิ่งใดของฉบับก่อน")] = False,
    explain: Annotated[bool, typer.Option("--explain", help="บอกว่าจะทำอะไรเพราะอะไร แล้วไม่ทำ")] = False,
) -> None:
    """ทำทุกขั้น: นำเข้า ตรวจ จัดทำรายงาน และเผยแพร่  ไม่มีสิ่งใดเปลี่ยนก็ไม่ทำ"""
    settings = replace(_settings(raw, out, province, fiscal_year, jobs=jobs), is_full=full)
    if explain:
        from pipeline.unchanged import explain as verb

        print("\n".join(verb(settings)))
        return
    _run("refresh", settings)


_add_stage("ingest", "ขั้นที่ 1: อ่านทุกไฟล์ลงคลังข้อมูล")
_add_stage("check", "ขั้นที่ 2: ตรวจคลังข้อมูลตามกฎทุกข้อ")
_add_stage("briefs", "ขั้นที่ 3: จัดทำรายงานรายจังหวัดและเผยแพร่")


@app.command()
def status(
    raw: Raw = _RAW,
    out: Out = _OUT,
    province: Provinces = None,
    fiscal_year: FiscalYear = None,
    jobs: Jobs = 2,
) -> None:
    """อะไรเผยแพร่แล้ว อะไรรออยู่ อะไรถูกปฏิเสธเพราะอะไร"""
    from pipeline.refresh import status as verb

    code, lines = verb(_settings(raw, out, province, fiscal_year, jobs=jobs))
    print("\n".join(lines))
    raise typer.Exit(code)


@app.command()
def templates(
    raw: Raw = _RAW,
    out: Out = _OUT,
    province: Provinces = None,
    fiscal_year: FiscalYear = None,
    jobs: Jobs = 2,
) -> None:
    """เขียนสมุดงานเปล่าให้จังหวัดกรอก จังหวัดละหนึ่งเล่ม"""
    from pipeline.refresh import templates as verb

    with errors_told():
        written = verb(_settings(raw, out, province, fiscal_year, jobs=jobs))
    print("\n".join(map(str, written)))
    print(f"เขียนแล้ว {len(written)} จังหวัด (แบบประเมินรายงานอยู่ข้างๆ)  กรอกแล้ววางใน raw_data/ แล้วพิมพ์ make refresh")


@app.command()
def rollback(out: Out = _OUT) -> None:
    """เผยแพร่ฉบับก่อนหน้าอีกครั้ง"""
    from pipeline.refresh import rollback as verb

    with errors_told():
        left, published = verb(_settings(_RAW, out, None, None, jobs=1))
    print(f"ย้อนจากฉบับ {left} ไปยังฉบับ {published} แล้ว  make refresh ครั้งต่อไปจะทำฉบับใหม่จากข้อมูลปัจจุบัน")


@app.command()
def export(out: Out = _OUT) -> None:
    """เขียนฉบับที่เผยแพร่เป็นชุดข้อมูลเปิด (Frictionless Data Package: CSV และ Parquet)"""
    from pipeline.export import export_release
    from pipeline.release import resolve_current

    published = resolve_current(out)
    if published is None:
        print("ยังไม่มีการเผยแพร่  พิมพ์ make refresh", file=sys.stderr)
        raise typer.Exit(EXIT_NOT_PUBLISHED)
    print(f"เขียนแล้วที่ {export_release(published, out)}")


@app.command()
def explore(out: Out = _OUT, browser: Annotated[bool, typer.Option(help="เปิดเบราว์เซอร์ด้วย")] = True) -> None:
    """เปิด JupyterLab บนฉบับที่เผยแพร่ (อ่านอย่างเดียว)"""
    from pipeline.lab import prepare_lab

    with errors_told():
        lab = prepare_lab(out.resolve(), opens_browser=browser)
    print(f"ฉบับ {lab.release}  โน้ตบุ๊กอยู่ที่ {lab.folder}  ปิดด้วย Ctrl+C")
    raise typer.Exit(lab.run())


@app.command()
def inspect(
    file: Annotated[Path, typer.Argument(help="ไฟล์ที่ได้รับ")],
    sheet: Annotated[str | None, typer.Option("--sheet", help="ชื่อชีต (ถ้าไม่ระบุ ทุกชีต)")] = None,
    out: Out = _OUT,
    raw: Raw = _RAW,
    remember: Annotated[str | None, typer.Option("--remember", help="จำแบบฟอร์มนี้ไว้ในชื่อนี้")] = None,
    who: Annotated[str | None, typer.Option("--who", help="ผู้ที่ให้จำ (ถ้าไม่ระบุ ชื่อผู้ใช้เครื่อง)")] = None,
) -> None:
    """แสดงว่าอ่านไฟล์หนึ่งได้อย่างไร และเขียนหน้าให้ดูเทียบกับโปรแกรมตาราง"""
    import getpass

    from pipeline.inspect import Asked, inspect_file

    with errors_told():
        asked = Asked(file, raw, out.resolve(), sheet, remember, who or getpass.getuser())
        code, lines = inspect_file(asked)
    print("\n".join(lines))
    raise typer.Exit(code)


@app.command()
def trace(
    address: Annotated[str | None, typer.Argument(help="ที่อยู่ของตัวเลข: มุมมอง.คอลัมน์?คีย์=ค่า&คีย์=ค่า")] = None,
    out: Out = _OUT,
    brief: Annotated[str | None, typer.Option("--brief", help="ที่อยู่ทั้งหมดในรายงานหนึ่ง เช่น 64-sukhothai")] = None,
    shows_all: Annotated[bool, typer.Option("--all", help="แสดงทุกเซลล์")] = False,
    csv: Annotated[Path | None, typer.Option("--csv", help="เขียนทุกเซลล์เป็นไฟล์ CSV")] = None,
) -> None:
    """ตัวเลขหนึ่งมาจากไฟล์ ชีต และช่องใด และคำนวณใหม่จากช่องเหล่านั้นได้เท่ากันหรือไม่"""
    from pipeline.release import WAREHOUSE, resolve_current
    from pipeline.trace import Question, answer

    with errors_told():
        question = Question(address, brief, shows_all=shows_all, target=csv)
        code, lines = answer(question, resolve_current(out), WAREHOUSE)
    print("\n".join(lines))
    raise typer.Exit(code)


@app.command()
def test(jobs: Jobs = 2) -> None:
    """รันชุดทดสอบทั้งหมด"""
    raise typer.Exit(_call("pytest", "-n", str(jobs)))


@app.command()
def bench(
    jobs: Jobs = 2, rows: Annotated[int, typer.Option("--rows", help="จำนวนโครงการต่อสมุดงาน")] = 600
) -> None:
    """วัดความเร็วของการนำเข้า เทียบกับการอ่านช่องเดียวกันด้วย calamine และ openpyxl และของรายงาน เทียบกับ papermill"""
    from pipeline.bench import run_bench
    from pipeline.bench.briefs import run_brief_bench

    def tell(text: str) -> None:
        print(f"- {text}", file=sys.stderr, flush=True)

    print(f"{'':<34}{'วินาที':>9}{'เท่าของ calamine':>18}{'µs/โครงการ':>12}{'MB สูงสุด':>11}")
    for line in run_bench(jobs=jobs, rows=rows, tell=tell):
        memory = "ไม่ทราบ" if line.peak_mb is None else f"{line.peak_mb:,.0f}"
        each = line.seconds / line.rows * 1e6
        print(f"{line.what:<34}{line.seconds:>9.2f}{line.ratio:>18.1f}{each:>12.1f}{memory:>11}", flush=True)
    for told in run_brief_bench(jobs=jobs, tell=tell):
        print(told, flush=True)


@app.command()
def lint() -> None:
    """ตรวจรูปแบบและชนิดข้อมูลของโปรแกรม"""
    raise typer.Exit(_call("ruff", "check", ".") or _call("ruff", "format", "--check", ".") or _call("mypy"))


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


def _settings(
    raw: Path, out: Path, province: list[str] | None, fiscal_year: int | None, *, jobs: int
) -> Settings:
    """Gather what the command line says."""
    return Settings(
        raw=raw.resolve(),
        out=out.resolve(),
        province_codes=tuple(province or ()),
        fiscal_year_be=fiscal_year,
        jobs=jobs,
    )


def _call(module: str, *arguments: str) -> int:
    """Run a tool of this virtual environment on the project."""
    return subprocess.run([sys.executable, "-m", module, *arguments], cwd=PROJECT, check=False).returncode


def _run(name: str, settings: Settings) -> None:
    """Run a verb, show how far it is, print its summary, and leave with its exit code."""
    from pipeline.summary import summarize

    verb: Callable[[Settings, Progress], Outcome] = getattr(import_module("pipeline.refresh"), name)
    with errors_told(), show_progress() as progress:
        outcome = verb(settings, progress)
    print("\n".join(summarize(outcome)))
    raise typer.Exit(outcome.exit_code)


if __name__ == "__main__":
    app()
