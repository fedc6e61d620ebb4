"""The address of a figure: a view's column and the keys of its row, or an operation on such, as one line of text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from pipeline.errors import UsageError

EXAMPLE = "out_project_summary.amount_baht?province_code=64&fiscal_year_be=2565&measure=requested"
_HEAD = re.compile(r"([a-z][a-z0-9_]*)\.([a-z][a-z0-9_]*)")
# What has a meaning in an address, or would not survive a command line or a page; Thai stays readable.
_RESERVED = re.compile(r"[%&=?#+();\s\x00-\x1f\x7f]")
_OPERATION = re.compile(r"([a-z][a-z0-9_]*)\((.*)\)", re.DOTALL)
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


@dataclass(frozen=True)
class Address:
    """Where a figure is: an address with only some of a view's keys is the sum of the rows that match.

    Attributes:
        view: the out_ view.
        column: its column.
        keys: name and value of each key that is given; None is NULL.
    """

    view: str
    column: str
    keys: tuple[tuple[str, str | None], ...] = ()

    def __str__(self) -> str:
        """Write it on one line; a key without = is NULL.

        >>> str(Address("out_project_by_agency", "amount_baht", (("province_code", "64"), ("agency_name", None))))
        'out_project_by_agency.amount_baht?province_code=64&agency_name'
        """
        keys = "&".join(name if value is None else f"{name}={_encode(value)}" for name, value in self.keys)
        return f"{self.view}.{self.column}" + (f"?{keys}" if keys else "")


@dataclass(frozen=True)
class Formula:
    """A figure that no view holds: an operation on figures with an address, and on plain numbers.

    Attributes:
        operation: its name, of specs/lineage.yml.
        operands: what it is worked out of, in order; a number stands for itself.
    """

    operation: str
    operands: tuple[Address | Formula | float, ...]

    def __str__(self) -> str:
        """Write it on one line.

        >>> str(Formula("share_pct", (Address("out_a", "n", (("k", "1"),)), 100.0)))
        'share_pct(out_a.n?k=1;100)'
        """
        return f"{self.operation}({';'.join(map(_write_operand, self.operands))})"


def parse_figure(text: str) -> Address | Formula:
    """Read the address of any figure back.

    Raises:
        UsageError: it is no address.

    >>> parse_figure("change_pct(out_a.n?year_be=2565;out_a.n?year_be=2566)").operation
    'change_pct'
    """
    found = _OPERATION.fullmatch(text.strip())
    return Formula(found[1], tuple(map(_parse_operand, _split(found[2])))) if found else parse_address(text)


def parse_address(text: str) -> Address:
    """Read an address back.

    Raises:
        UsageError: it is no address, or names a key twice.

    >>> parse_address("out_population.population?province_code=64&year_be=2565").keys
    (('province_code', '64'), ('year_be', '2565'))
    """
    head, _, tail = text.partition("?")
    found = _HEAD.fullmatch(head.strip())
    if not found:
        raise UsageError(f'"{text}" ไม่ใช่ที่อยู่ของตัวเลข  เขียนเป็น มุมมอง.คอลัมน์?คีย์=ค่า เช่น {EXAMPLE}')
    keys = tuple(_parse_key(part) for part in tail.split("&")) if tail else ()
    names = [name for name, _ in keys]
    if len(set(names)) < len(names):
        raise UsageError(f'"{text}" มีคีย์ซ้ำ  ใส่คีย์ละหนึ่งครั้ง')
    return Address(found[1], found[2], keys)


def make_address(view: str, column: str, keys: Mapping[str, object]) -> Address:
    """Address a figure by values as frames hold them: whole numbers lose their .0, NaN is NULL."""
    return Address(view, column, tuple((name, _write(value)) for name, value in keys.items()))


def _parse_operand(text: str) -> Address | Formula | float:
    return float(text) if _NUMBER.fullmatch(text) else parse_figure(text)


def _write_operand(operand: Address | Formula | float) -> str:
    return f"{operand:.10g}" if isinstance(operand, float) else str(operand)


def _split(text: str) -> list[str]:
    """Split operands at the semicolons that stand in no inner brackets."""
    parts, depth = [""], 0
    for piece in re.split(r"([();])", text):
        depth += (piece == "(") - (piece == ")")
        if piece == ";" and not depth:
            parts.append("")
        else:
            parts[-1] += piece
    return parts


def _parse_key(part: str) -> tuple[str, str | None]:
    name, equals, value = part.partition("=")
    return name, unquote(value) if equals else None


def _encode(value: str) -> str:
    """Write reserved signs as percent and two digits a byte, as addresses of the web do."""
    return _RESERVED.sub(lambda sign: "".join(f"%{byte:02X}" for byte in sign[0].encode()), value)


def _write(value: object) -> str | None:
    if value is None or value != value:
        return None
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
