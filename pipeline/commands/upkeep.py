"""The verbs of whoever keeps the pipeline running: doctor, schedule, rollback, purge."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.terminal import errors_told, show_progress
from pipeline.settings import PROJECT, Settings

app = typer.Typer()

Raw = Annotated[Path, typer.Option("--raw", help="โฟลเดอร์ไฟล์ที่ได้รับ (อ่านอย่างเดียว)")]
Out = Annotated[Path, typer.Option("--out", help="โฟลเดอร์ผลลัพธ์")]
Provinces = Annotated[list[str] | None, typer.Option("--province", help="รหัสจังหวัด 2 หลัก ใส่ซ้ำได้")]
FiscalYear = Annotated[int | None, typer.Option("--fiscal-year", help="ปีงบประมาณ พ.ศ. เช่น 2565")]
Jobs = Annotated[int, typer.Option("--jobs", min=1, help="จำนวนงานที่ทำพร้อมกัน")]
Scheduler = Annotated[
    str | None,
    typer.Option("--scheduler", envvar="SCHEDULER", help="ที่อยู่ของคลัสเตอร์ Dask เช่น tcp://host:8786"),
]

_RAW, _OUT = PROJECT / "raw_data", PROJECT / "outputs"


@app.command()
def doctor(
    raw: Raw = _RAW,
    out: Out = _OUT,
    province: Provinces = None,
    fiscal_year: FiscalYear = None,
    jobs: Jobs = 2,
) -> None:
    """เครื่องนี้มีอะไรต้องแก้ และแก้อย่างไร"""
    from pipeline.operation.doctor import examine

    with errors_told():
        code, lines = examine(gather_settings(raw, out, province, fiscal_year, jobs=jobs))
    print("\n".join(lines))
    raise typer.Exit(code)


@app.command()
def schedule(  # noqa: PLR0913 - each is an option of the command line
    raw: Raw = _RAW,
    out: Out = _OUT,
    province: Provinces = None,
    fiscal_year: FiscalYear = None,
    jobs: Jobs = 2,
    scheduler: Scheduler = None,
    shows: Annotated[bool, typer.Option("--print", help="แสดงสิ่งที่จะเขียน แล้วไม่ทำ")] = False,
) -> None:
    """ให้เครื่องทำ refresh เองทุกคืน (systemd หรือ crontab ตามเวลาใน specs/operation.yml)"""
    from pipeline.operation import load_operation
    from pipeline.operation.schedule import install, show

    with errors_told():
        settings = gather_settings(raw, out, province, fiscal_year, jobs=jobs)
        verb = show if shows else install
        print("\n".join(verb(replace(settings, scheduler=scheduler or None), load_operation())))


@app.command()
def unschedule(out: Out = _OUT) -> None:
    """เลิกให้เครื่องทำ refresh เอง"""
    from pipeline.operation.schedule import remove

    with errors_told():
        print("\n".join(remove(gather_settings(_RAW, out, None, None, jobs=1))))


@app.command()
def rollback(out: Out = _OUT) -> None:
    """เผยแพร่ฉบับก่อนหน้าอีกครั้ง"""
    from pipeline.refresh import rollback as verb

    with errors_told():
        left, published = verb(gather_settings(_RAW, out, None, None, jobs=1))
    print(f"ย้อนจากฉบับ {left} ไปยังฉบับ {published} แล้ว  make refresh ครั้งต่อไปจะทำฉบับใหม่จากข้อมูลปัจจุบัน")


@app.command()
def purge(
    raw: Annotated[Path, typer.Option("--raw", help="โฟลเดอร์ไฟล์ที่ได้รับ (ไฟล์ที่ขอลบจะถูกลบจากที่นี่ด้วย)")] = _RAW,
    out: Out = _OUT,
    file: Annotated[str | None, typer.Option("--file", help="ที่อยู่ของไฟล์ หรือค่าแฮช (sha256) ของไฟล์")] = None,
    province: Annotated[
        str | None, typer.Option("--province", help="รหัสจังหวัด: ทุกไฟล์ที่มีจังหวัดนี้จังหวัดเดียว")
    ] = None,
    reason: Annotated[str | None, typer.Option("--reason", help="รหัสของเหตุ ตาม specs/operation.yml")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="ลบจริง (ถ้าไม่ใส่ แสดงสิ่งที่จะลบเท่านั้น)")] = False,
    withdraw: Annotated[
        bool, typer.Option("--withdraw", help="ถ้าไม่เหลือข้อมูลให้เผยแพร่ ถอนฉบับที่เผยแพร่ด้วย")
    ] = False,
    jobs: Jobs = 2,
) -> None:
    """ลบสิ่งที่ได้รับออกจากทุกที่ตาม PDPA: RAW ฉบับที่เก็บไว้ แคช และบันทึก"""
    from pipeline.purging import Order
    from pipeline.purging import purge as verb

    order = Order(file, province, reason, is_sure=yes, withdraws=withdraw)
    with errors_told(), show_progress() as progress:
        code, lines = verb(gather_settings(raw, out, None, None, jobs=jobs), order, progress)
    print("\n".join(lines))
    raise typer.Exit(code)


@app.command()
def unpurge(
    sha256: Annotated[str, typer.Argument(help="ค่าแฮชของไฟล์ หรือส่วนต้นของมัน")], raw: Raw = _RAW, out: Out = _OUT
) -> None:
    """รับเนื้อหาที่เคยลบตาม PDPA ได้อีก"""
    from pipeline.purging import lift_stone

    with errors_told():
        code, lines = lift_stone(gather_settings(raw, out, None, None, jobs=1), sha256)
    print("\n".join(lines))
    raise typer.Exit(code)


def gather_settings(
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
