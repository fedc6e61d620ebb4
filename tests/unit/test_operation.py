"""The schedule's texts, what is written down of runs, and who is told."""

from __future__ import annotations

import copy
import json
import os
import shutil
import socketserver
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import (
    EXIT_ATTENTION,
    EXIT_NOT_PUBLISHED,
    AlreadyRunning,
    NothingToPublish,
    SpecError,
    StopAsked,
)
from pipeline.operation import OPERATION_FILE, Operation, load_operation, parse_operation
from pipeline.operation.diary import LOGS, RUNS, SUMMARY, Run, note_run, read_runs
from pipeline.operation.notify import tell
from pipeline.operation.recorded import recorded
from pipeline.operation.units import name_schedule, replace_lines, write_cron_lines, write_units
from pipeline.run_record import Outcome
from pipeline.settings import Settings
from pipeline.specs import load_yaml

RUN = Run(
    started="2026-01-31T02:30:00+07:00", seconds=12.5, exit_code=EXIT_ATTENTION, release="20260131T000000Z"
)
LINES = ["ไฟล์: นำเข้า 12", "รายงาน: 4 จังหวัด"]


def made(**changes: Any) -> Operation:
    return replace(load_operation(), **changes)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(raw=tmp_path / "ข้อมูล 100%", out=tmp_path / "out", province_codes=("64",), jobs=3)


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not on this machine")
def test_systemd_finds_nothing_wrong_with_the_units(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIPELINE_WITHOUT", "fork symlinks")
    units = write_units(replace(settings, scheduler="tcp://host:8786"), load_operation())
    for kind, text in (("service", units.service), ("timer", units.timer)):
        (tmp_path / f"{units.name}.{kind}").write_text(text, encoding="utf-8")
    paths = [str(tmp_path / f"{units.name}.{kind}") for kind in ("service", "timer")]
    done = subprocess.run(
        ["systemd-analyze", "verify", "--user", "--man=no", *paths],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "XDG_RUNTIME_DIR": str(tmp_path)},
    )
    assert [line for line in done.stderr.splitlines() if units.name in line] == []
    due = next(line for line in units.timer.splitlines() if line.startswith("OnCalendar="))
    calendar = subprocess.run(
        ["systemd-analyze", "calendar", due.partition("=")[2]], capture_output=True, text=True, check=False
    )
    assert calendar.returncode == 0
    assert "02:30:00" in calendar.stdout


def test_the_units_make_up_for_a_missed_run_and_take_attention_for_success(settings: Settings) -> None:
    units = write_units(settings, load_operation())
    assert "Persistent=true" in units.timer
    assert "RandomizedDelaySec=30min" in units.timer
    assert "SuccessExitStatus=3" in units.service
    assert "ข้อมูล 100%%" in units.service
    assert '"--province" "64"' in units.service


