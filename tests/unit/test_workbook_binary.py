"""xls and xlsb, built record by record: no library that is installed writes them."""

from __future__ import annotations

import struct
from pathlib import Path

from pipeline.workbook import NO_VALUE, read_workbook
from tests.unit.made_files import packed, refused, root_relations, write

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def ole2(streams: dict[str, bytes]) -> bytes:
    """A compound file of 512-byte sectors: table, directory, then the streams (each at least 4,096 bytes)."""
    table, body, entries, sector = [0xFFFFFFFD, 0xFFFFFFFE], b"", [], 2
    for name, stream in streams.items():
        padded = stream.ljust(max(4096, -(-len(stream) // 512) * 512), b"\0")
        count = len(padded) // 512
        table += [*range(sector + 1, sector + count), 0xFFFFFFFE]
        entries.append(entry(name, 2, start=sector, size=len(padded)))
        body, sector = body + padded, sector + count
    directory = b"".join([entry("Root Entry", 5, start=0xFFFFFFFE, size=0, child=1), *entries]).ljust(
        512, b"\0"
    )
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    header += bytes(6) + struct.pack("<IIIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0)
    header += b"\xff" * (512 - len(header))
    packed_table = struct.pack(f"<{len(table)}I", *table).ljust(512, b"\xff")
    return header + packed_table + directory + body


def entry(name: str, kind: int, *, start: int, size: int, child: int = 0xFFFFFFFF) -> bytes:
    text = name.encode("utf-16-le")
    fields = struct.pack("<HBBIII", len(text) + 2, kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
    return text.ljust(64, b"\0") + fields + bytes(36) + struct.pack("<III", start, size, 0)


def biff5(cells: bytes, *, before: bytes = b"") -> bytes:
    """An Excel 5.0/95 workbook of one sheet, Thai code page."""
    bof = struct.pack("<HHHH", 0x0500, 0x0005, 0, 0)
    name = "แผน".encode("cp874")
    head = record(0x0809, bof) + before + record(0x0042, struct.pack("<H", 874))
    tail = bytes([0, 0, len(name)]) + name
    start = len(head) + 4 + 4 + len(tail) + 4
    head += record(0x0085, struct.pack("<I", start) + tail) + record(0x000A, b"")
    sheet = record(0x0809, struct.pack("<HHHH", 0x0500, 0x0010, 0, 0)) + cells + record(0x000A, b"")
    return ole2({"Book": head + sheet})


def label(row: int, column: int, text: str) -> bytes:
    thai = text.encode("cp874")
    return record(0x0204, struct.pack("<HHHH", row, column, 0, len(thai)) + thai)


def number(row: int, column: int, value: float) -> bytes:
    return record(0x0203, struct.pack("<HHHd", row, column, 0, value))


def test_an_excel_5_workbook_with_its_errors(tmp_path: Path) -> None:
    error = record(0x0205, struct.pack("<HHHBB", 1, 0, 0, 0x17, 1))
    failed = struct.pack("<HHH", 1, 1, 0) + bytes([2, 0, 0x07, 0, 0, 0, 0xFF, 0xFF]) + bytes(8)
    unset = struct.pack("<HHH", 1, 2, 0) + bytes([0, 0, 0, 0, 0, 0, 0xFF, 0xFF]) + bytes(8)
    cells = label(0, 0, "จังหวัด") + number(0, 1, 2565) + error + record(6, failed) + record(6, unset)
    workbook = read_workbook(write(tmp_path, biff5(cells), "เก่า.xls"))
    assert workbook.container == "xls"
    assert workbook.sheets[0].rows == [["จังหวัด", 2565, None], ["#REF!", "#DIV/0!", NO_VALUE]]


def test_an_xls_that_claims_too_much_is_refused(tmp_path: Path) -> None:
    claim = record(0x0200, struct.pack("<IIHHH", 0, 0xFFFFFFFF, 0, 0xFFFF, 0))
    assert refused(write(tmp_path, biff5(claim + number(0, 0, 1)))).code == "file_too_large"
    far = number(0, 0, 1) + number(65535, 65535, 1)
    assert refused(write(tmp_path, biff5(far))).code == "file_too_large"


def test_an_xls_whose_sectors_run_in_a_circle_is_refused(tmp_path: Path) -> None:
    content = bytearray(biff5(number(0, 0, 1)))
    content[512 + 4 * 4 : 512 + 5 * 4] = struct.pack("<I", 2)
    assert refused(write(tmp_path, bytes(content))).code == "file_unreadable"


def test_protected_files_say_so(tmp_path: Path) -> None:
    locked = biff5(number(0, 0, 1), before=record(0x002F, bytes(4)))
    package = ole2({"EncryptedPackage": bytes(5000), "EncryptionInfo": bytes(5000)})
    for content in (locked, package):
        error = refused(write(tmp_path, content))
        assert error.code == "file_protected"
        assert "เอารหัสผ่านออก" in error.message_th


def part_record(kind: int, content: bytes) -> bytes:
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    return head + bytes([len(content)]) + content


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb(cells: bytes) -> bytes:
    sheet = struct.pack("<II", 0, 1) + wide("rId1") + wide("แผน")
    workbook = b"".join(
        part_record(kind, part) for kind, part in ((143, b""), (156, sheet), (144, b""), (157, bytes(26)))
    )
    return packed(
        {
            "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
            "_rels/.rels": root_relations("xl/workbook.bin"),
            "xl/workbook.bin": workbook,
            "xl/_rels/workbook.bin.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
            f'Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.bin"/></Relationships>',
            "xl/worksheets/sheet1.bin": part_record(148, struct.pack("<IIII", 0, 1, 0, 1))
            + part_record(145, b"") + cells + part_record(146, b""),
        }
    )  # fmt: skip


def binary_row(number_: int) -> bytes:
    return part_record(0, struct.pack("<I", number_) + bytes(13))


def test_an_xlsb_with_its_errors(tmp_path: Path) -> None:
    text = part_record(6, struct.pack("<II", 0, 0) + wide("จังหวัด"))
    value = part_record(5, struct.pack("<IId", 1, 0, 2565))
    error = part_record(3, struct.pack("<IIB", 0, 0, 0x2A))
    workbook = read_workbook(write(tmp_path, xlsb(binary_row(0) + text + value + binary_row(1) + error)))
    assert workbook.container == "xlsb"
    assert workbook.sheets[0].rows == [["จังหวัด", 2565.0], ["#N/A", None]]


def test_an_xlsb_cell_in_the_last_corner_is_refused(tmp_path: Path) -> None:
    far = binary_row(1_048_575) + part_record(5, struct.pack("<IId", 16_383, 0, 1))
    assert refused(write(tmp_path, xlsb(far))).code == "file_too_large"
