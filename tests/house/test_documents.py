"""What the project says of itself is true: the README, the notebooks, the views, and no word of a machine."""

from __future__ import annotations

import json
import re
import subprocess

import pytest

from pipeline.settings import PROJECT

README = (PROJECT / "README.md").read_text(encoding="utf-8")
TOP_LEVEL = {
    "pipeline", "notebooks", "raw_data", "outputs", "tests", "Makefile", "pyproject.toml", "README.md", "LICENSE",
    "requirements.lock",
}  # fmt: skip


def tracked(*patterns: str) -> list[str]:
    """Files of the project, those that are not yet committed too."""
    command = ["git", "ls-files", "-co", "--exclude-standard", "-z", "--", *patterns]
    listed = subprocess.run(command, cwd=PROJECT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("this is no git checkout")
    return [name for name in listed.stdout.decode("utf-8").split("\0") if name]


def test_the_top_level_is_what_it_should_be() -> None:
    names = {name.split("/")[0] for name in tracked()}
    assert {name for name in names if not name.startswith(".")} == TOP_LEVEL


def test_the_readme_names_every_target_and_no_other() -> None:
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):.*## ", makefile, flags=re.MULTILINE)) - {"help"}
    assert set(re.findall(r"make ([a-z]+)", README)) == targets


def test_what_the_readme_shows_of_the_tree_exists() -> None:
    tree = README.split("## โครงของโครงการ")[1].split("```")[1]
    names = re.findall(r"[\w.]+\.py|[\w]+/", tree)
    assert len(names) > 15
    for name in names:
        assert any(f"/{name}" in f"/{path}" for path in tracked()), name
    for picture in re.findall(r"\]\((\.github/[^)]+)\)", README):
        assert (PROJECT / picture).exists()


def test_notebooks_carry_no_output() -> None:
    for name in tracked("*.ipynb"):
        cells = json.loads((PROJECT / name).read_text(encoding="utf-8"))["cells"]
        code = [cell for cell in cells if cell["cell_type"] == "code"]
        assert code
        assert all(not cell["outputs"] and cell["execution_count"] is None for cell in code), name
        assert sum(bool(line.strip()) for cell in code for line in cell["source"]) < 150, name


def test_views_begin_with_their_grain() -> None:
    views = sorted((PROJECT / "pipeline" / "sql").glob("out_*.sql"))
    assert views
    for view in views:
        assert view.read_text(encoding="utf-8").startswith("-- one row per "), view.name


def test_nothing_names_a_machine_or_an_index() -> None:
    # Written in classes, so that this line itself names none.
    words = re.compile(
        r"/ro[o]t/|/ho[m]e/\w+/|/tm[p]/\w+|py[p]i[.]org|python[h]osted|npm[j]s[.]|debia[n][.]org"
    )
    told = []
    for name in tracked():
        path = PROJECT / name
        if path.suffix in {".png", ".xlsx", ".xls"}:
            continue
        if words.search(path.read_text(encoding="utf-8", errors="replace")):
            told.append(name)
    assert told == []
