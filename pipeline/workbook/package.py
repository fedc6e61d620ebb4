"""A zip's members, unpacked within limits by their real size and not by what the zip says of itself."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from pipeline.errors import SourceError
from pipeline.workbook.limits import Limits, check_limit

DAMAGED = "เปิดไฟล์นี้ไม่ได้: ไฟล์เสีย  เปิดในโปรแกรมตาราง บันทึกใหม่เป็น .xlsx แล้วส่งอีกครั้ง"
_LOCAL_HEADER = 30
_ENCRYPTED = 0x1


def list_members(content: bytes, limits: Limits) -> list[zipfile.ZipInfo]:
    """List a zip's members after checking what it declares.

    Raises:
        SourceError: it is no zip, it needs a password, or it declares more than the limits.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError, OSError, IndexError) as error:
        raise SourceError("file_unreadable", DAMAGED) from error
    advice = "ตรวจว่าเป็นไฟล์ตารางจริง แล้วบันทึกใหม่เป็น .xlsx"
    check_limit("จำนวนไฟล์ย่อยในไฟล์บีบอัด", found=len(members), limit=limits.members, advice=advice)
    _check_size(sum(member.file_size for member in members), len(content), limits)
    if any(member.flag_bits & _ENCRYPTED for member in members):
        raise SourceError("file_protected", "ไฟล์นี้มีรหัสผ่าน  เอารหัสผ่านออก บันทึกใหม่ แล้วส่งอีกครั้ง")
    return members


def unpack(content: bytes, members: list[zipfile.ZipInfo], limits: Limits) -> Iterator[tuple[str, bytes]]:
    """Unpack member after member; stops as soon as they are more than the limits in sum.

    Yields:
        The member's name and its bytes.

    Raises:
        SourceError: a member is damaged, or the sum is over a limit.
    """
    total = 0
    for member in members:
        room = limits.unpacked_bytes - total
        unpacked = _inflate(content, member, room + 1)
        total += len(unpacked)
        _check_size(total, len(content), limits)
        yield member.filename, unpacked


def _check_size(unpacked: int, packed: int, limits: Limits) -> None:
    """Refuse a zip that is, or claims to be, far larger than it looks."""
    advice = "ลบชีต รูปภาพ และรูปแบบที่ไม่ใช้ หรือแบ่งเป็นหลายไฟล์ แล้วส่งอีกครั้ง"
    check_limit("ขนาดหลังคลายการบีบอัด (ไบต์)", found=unpacked, limit=limits.unpacked_bytes, advice=advice)
    if unpacked > limits.ratio_from_bytes:
        check_limit("อัตราการบีบอัด (เท่า)", found=unpacked // max(packed, 1), limit=limits.ratio, advice=advice)


def _inflate(content: bytes, member: zipfile.ZipInfo, most: int) -> bytes:
    """Unpack one member, at most so many bytes of it."""
    header = content[member.header_offset : member.header_offset + _LOCAL_HEADER]
    if len(header) < _LOCAL_HEADER or not header.startswith(b"PK\x03\x04"):
        raise SourceError("file_unreadable", DAMAGED)
    name, extra = int.from_bytes(header[26:28], "little"), int.from_bytes(header[28:30], "little")
    start = member.header_offset + _LOCAL_HEADER + name + extra
    packed = memoryview(content)[start : start + member.compress_size]
    if member.compress_type == zipfile.ZIP_STORED:
        return bytes(packed[:most])
    if member.compress_type != zipfile.ZIP_DEFLATED:
        raise SourceError("file_unreadable", DAMAGED)
    try:
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, max(most, 1))
    except zlib.error as error:
        raise SourceError("file_unreadable", DAMAGED) from error
