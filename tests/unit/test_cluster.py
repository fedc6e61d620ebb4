import os
from pathlib import Path

import pytest

from pipeline.cluster import in_child, map_unordered
from pipeline.errors import UsageError


def square(number: int) -> int:
    return number * number


def die_on_three(number: int) -> int:
    if number == 3:
        os._exit(9)
    return number


@pytest.mark.parametrize("jobs", [1, 2])
def test_every_item_is_answered(jobs: int) -> None:
    assert sorted(map_unordered(square, range(20), jobs=jobs, died=lambda item: -item)) == [
        n * n for n in range(20)
    ]


def test_an_item_that_kills_its_process_is_answered_and_the_others_are_done() -> None:
    answers = sorted(map_unordered(die_on_three, range(8), jobs=2, died=lambda item: 100 + item))
    assert answers == [0, 1, 2, 4, 5, 6, 7, 103]


def test_a_child_gives_its_result_and_tells_how_far_it_is() -> None:
    told: list[tuple[str, int]] = []

    def work(tell: object) -> int:
        assert callable(tell)
        tell("stage", 1)
        return os.getpid()

    pid = in_child(work, tell=lambda *words: told.append(words))  # type: ignore[arg-type]
    assert pid != os.getpid()
    assert told == [("stage", 1)]


def test_an_error_in_a_child_is_raised_here_with_its_traceback() -> None:
    def work(_: object) -> None:
        raise UsageError("ผิด")

    with pytest.raises(UsageError, match="ผิด") as caught:
        in_child(work)
    assert "Traceback" in caught.value.__notes__[0]


def test_a_child_that_dies_is_told(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="exit code 7"):
        in_child(lambda _: os._exit(7))
