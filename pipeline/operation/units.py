"""What makes a machine run the refresh by itself, as text: units of systemd, lines of a crontab."""

from __future__ import annotations

import hashlib
import os
import shlex
import socket
import sys
from dataclasses import dataclass
from pathlib import Path

from pipeline.operation import Operation
from pipeline.settings import PROJECT, SAID_BY_ENVIRONMENT, Settings

_MINUTES_A_DAY = 24 * 60
# A network share may be late after a start.
_AFTER_START_SECONDS = 300


@dataclass(frozen=True)
class Units:
    """The two units of systemd.

    Attributes:
        name: what both are called, without their suffix.
        service: the text of the unit that does the run.
        timer: the text of the unit that starts it.
    """

    name: str
    service: str
    timer: str


def name_schedule(out: Path) -> str:
    """Name the schedule of a folder of releases; another folder on the same machine has another."""
    return f"province-briefs-{hashlib.sha256(str(out).encode()).hexdigest()[:8]}"


def list_command(settings: Settings) -> list[str]:
    """The command that is run: a refresh as set, that tells whom the specs name."""
    command = [sys.executable, "-m", "pipeline", "refresh", "--tell"]
    command += ["--raw", str(settings.raw), "--out", str(settings.out), "--jobs", str(settings.jobs)]
    for code in settings.province_codes:
        command += ["--province", code]
    if settings.fiscal_year_be:
        command += ["--fiscal-year", str(settings.fiscal_year_be)]
    return command + (["--scheduler", settings.scheduler] if settings.scheduler else [])


def list_environment() -> dict[str, str]:
    """What this process's environment says of a run and the command line does not; a path counts from here."""
    said = {name: os.environ[name] for name in SAID_BY_ENVIRONMENT if os.environ.get(name)}
    return {
        name: str(Path(value).resolve()) if name.endswith("SPECS") else value for name, value in said.items()
    }


def write_units(settings: Settings, operation: Operation) -> Units:
    """Write the units of systemd: a missed run is made up for, and 0 and 3 are success."""
    name = name_schedule(settings.out)
    said = "".join(
        f"Environment={_quote(f'{one}={value}', is_command=False)}\n"
        for one, value in list_environment().items()
    )
    service = f"""[Unit]
Description=ปรับปรุงรายงานรายจังหวัดทุกคืน ({_escape(str(settings.out))})

[Service]
Type=oneshot
WorkingDirectory={_escape(str(PROJECT))}
{said}ExecStart={" ".join(map(_quote, list_command(settings)))}
SuccessExitStatus=3
KillMode=mixed
TimeoutStartSec=12h
Nice=10
"""
    timer = f"""[Unit]
Description=เวลาของ {name}

[Timer]
OnCalendar=*-*-* {operation.hour:02}:{operation.minute:02}:00
RandomizedDelaySec={operation.random_delay_minutes}min
Persistent=true

[Install]
WantedBy=timers.target
"""
    return Units(name, service, timer)


def write_cron_lines(settings: Settings, operation: Operation, *, host: str | None = None) -> list[str]:
    """Write the lines of a crontab: each night, and after a start, where a refresh with nothing to do ends at once.

    A crontab knows no random delay: this machine's share of it is drawn once, from its name.

    Args:
        settings: what is refreshed.
        operation: when.
        host: the machine's name; None for this one's.
    """
    drawn = int(hashlib.sha256((host or socket.gethostname()).encode()).hexdigest(), 16)
    due = operation.hour * 60 + operation.minute + drawn % (operation.random_delay_minutes + 1)
    hour, minute = divmod(due % _MINUTES_A_DAY, 60)
    said = "".join(f"{one}={shlex.quote(value)} " for one, value in list_environment().items())
    command = f"cd {shlex.quote(str(PROJECT))} && {said}{shlex.join(list_command(settings))} >/dev/null 2>&1"
    command = command.replace("%", r"\%")
    mark = f"# {name_schedule(settings.out)}"
    return [
        f"{minute} {hour} * * * {command} {mark}",
        f"@reboot sleep {_AFTER_START_SECONDS} && {command} {mark}",
    ]


def replace_lines(crontab: str, name: str, lines: list[str]) -> str:
    """A crontab with the lines of one schedule in place of those that it had; every other line stays.

    >>> replace_lines("0 1 * * * other\\n5 2 * * * old # n-1\\n", "n-1", ["6 3 * * * new # n-1"])
    '0 1 * * * other\\n6 3 * * * new # n-1\\n'
    >>> replace_lines("5 2 * * * old # n-1\\n", "n-1", [])
    ''
    """
    others = [line for line in crontab.splitlines() if not line.endswith(f"# {name}")]
    return "".join(f"{line}\n" for line in (*others, *lines))


def _quote(word: str, *, is_command: bool = True) -> str:
    """A word as systemd reads it; only in a command does it put variables in."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"')
    escaped = escaped.replace("$", "$$") if is_command else escaped
    return f'"{_escape(escaped)}"'


def _escape(text: str) -> str:
    """Text in which systemd sees no specifier."""
    return text.replace("%", "%%")
