"""The in-process engine: outputs as a kernel would give them, parameters with their types, errors with their cell."""

from __future__ import annotations

import sys
import threading
from collections.abc import Mapping
from pathlib import Path

import nbformat
import pytest

from pipeline.briefs.execute import check_parameters, run_notebook
from pipeline.errors import BriefFailed

PARAMETERS = 'province_code = "00"\nfiscal_year_be = 2565'
GIVEN: Mapping[str, str | int] = {"province_code": "07", "fiscal_year_be": 2566}


def write_notebook(path: Path, *cells: str) -> Path:
    source = nbformat.v4.new_notebook()
    source.cells = [nbformat.v4.new_code_cell(PARAMETERS, metadata={"tags": ["parameters"]})]
    source.cells += [nbformat.v4.new_code_cell(cell) for cell in cells]
    nbformat.write(source, path)
    return path


def run(tmp_path: Path, *cells: str) -> list[nbformat.NotebookNode]:
    """Run cells after the parameters; returns the outputs of the last."""
    notebook = write_notebook(tmp_path / "source.ipynb", *cells)
    executed = tmp_path / "executed.ipynb"
    run_notebook(notebook, executed, parameters=GIVEN, in_process=True)
    return list(nbformat.read(executed, as_version=4).cells[-1].outputs)


def test_displays_keep_data_and_metadata(tmp_path: Path) -> None:
    outputs = run(
        tmp_path,
        "from IPython.display import display\n"
        'display({"image/png": b"\\x00\\x01", "text/markdown": "ก"}, metadata={"brief": {"id": "fig-1"}}, raw=True)',
    )
    assert [output.output_type for output in outputs] == ["display_data"]
    assert outputs[0].data == {"image/png": "AAE=", "text/markdown": "ก"}
    assert outputs[0].metadata == {"brief": {"id": "fig-1"}}


def test_outputs_come_in_the_order_they_were_made(tmp_path: Path) -> None:
    outputs = run(
        tmp_path,
        "import sys\nfrom IPython.display import Markdown\n"
        'print("a"); print("b")\ndisplay(Markdown("c"))\nprint("d", file=sys.stderr)\n"e"',
    )
    assert [output.output_type for output in outputs] == [
        "stream",
        "display_data",
        "stream",
        "execute_result",
    ]
    assert [outputs[0].text, outputs[2].text, outputs[2].name] == ["a\nb\n", "d\n", "stderr"]
    assert outputs[3].data == {"text/plain": "'e'"}
    assert outputs[3].execution_count == 3


def test_a_display_can_be_updated_and_the_output_cleared(tmp_path: Path) -> None:
    outputs = run(
        tmp_path,
        "from IPython.display import Markdown, clear_output\n"
        'print("gone")\nclear_output()\nhandle = display(Markdown("old"), display_id=True)\n'
        'handle.update(Markdown("new"))',
    )
    assert [output.data["text/markdown"] for output in outputs] == ["new"]


def test_clearing_can_wait_for_the_next_output(tmp_path: Path) -> None:
    outputs = run(
        tmp_path, "from IPython.display import clear_output\nprint(1)\nclear_output(wait=True)\nprint(2)"
    )
    assert [output.text for output in outputs] == ["2\n"]


def test_parameters_keep_their_types(tmp_path: Path) -> None:
    assert run(tmp_path, "province_code, fiscal_year_be")[0].data["text/plain"] == "('07', 2566)"


def test_cells_run_in_the_folder_of_the_executed_copy(tmp_path: Path) -> None:
    assert run(tmp_path, "import os\nos.getcwd()")[0].data["text/plain"] == repr(str(tmp_path))


def test_a_path_with_braces_is_a_path(tmp_path: Path) -> None:
    folder = tmp_path / "{จังหวัด}"
    folder.mkdir()
    run(folder, "1")
    assert (folder / "executed.ipynb").is_file()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"province_code": "07"}, "missing parameters ['fiscal_year_be']"),
        (dict(GIVEN, provinse="07"), "unknown parameters ['provinse']"),
        (dict(GIVEN, province_code=7), "province_code is int, expected str"),
        (dict(GIVEN, fiscal_year_be=True), "fiscal_year_be is bool, expected int"),
    ],
)
def test_parameters_are_held_to_the_parameters_cell(
    given: Mapping[str, str | int], said: str, tmp_path: Path
) -> None:
    notebook = nbformat.read(write_notebook(tmp_path / "n.ipynb"), as_version=4)
    with pytest.raises(BriefFailed) as failed:
        check_parameters(notebook, given, name="n.ipynb")
    assert said in str(failed.value)


def test_a_notebook_needs_a_parameters_cell() -> None:
    with pytest.raises(BriefFailed, match="0 cells are tagged"):
        check_parameters(nbformat.v4.new_notebook(), GIVEN, name="n.ipynb")


@pytest.mark.parametrize(
    ("cell", "error"),
    [
        ("1 / 0", "ZeroDivisionError"),
        ("1 1", "SyntaxError"),
        ("raise KeyboardInterrupt", "KeyboardInterrupt"),
    ],
)
def test_a_failed_cell_is_named_and_the_copy_kept(cell: str, error: str, tmp_path: Path) -> None:
    notebook = write_notebook(tmp_path / "source.ipynb", "print('before')", cell, "print('after')")
    executed = tmp_path / "executed.ipynb"
    with pytest.raises(BriefFailed, match=rf"executed\.ipynb, cell \[4\]: {error}"):
        run_notebook(notebook, executed, parameters=GIVEN, in_process=True)
    outputs = {
        cell.source: cell.outputs for cell in nbformat.read(executed, as_version=4).cells if "outputs" in cell
    }
    assert outputs["print('before')"][0].text == "before\n"
    assert outputs[cell][-1].ename == error
    assert outputs["print('after')"] == []


def test_equal_runs_make_equal_files(tmp_path: Path) -> None:
    made = []
    for _ in range(2):
        run(tmp_path, "import uuid\n'ก'")
        made.append((tmp_path / "executed.ipynb").read_bytes())
    assert made[0] == made[1]


def test_a_shell_has_an_empty_profile_that_goes_with_it(tmp_path: Path) -> None:
    cell = "import os\nplace = get_ipython().profile_dir.location\nprint(place, os.listdir(place))"
    (output,) = run(tmp_path, cell)
    place, _, listed = output.text.strip().partition(" ")
    assert listed == "[]"
    assert not Path(place).exists()


def test_the_process_is_left_as_it_was(tmp_path: Path) -> None:
    main, threads, hook = sys.modules["__main__"], threading.active_count(), sys.displayhook
    run(tmp_path, "left_behind = 1")
    assert (sys.modules["__main__"], threading.active_count(), sys.displayhook) == (main, threads, hook)
    assert "left_behind" not in vars(main)
