"""Who is told of a run, where the specs name anybody: numbers and no data, by mail and to a web address."""

from __future__ import annotations

import json
import os
import smtplib
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from email.message import EmailMessage

from pipeline.operation import Mail, Operation
from pipeline.operation.diary import Run

_SECONDS = 30
_WAITS = (1.0, 4.0, 9.0)


def tell(
    operation: Operation, run: Run, summary: Sequence[str], *, waits: Sequence[float] = _WAITS
) -> list[str]:
    """Tell everybody whom the specs name; what cannot be told stops nothing.

    Args:
        operation: who.
        run: the run.
        summary: what to say, a screen of lines.
        waits: seconds between one try and the next.

    Returns:
        A line for each way that failed.
    """
    failed = []
    for name, is_wanted, send in (
        ("อีเมล", bool(operation.mail.to), lambda: _mail(operation.mail, run, summary)),
        ("เว็บฮุก", bool(operation.webhook), lambda: _post(operation.webhook, run, summary)),
    ):
        error = _try(send, waits) if is_wanted else None
        if error is not None:
            failed.append(f"ส่งสรุปทาง{name}ไม่ได้: {error}  ตรวจ notify ใน specs/operation.yml")
    return failed


def _try(send: Callable[[], None], waits: Sequence[float]) -> str | None:
    """Send, again after each wait; returns why it failed at last, or None."""
    error = None
    for wait in (0.0, *waits):
        time.sleep(wait)
        try:
            send()
        except (OSError, smtplib.SMTPException) as raised:
            error = f"{type(raised).__name__}: {raised}"
        else:
            return None
    return error


def _subject(run: Run) -> str:
    how = {0: "เรียบร้อย", 3: "มีรายการที่ควรดู"}.get(run.exit_code, "ไม่สำเร็จ ฉบับก่อนหน้ายังอยู่")
    return f"รายงานรายจังหวัด: {how}"


def _mail(mail: Mail, run: Run, summary: Sequence[str]) -> None:
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = _subject(run), mail.sender, ", ".join(mail.to)
    message.set_content("\n".join(summary))
    with smtplib.SMTP(mail.host, mail.port, timeout=_SECONDS) as server:
        if mail.starttls:
            server.starttls()
        if mail.user:
            server.login(mail.user, os.environ.get(mail.password_from, ""))
        server.send_message(message)


def _post(address: str, run: Run, summary: Sequence[str]) -> None:
    content = {
        "subject": _subject(run),
        "text": "\n".join(summary),
        "exit_code": run.exit_code,
        "release": run.release,
    }
    request = urllib.request.Request(  # noqa: S310 - the spec holds it to http and https
        address,
        data=json.dumps(content, ensure_ascii=False).encode(),
        headers={"Content-Type": "application/json; charset=utf-8"},
    )
    with urllib.request.urlopen(request, timeout=_SECONDS):  # noqa: S310
        pass
