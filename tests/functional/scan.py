"""Every byte that a run writes, as text: archives unpacked, PDF read, tables of warehouses asked, escapes undone."""

from __future__ import annotations

import html
import io
import json
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import duckdb

_ARCHIVES = {".docx", ".xlsx", ".xlsm", ".zip"}
_THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


def read_everything(folder: Path) -> dict[str, str]:
    """The text of everything under a folder, by where it is: names of files, files, members of archives, tables."""
    texts: dict[str, str] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        texts[f"name of {name}"] = name
        if path.is_file() and not path.is_symlink():
            texts |= {f"{name}{where}": text for where, text in _read_file(path)}
    return texts


def _read_file(path: Path) -> Iterator[tuple[str, str]]:
    """Every text of a file, with what is within it."""
    content = path.read_bytes()
    yield "", _decode(content)
    if path.suffix in _ARCHIVES:
        yield from _read_archive(content)
    elif path.suffix == ".pdf":
        yield from _read_pdf(path)
    elif path.suffix == ".duckdb":
        yield from _read_warehouse(path)
    elif path.suffix == ".parquet":
        yield " (rows)", str(duckdb.sql(f"FROM read_parquet('{path}')").fetchall())
    elif path.suffix in {".json", ".ipynb"}:
        yield " (unescaped)", json.dumps(json.loads(content), ensure_ascii=False)
    elif path.suffix in {".html", ".svg"}:
        yield " (unescaped)", html.unescape(content.decode("utf-8"))


def _decode(content: bytes) -> str:
    """Bytes in the encodings in which Thai may stand."""
    return "\n".join(
        content.decode(encoding, errors="ignore") for encoding in ("utf-8", "utf-16-le", "cp874")
    )


def _read_archive(content: bytes, within: str = "") -> Iterator[tuple[str, str]]:
    """Every member of an archive, those of archives within it too."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for member in archive.namelist():
            part = archive.read(member)
            where = f"{within}/{member}"
            yield where, f"{member}\n{html.unescape(_decode(part))}"
            if Path(member).suffix in _ARCHIVES:
                yield from _read_archive(part, where)


def _read_pdf(path: Path) -> Iterator[tuple[str, str]]:
    """What a PDF shows, and what it says of itself."""
    for tool, arguments in (("pdftotext", (str(path), "-")), ("pdfinfo", (str(path),))):
        if shutil.which(tool):
            done = subprocess.run([tool, *arguments], capture_output=True, text=True, check=True)
            yield f" ({tool})", done.stdout


def _read_warehouse(path: Path) -> Iterator[tuple[str, str]]:
    """Every column of every table and view, and every comment."""
    with duckdb.connect(str(path), read_only=True) as connection:
        for (table,) in connection.execute(
            "SELECT DISTINCT table_name FROM duckdb_columns() WHERE NOT internal ORDER BY ALL"
        ).fetchall():
            # One plain question a table: one a column would be a thousand.
            asked = connection.execute(f'SELECT COLUMNS(*)::VARCHAR FROM "{table}"')
            names = [column[0] for column in asked.description or ()]
            columns = zip(*asked.fetchall(), strict=True)
            for name, texts in zip(names, columns, strict=False):
                yield f" {table}.{name}", "\n".join(dict.fromkeys(filter(None, texts)))
        said = "SELECT comment FROM duckdb_columns() UNION SELECT comment FROM duckdb_tables()"
        yield (
            " (comments)",
            "\n".join(filter(None, (text for (text,) in connection.execute(said).fetchall()))),
        )


def find_secrets(texts: dict[str, str], secrets: tuple[str, ...]) -> set[str]:
    """Where any of the secrets stands, in Thai digits too."""
    forms = {form for secret in secrets for form in (secret, secret.translate(_THAI_DIGITS))}
    return {f"{where}: {form}" for where, text in texts.items() for form in forms if form in text}
