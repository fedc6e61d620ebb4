"""The schedule on this machine: a user timer of systemd, or where there is none, lines of the user's crontab."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from pipeline.errors import UsageError
from pipeline.operation import Operation
from pipeline.operation.units import name_schedule, replace_lines, write_cron_lines, write_units
from pipeline.settings import Settings

_NEITHER = (
    "เครื่องนี้ไม่มีทั้ง systemd ของผู้ใช้และ crontab  ติดตั้ง cron (เช่น apt install cron) แล้วพิมพ์อีกครั้ง "
    "หรือดูคำสั่งด้วย schedule --print แล้วตั้งในตัวตั้งเวลาของเครื่อง"
)


def show(settings: Settings, operation: Operation) -> list[str]:
    """Show what would be written, for both ways: lines to print."""
    units = write_units(settings, operation)
    folder = _unit_folder()
    return [
        f"# {folder / units.name}.service",
        units.service,
        f"# {folder / units.name}.timer",
        units.timer,
        "# crontab (เมื่อไม่มี systemd ของผู้ใช้)",
        *write_cron_lines(settings, operation),
    ]


def install(settings: Settings, operation: Operation) -> list[str]:
    """Have the refresh run every night; returns lines to print.

    Raises:
        UsageError: the machine has neither way; says what to install.
    """
    if _has_user_systemd():
        units = write_units(settings, operation)
        folder = _unit_folder()
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{units.name}.service").write_text(units.service, encoding="utf-8")
        (folder / f"{units.name}.timer").write_text(units.timer, encoding="utf-8")
        _systemctl("daemon-reload")
        _systemctl("enable", "--now", f"{units.name}.timer")
        return [
            f"ตั้งเวลาแล้ว: {units.name}.timer ทุกวัน {operation.hour:02}:{operation.minute:02} น. (systemd)",
            "ให้ทำแม้ไม่มีผู้ใดเข้าใช้เครื่อง: loginctl enable-linger",
        ]
    _write_crontab(settings, write_cron_lines(settings, operation))
    return [f"ตั้งเวลาแล้ว: ทุกวัน {operation.hour:02}:{operation.minute:02} น. (crontab)"]


def remove(settings: Settings) -> list[str]:
    """Take the schedule away, whichever way it was made; returns lines to print.

    Raises:
        UsageError: the machine has neither way.
    """
    name, folder = name_schedule(settings.out), _unit_folder()
    files = [folder / f"{name}.{kind}" for kind in ("timer", "service")]
    found = [file for file in files if file.exists()]
    if found and _has_user_systemd():
        _systemctl("disable", "--now", f"{name}.timer")
    for file in found:
        file.unlink()
    if found and _has_user_systemd():
        _systemctl("daemon-reload")
    had_lines = shutil.which("crontab") is not None and f"# {name}" in _read_crontab()
    if had_lines:
        _write_crontab(settings, [])
    return ["เลิกตั้งเวลาแล้ว" if found or had_lines else "ไม่ได้ตั้งเวลาไว้"]


def describe(settings: Settings) -> str | None:
    """Name the way in which the refresh is scheduled here; None where it is not."""
    name = name_schedule(settings.out)
    if (_unit_folder() / f"{name}.timer").exists():
        return f"systemd: {name}.timer"
    if shutil.which("crontab") is not None and f"# {name}" in _read_crontab():
        return "crontab"
    return None


def _unit_folder() -> Path:
    config = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    return Path(config) / "systemd" / "user"


def _has_user_systemd() -> bool:
    """Whether this user's systemd answers."""
    if shutil.which("systemctl") is None:
        return False
    asked = subprocess.run(["systemctl", "--user", "show-environment"], capture_output=True, check=False)
    return asked.returncode == 0


def _systemctl(*arguments: str) -> None:
    done = subprocess.run(["systemctl", "--user", *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise UsageError(f"systemctl --user {' '.join(arguments)}: {done.stderr.strip()}")


def _read_crontab() -> str:
    """The user's crontab; empty where there is none yet."""
    return subprocess.run(["crontab", "-l"], capture_output=True, text=True, check=False).stdout


def _write_crontab(settings: Settings, lines: list[str]) -> None:
    """Put the schedule's lines in place of those that the user's crontab has of it."""
    if shutil.which("crontab") is None:
        raise UsageError(_NEITHER)
    crontab = replace_lines(_read_crontab(), name_schedule(settings.out), lines)
    done = subprocess.run(["crontab", "-"], input=crontab, capture_output=True, text=True, check=False)
    if done.returncode:
        raise UsageError(f"crontab: {done.stderr.strip()}")
