"""What is made of the typefaces is made once, and again where anything that it is made of is another."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.render import kept
from pipeline.render.fonts import FOLDER


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(kept, "KEPT", tmp_path / "kept")
    kept._made_of.cache_clear()
    yield tmp_path / "kept"
    kept._made_of.cache_clear()


def refuse() -> bytes:
    raise AssertionError("it is kept")


def test_it_is_made_once(place: Path) -> None:
    assert kept.keep("face", FOLDER, lambda: b"one") == b"one"
    assert kept.keep("face", FOLDER, refuse) == b"one"
    assert kept.keep("other", FOLDER, lambda: b"two") == b"two"
    assert len(list(place.iterdir())) == 2


@pytest.mark.parametrize("part", ["digest_files", "digest_code", "digest_libraries"])
def test_of_another_font_program_or_version_it_is_made_again(
    place: Path, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    kept.keep("face", FOLDER, lambda: b"one")
    monkeypatch.setattr(kept, part, lambda *_, **__: "another")
    kept._made_of.cache_clear()
    assert kept.keep("face", FOLDER, lambda: b"two") == b"two"
    assert len(list(place.iterdir())) == 1, "the one before is gone"


@pytest.mark.parametrize("left", [b"", b"half", b"x" * 40])
def test_what_is_not_whole_is_made_again(place: Path, left: bytes) -> None:
    kept.keep("face", FOLDER, lambda: b"one")
    (file,) = place.iterdir()
    file.write_bytes(left)
    assert kept.keep("face", FOLDER, lambda: b"two") == b"two"
    assert kept.keep("face", FOLDER, refuse) == b"two"


def test_where_nothing_can_be_kept_it_is_made_each_time(place: Path) -> None:
    place.write_text("no folder")
    for content in (b"one", b"two"):
        assert kept.keep("face", FOLDER, lambda made=content: made) == content  # type: ignore[misc]
