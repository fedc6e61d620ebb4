"""What is made of the program alone is made once, and again where anything that it is made of is another."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from pipeline import kept
from pipeline.ingest import empty
from pipeline.render import fonts


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(kept, "KEPT", tmp_path / "kept")
    return tmp_path / "kept"


def refuse() -> bytes:
    raise AssertionError("it is kept")


def test_it_is_made_once(place: Path) -> None:
    assert kept.keep("face", "a", lambda: b"one") == b"one"
    assert kept.keep("face", "a", refuse) == b"one"
    assert kept.keep("other", "a", lambda: b"two") == b"two"
    assert len(list(place.iterdir())) == 2


def test_of_anything_else_it_is_made_again(place: Path) -> None:
    kept.keep("face", "a", lambda: b"one")
    assert kept.keep("face", "b", lambda: b"two") == b"two"
    assert len(list(place.iterdir())) == 1, "the one before is gone"


@pytest.mark.parametrize("left", [b"", b"half", b"x" * 40])
def test_what_is_not_whole_is_made_again(place: Path, left: bytes) -> None:
    kept.keep("face", "a", lambda: b"one")
    (file,) = place.iterdir()
    file.write_bytes(left)
    assert kept.keep("face", "a", lambda: b"two") == b"two"
    assert kept.keep("face", "a", refuse) == b"two"


def test_where_nothing_can_be_kept_it_is_made_each_time(place: Path) -> None:
    place.write_text("no folder")
    for content in (b"one", b"two"):
        assert kept.keep("face", "a", lambda made=content: made) == content  # type: ignore[misc]


@pytest.mark.parametrize("part", ["digest_files", "digest_code", "digest_libraries"])
def test_faces_are_told_by_font_program_and_version(monkeypatch: pytest.MonkeyPatch, part: str) -> None:
    before = fonts.faces_made_of.__wrapped__()
    monkeypatch.setattr(fonts, part, lambda *_, **__: "another")
    assert fonts.faces_made_of.__wrapped__() != before


@pytest.mark.parametrize("part", ["digest_code", "digest_specs", "digest_libraries"])
def test_an_empty_warehouse_is_made_again_of_other_tables_or_words(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    empty.write_empty(tmp_path / "one.duckdb")
    (before,) = place.iterdir()
    empty.write_empty(tmp_path / "two.duckdb")
    assert list(place.iterdir()) == [before]
    monkeypatch.setattr(empty, part, lambda *_, **__: "another")
    empty.write_empty(tmp_path / "three.duckdb")
    (after,) = place.iterdir()
    assert after != before


def test_a_copied_warehouse_is_as_one_that_is_made(place: Path, tmp_path: Path) -> None:
    told = []
    for name in ("made", "copied"):
        empty.write_empty(tmp_path / f"{name}.duckdb")
        with duckdb.connect(str(tmp_path / f"{name}.duckdb"), read_only=True) as connection:
            names = "SELECT table_name FROM information_schema.tables ORDER BY ALL"
            tables = [table for (table,) in connection.execute(names).fetchall()]
            rows = [connection.execute(f"SELECT * FROM {table} ORDER BY ALL").fetchall() for table in tables]
            told.append((tables, rows))
    assert told[0] == told[1]
    assert "out_project_amount" in told[0][0]
    assert any(told[0][1])
