import multiprocessing
import os
import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.cluster.family import with_room
from pipeline.cluster.processes import in_child, map_unordered
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


def sleep_on_three(number: int) -> int:
    if number == 3:
        time.sleep(60)
    return number


def spin_on_three(number: int) -> int:
    """Spin below Python, where no signal handler of ours would run."""
    if number == 3:
        re.fullmatch(r"(a|aa)+b", "a" * 60)
    return number


def take_memory_on_three(number: int) -> int:
    if number == 3:
        return len(bytearray(900_000_000))
    return number


def raise_on_three(number: int) -> int:
    if number == 3:
        raise UsageError("สาม")
    return number


@pytest.mark.parametrize("work", [sleep_on_three, spin_on_three])
@pytest.mark.parametrize("jobs", [1, 2])
def test_an_item_that_takes_too_long_is_ended_and_the_others_are_done(
    work: Callable[[int], int], jobs: int
) -> None:
    started = time.monotonic()
    answers = map_unordered(
        work, range(8), jobs=jobs, died=lambda item: -item, late=lambda item: 100 + item, seconds=0.5
    )
    assert sorted(answers) == [0, 1, 2, 4, 5, 6, 7, 103]
    assert time.monotonic() - started < 10


@pytest.mark.skipif(
    not Path("/proc/self/statm").exists(), reason="this system does not tell a process its size"
)
def test_an_item_that_takes_too_much_memory_is_answered_and_the_others_are_done() -> None:
    answers = map_unordered(
        take_memory_on_three, range(6), jobs=2, died=lambda item: 100 + item, memory_bytes=500_000_000
    )
    assert sorted(answers) == [0, 1, 2, 4, 5, 103]


def test_what_an_item_raises_is_raised_here() -> None:
    with pytest.raises(UsageError, match="สาม"):
        list(map_unordered(raise_on_three, range(6), jobs=2, died=lambda item: item))


def test_no_process_is_left_behind() -> None:
    answers = map_unordered(square, range(50), jobs=2, died=lambda item: item)
    assert next(answers) >= 0
    answers.close()  # type: ignore[attr-defined]
    assert multiprocessing.active_children() == []


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


def pages_taken_at(depth: int) -> int:
    """How many pages of memory calls in a loop take anew, so many calls down."""
    resource = pytest.importorskip("resource", reason="the system does not tell")
    if depth:
        return pages_taken_at(depth - 1)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _ in range(500):
        call_down(3)
    return int(resource.getrusage(resource.RUSAGE_SELF).ru_minflt) - before


def call_down(depth: int) -> int:
    return depth and call_down(depth - 1)


def test_calls_take_no_memory_anew_at_any_depth_where_there_is_room_for_frames() -> None:
    without = max(pages_taken_at(depth) for depth in range(300))
    if without < 500:
        pytest.skip("this Python keeps the memory of frames")
    assert max(with_room(lambda depth=depth: pages_taken_at(depth)) for depth in range(300)) < 100


def test_what_is_done_with_room_gives_and_raises_what_it_does_without() -> None:
    assert with_room(lambda: square(3)) == 9
    with pytest.raises(UsageError, match="สาม"):
        with_room(lambda: raise_on_three(3))
