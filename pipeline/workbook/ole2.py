"""The compound file around an .xls: only as much of it as leads to the workbook's stream ([MS-CFB])."""

from __future__ import annotations

import struct
from collections.abc import Callable
from itertools import islice

from pipeline.errors import SourceError
from pipeline.workbook.package import DAMAGED

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_LAST_SECTOR = 0xFFFFFFFA
# Where the header counts its sectors of the directory, the table, the small table and the table's own list.
_COUNTS = (40, 44, 64, 72)
_ENTRY = 128
_SMALL_STREAM = 4096
_STREAM, _ROOT = 2, 5


def read_stream(content: bytes, names: tuple[str, ...]) -> bytes:
    """Read the first of the streams that the file has; empty where it has none.

    Raises:
        SourceError: the file is damaged so that a reader would follow a circle, or make room for more than there is.
    """
    try:
        return _read_stream(content, names)
    except (struct.error, IndexError, StopIteration) as error:
        raise SourceError("file_unreadable", DAMAGED) from error


def _read_stream(content: bytes, names: tuple[str, ...]) -> bytes:
    """Follow header, allocation table and directory to a stream."""
    shift, small_shift = struct.unpack_from("<HH", content, 30)
    size, small_size = 1 << min(shift, 20), 1 << min(small_shift, 20)
    directory_start, small_table_start = _number(content, 48), _number(content, 60)
    _check_sizes([_number(content, at) * size for at in _COUNTS], content)

    def sector(number: int) -> bytes:
        return content[(number + 1) * size : (number + 2) * size]

    table = _numbers(b"".join(map(sector, _table_sectors(content, sector))))
    _check_circles(table)
    directory = _join(sector, table, directory_start)
    entries = [directory[at : at + _ENTRY] for at in range(0, len(directory) - _ENTRY + 1, _ENTRY)]
    entry = next((entry for name in names for entry in entries if _is_stream(entry, name)), None)
    if entry is None:
        return b""
    start, length = _number(entry, 116), _number(entry, 120)
    _check_sizes([length, _number(entries[0], 120)], content)
    if length >= _SMALL_STREAM:
        return _join(sector, table, start)[:length]
    root = next(entry for entry in entries if entry[66] == _ROOT) if entries[0][66] != _ROOT else entries[0]
    small = _join(sector, table, _number(root, 116))
    small_table = _numbers(_join(sector, table, small_table_start))
    _check_circles(small_table)
    return _join(lambda number: small[number * small_size : (number + 1) * small_size], small_table, start)[
        :length
    ]


def _table_sectors(content: bytes, sector: Callable[[int], bytes]) -> list[int]:
    """List the sectors that hold the allocation table: 109 in the header, the rest in a chain."""
    numbers = _numbers(content[76:512])
    following, seen = _number(content, 68), set[int]()
    while following < _LAST_SECTOR and sector(following):
        if following in seen:
            raise SourceError("file_unreadable", DAMAGED)
        seen.add(following)
        block = _numbers(sector(following))
        numbers.extend(block[:-1])
        following = block[-1]
    return [number for number in numbers if number < _LAST_SECTOR]


def _check_sizes(sizes: list[int], content: bytes) -> None:
    """Refuse a file whose parts claim to be larger than itself."""
    if max(sizes) > len(content):
        raise SourceError("file_unreadable", DAMAGED)


def _check_circles(table: list[int]) -> None:
    """Refuse a table in which a chain of sectors comes back to itself: the reader would follow it for ever."""
    done: set[int] = set()
    for start in range(len(table)):
        chain: set[int] = set()
        number = start
        while number < len(table) and number not in done:
            if number in chain:
                raise SourceError("file_unreadable", DAMAGED)
            chain.add(number)
            number = table[number]
        done |= chain


def _join(sector: Callable[[int], bytes], table: list[int], start: int) -> bytes:
    """Join a chain of sectors; one that runs in a circle ends where it began."""
    chain: dict[int, None] = {}
    while start < len(table) and start not in chain:
        chain[start] = None
        start = table[start]
    return b"".join(map(sector, islice(chain, len(table))))


def _is_stream(entry: bytes, name: str) -> bool:
    """Tell whether a directory entry is a stream of this name."""
    length = struct.unpack_from("<H", entry, 64)[0]
    text = entry[: max(length - 2, 0)].decode("utf-16-le", errors="replace")
    return entry[66] == _STREAM and text.casefold() == name.casefold()


def _number(content: bytes, at: int) -> int:
    """Read one number of four bytes."""
    return int(struct.unpack_from("<I", content, at)[0])


def _numbers(content: bytes) -> list[int]:
    """Read all numbers of four bytes."""
    count = len(content) // 4
    return list(struct.unpack(f"<{count}I", content[: count * 4]))
