"""The verbs that make this machine part of a Dask cluster: its scheduler, or some of its workers."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

crew = typer.Typer()
_PORT = 8786
# A worker reads files and makes briefs in processes of its own, which a daemon may not have.
_ENVIRONMENT = {"DASK_DISTRIBUTED__WORKER__DAEMON": "False"}


@crew.command()
def scheduler(port: Annotated[int, typer.Option("--port", help="พอร์ตที่เครื่องอื่นติดต่อ")] = _PORT) -> None:
    """เป็นผู้จ่ายงานของคลัสเตอร์ จนกว่าจะกด Ctrl-C"""
    _be("scheduler", "--port", str(port), "--no-dashboard")


@crew.command()
def worker(
    scheduler: Annotated[
        str, typer.Option("--scheduler", envvar="SCHEDULER", help="ที่อยู่ของผู้จ่ายงาน เช่น tcp://host:8786")
    ],
    jobs: Annotated[int, typer.Option("--jobs", min=1, help="จำนวนงานที่ทำพร้อมกัน")] = 2,
) -> None:
    """ให้เครื่องนี้รับงานจากผู้จ่ายงานของคลัสเตอร์ จนกว่าจะกด Ctrl-C"""
    _be("worker", scheduler, "--nthreads", "1", "--nworkers", str(jobs), "--no-dashboard")


def _be(*arguments: str) -> None:
    """Become a process of the cluster's own program."""
    os.execve(sys.executable, [sys.executable, "-m", "dask", *arguments], os.environ | _ENVIRONMENT)
