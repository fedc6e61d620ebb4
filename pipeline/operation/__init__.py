"""How the pipeline runs by itself: when, what is written down of each run, and who is told; specs/operation.yml."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pipeline import specs
from pipeline.errors import SpecError

OPERATION_FILE = "operation.yml"
_PARTS = {"releases", "schedule", "logs", "notify", "purge"}
_MAIL = {"to", "from", "host", "port", "starttls", "user", "password_from"}
_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")


@dataclass(frozen=True)
class Mail:
    """How a summary is mailed.

    Attributes:
        to: the addresses; empty where nothing is mailed.
        sender: the address that it comes from.
        host: the mail server.
        port: its port.
        starttls: whether the connection is made safe before anything is said.
        user: who logs in; empty where nobody has to.
        password_from: the environment variable that holds the password.
    """

    to: tuple[str, ...]
    sender: str
    host: str
    port: int
    starttls: bool
    user: str
    password_from: str


@dataclass(frozen=True)
class Operation:
    """All of it.

    Attributes:
        hour: of the day at which a run is due, by the machine's clock.
        minute: of that hour.
        random_delay_minutes: how much later it may begin.
        log_days: how many days a line about a run is kept.
        mail: who is told by mail.
        webhook: the address that is told; empty where none is.
    """

    hour: int
    minute: int
    random_delay_minutes: int
    log_days: int
    mail: Mail
    webhook: str


@lru_cache(maxsize=1)
def load_operation() -> Operation:
    """Load how the pipeline runs by itself.

    Raises:
        SpecError: something is missing, unknown or no such value; says where and what is expected.
    """
    content = specs.load_yaml(OPERATION_FILE)
    specs.require(set(content) == _PARTS, OPERATION_FILE, f"exactly {', '.join(sorted(_PARTS))}")
    return parse_operation(content)


def parse_operation(content: dict[str, Any]) -> Operation:
    """Read what the spec says.

    Raises:
        SpecError: as `load_operation`.
    """
    schedule, notify = content["schedule"], content["notify"]
    clock = _CLOCK.fullmatch(str(schedule["at"]))
    if clock is None:
        raise SpecError(f'{OPERATION_FILE}: schedule: at: "HH:MM" in quotes is expected')
    delay, days = schedule["random_delay_minutes"], content["logs"]["days"]
    specs.require(_is_whole(delay), f"{OPERATION_FILE}: schedule: random_delay_minutes", "a whole number")
    specs.require(_is_whole(days) and days, f"{OPERATION_FILE}: logs: days", "a whole number of 1 or more")
    webhook = notify["webhook"]
    is_address = isinstance(webhook, str) and (not webhook or webhook.startswith(("https://", "http://")))
    specs.require(is_address, f"{OPERATION_FILE}: notify: webhook", "an http(s) address, or nothing")
    return Operation(int(clock[1]), int(clock[2]), delay, days, _parse_mail(notify["mail"]), webhook)


def _parse_mail(mail: dict[str, Any]) -> Mail:
    where = f"{OPERATION_FILE}: notify: mail"
    specs.require(set(mail) == _MAIL, where, f"exactly {', '.join(sorted(_MAIL))}")
    is_told = bool(mail["to"])
    specs.require(not is_told or (mail["host"] and mail["from"]), where, "host and from, where to is given")
    return Mail(
        to=tuple(mail["to"]),
        sender=mail["from"],
        host=mail["host"],
        port=mail["port"],
        starttls=mail["starttls"],
        user=mail["user"],
        password_from=mail["password_from"],
    )


def _is_whole(value: object) -> bool:
    return type(value) is int and value >= 0