def test_a_night_runs_as_it_was_set(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All that the command line and the environment say of a run is in both; of what they do not say nothing is."""
    monkeypatch.delenv("PIPELINE_SPECS", raising=False)
    monkeypatch.delenv("PIPELINE_WITHOUT", raising=False)
    plain = [write_units(settings, load_operation()).service, *write_cron_lines(settings, load_operation())]
    assert not [text for text in plain if "--scheduler" in text or "PIPELINE_" in text]
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PIPELINE_SPECS", "specs $1")
    monkeypatch.setenv("PIPELINE_WITHOUT", "fork symlinks")
    told = replace(settings, scheduler="tcp://host:8786", fiscal_year_be=2565)
    service = write_units(told, load_operation()).service
    assert (
        f'Environment="PIPELINE_SPECS={tmp_path}/specs $1"\nEnvironment="PIPELINE_WITHOUT=fork symlinks"\n'
        in service
    )
    assert '"--fiscal-year" "2565" "--scheduler" "tcp://host:8786"\n' in service
    for line in write_cron_lines(told, load_operation()):
        assert f"&& PIPELINE_SPECS='{tmp_path}/specs $1' PIPELINE_WITHOUT='fork symlinks' " in line
        assert "--fiscal-year 2565 --scheduler tcp://host:8786 >/dev/null" in line


def test_cron_spreads_machines_and_replaces_only_its_own_lines(settings: Settings) -> None:
    starts = {
        tuple(map(int, write_cron_lines(settings, load_operation(), host=f"pc{n}")[0].split()[:2]))
        for n in range(60)
    }
    assert len(starts) > 15
    assert all(2 * 60 + 30 <= hour * 60 + minute <= 3 * 60 for minute, hour in starts)
    lines = write_cron_lines(settings, load_operation())
    assert lines[1].startswith("@reboot ")
    assert all(r"100\%" in line for line in lines)
    name = name_schedule(settings.out)
    once = replace_lines("MAILTO=x\n", name, lines)
    assert replace_lines(once, name, lines) == once
    assert replace_lines(once, name, []) == "MAILTO=x\n"
    assert name != name_schedule(settings.out / "other")


@pytest.mark.skipif(shutil.which("crontab") is None, reason="cron is not on this machine")
def test_a_real_crontab_takes_the_lines(settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "crontab"
    path.write_text(
        "".join(f"{line}\n" for line in write_cron_lines(settings, load_operation())), encoding="utf-8"
    )
    done = subprocess.run(["crontab", "-T", str(path)], capture_output=True, text=True, check=False)
    if "invalid option" in done.stderr:
        pytest.skip("this cron cannot check a crontab without installing it")
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("part", "name", "value", "told"),
    [
        ("schedule", "at", "25:00", "HH:MM"),
        ("schedule", "random_delay_minutes", -1, "random_delay_minutes"),
        ("logs", "days", 0, "days"),
        ("notify", "webhook", "file:///etc", "webhook"),
        ("notify", "mail", {"to": ["a@example.com"]}, "mail"),
    ],
)
def test_a_wrong_setting_is_told_by_its_name(part: str, name: str, value: object, told: str) -> None:
    content = copy.deepcopy(load_yaml(OPERATION_FILE))
    content[part][name] = value
    with pytest.raises(SpecError, match=told):
        parse_operation(content)


def test_a_run_is_a_line_and_old_lines_go(tmp_path: Path) -> None:
    for days in (500, 399, 1):
        started = datetime.fromisoformat(RUN.started) - timedelta(days=days)
        note_run(tmp_path, replace(RUN, started=started.isoformat()), LINES, days=900)
    note_run(tmp_path, RUN, LINES, days=400)
    assert [run.started[:10] for run in read_runs(tmp_path)] == ["2024-12-28", "2026-01-30", "2026-01-31"]
    assert read_runs(tmp_path)[-1] == RUN
    assert (tmp_path / LOGS / SUMMARY).read_text(encoding="utf-8").splitlines()[1:] == LINES
    assert sorted(path.name for path in (tmp_path / LOGS).iterdir()) == [RUNS, SUMMARY]


def test_every_end_of_a_run_is_written_down_but_none_that_was_no_run(settings: Settings) -> None:
    told: list[str] = []
    outcome = Outcome(
        exit_code=3, counts={"files": {"loaded": 1}, "failed_briefs": {"64": "ช่อง 1 คือ ก"}, "briefs": 3}
    )
    outcome.counts |= {"fiscal_year_be": 2565}
    with recorded(settings, tells=False, say=told.append) as record:
        record(outcome)
    with pytest.raises(NothingToPublish), recorded(settings, tells=False, say=told.append):
        raise NothingToPublish("ไม่มีไฟล์ใดอ่านได้")
    with pytest.raises(StopAsked), recorded(settings, tells=False, say=told.append):
        raise StopAsked
    with pytest.raises(AlreadyRunning), recorded(settings, tells=False, say=told.append):
        raise AlreadyRunning("กำลังทำอยู่")
    runs = read_runs(settings.out)
    assert [run.exit_code for run in runs] == [3, EXIT_NOT_PUBLISHED, EXIT_NOT_PUBLISHED]
    assert runs[0].counts["failed_briefs"] == 1
    assert runs[1].told == "ไม่มีไฟล์ใดอ่านได้"
    assert all(run.peak_mb for run in runs)
    assert "ช่อง 1" not in (settings.out / LOGS / RUNS).read_text(encoding="utf-8")


class Posted(BaseHTTPRequestHandler):
    """Refuses the first that comes, and keeps the others."""

    kept: list[dict[str, Any]]
    refused: int

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if type(self).refused:
            type(self).refused -= 1
            self.send_error(503)
            return
        self.kept.append(json.loads(body))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Mailed(socketserver.StreamRequestHandler):
    """As much of a mail server as takes one message."""

    kept: list[str]

    def handle(self) -> None:
        self.wfile.write(b"220 here\r\n")
        text, is_body = [], False
        for line in self.rfile:
            if is_body:
                is_body = line != b".\r\n"
                text.append(line.decode())
                if not is_body:
                    self.wfile.write(b"250 kept\r\n")
                continue
            is_body = line.upper().startswith(b"DATA")
            if line.upper().startswith(b"QUIT"):
                self.wfile.write(b"221 gone\r\n")
                break
            self.wfile.write(b"354 go on\r\n" if is_body else b"250 yes\r\n")
        self.kept.append("".join(text))


@contextmanager
def serving(server: socketserver.TCPServer) -> Iterator[int]:
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_a_web_address_is_told_again_until_it_takes_it() -> None:
    handler = type("Kept", (Posted,), {"kept": [], "refused": 1})
    with serving(HTTPServer(("127.0.0.1", 0), handler)) as port:
        operation = made(webhook=f"http://127.0.0.1:{port}/")
        assert tell(operation, RUN, LINES, waits=(0,)) == []
    (content,) = handler.kept  # type: ignore[attr-defined]
    assert content["exit_code"] == EXIT_ATTENTION
    assert content["text"].splitlines() == LINES


def test_a_mail_says_how_it_went() -> None:
    handler = type("Kept", (Mailed,), {"kept": []})
    with serving(socketserver.TCPServer(("127.0.0.1", 0), handler)) as port:
        mail = replace(load_operation().mail, to=("a@example.com",), sender="b@example.com")
        mail = replace(mail, host="127.0.0.1", port=port, starttls=False)
        assert tell(made(mail=mail), RUN, LINES, waits=()) == []
    (message,) = handler.kept  # type: ignore[attr-defined]
    assert "To: a@example.com" in message
    assert "base64" in message or "นำเข้า 12" in message


def test_who_cannot_be_told_is_named_and_stops_nothing() -> None:
    (line,) = tell(made(webhook="http://127.0.0.1:9/"), RUN, LINES, waits=(0,))
    assert line.startswith("ส่งสรุปทางเว็บฮุกไม่ได้")
