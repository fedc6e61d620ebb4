"""A file is as it was noted where nothing of it is another; a copy's time tells nothing."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from pipeline.noted import are_as_noted, link_files, note_files


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "made"
    made.mkdir()
    for name in ("a", "b"):
        (made / name).write_text(name * 5)
    return made


def test_what_nobody_touched_is_as_noted_and_is_not_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted = note_files(folder)
    assert sorted(noted) == ["a", "b"]
    monkeypatch.setattr("pipeline.noted._digest", lambda path: pytest.fail(f"{path} was read"))
    assert are_as_noted(folder, noted)


def test_a_copy_is_as_noted_whatever_its_times_are(folder: Path, tmp_path: Path) -> None:
    noted = note_files(folder)
    shutil.copytree(folder, tmp_path / "copy", copy_function=shutil.copyfile)
    os.utime(tmp_path / "copy" / "a", (1, 1))
    assert are_as_noted(tmp_path / "copy", noted)


def test_another_word_of_as_many_letters_is_seen(folder: Path) -> None:
    noted = note_files(folder)
    (folder / "a").write_text("bbbbb")
    os.utime(folder / "a", (1, 1))
    assert not are_as_noted(folder, noted)


def test_a_file_more_or_less_is_seen(folder: Path) -> None:
    noted = note_files(folder)
    (folder / "c").write_text("c")
    assert not are_as_noted(folder, noted)
    (folder / "c").unlink()
    (folder / "b").unlink()
    assert not are_as_noted(folder, noted)


def test_a_note_of_the_content_alone_is_enough(folder: Path) -> None:
    noted = {name: note.split()[0] for name, note in note_files(folder).items()}
    assert are_as_noted(folder, noted)


def test_linked_files_are_as_noted(folder: Path, tmp_path: Path) -> None:
    noted = note_files(folder)
    link_files(folder, tmp_path / "linked", noted)
    assert are_as_noted(tmp_path / "linked", noted)
    assert (tmp_path / "linked" / "a").samefile(folder / "a")
