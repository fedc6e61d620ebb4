"""One Executor: processes of this machine, or a Dask cluster, by the same code."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from pipeline.cluster.processes import map_unordered

Item = TypeVar("Item")
Result = TypeVar("Result")


@dataclass(frozen=True)
class Executor:
    """Where work on many items is done.

    Attributes:
        jobs: processes at once on this machine.
        scheduler: the address of a Dask cluster that does it instead, as tcp://host:8786.
        folder: what all its workers must see at the same place.
    """

    jobs: int
    scheduler: str | None
    folder: Path

    def map_unordered(
        self,
        work: Callable[[Item], Result],
        items: Sequence[Item],
        *,
        died: Callable[[Item], Result],
        late: Callable[[Item], Result],
        seconds: float,
        memory_bytes: int,
    ) -> Iterator[Result]:
        """Do work on every item, each within limits; see `pipeline.cluster.processes.map_unordered`.

        On a cluster each of its workers does so with some of the items in a process of its own.
        """
        here = partial(_map_here, work, died=died, late=late, seconds=seconds, memory_bytes=memory_bytes)
        if self.scheduler is None:
            return here(items, jobs=self.jobs)
        return self.map_many(partial(_list_here, here), items, died=died)

    def map_many(
        self,
        work: Callable[[list[Item]], list[Result]],
        items: Sequence[Item],
        *,
        died: Callable[[Item], Result],
    ) -> Iterator[Result]:
        """Do work that takes some items at once on a cluster; see `pipeline.cluster.machines.map_on_machines`."""
        from pipeline.cluster.machines import map_on_machines

        assert self.scheduler is not None, "without a cluster there is nothing to hand out"
        return map_on_machines(work, items, scheduler=self.scheduler, died=died, folder=self.folder)


def _map_here(
    work: Callable[[Item], Result],
    items: Sequence[Item],
    *,
    jobs: int,
    died: Callable[[Item], Result],
    late: Callable[[Item], Result],
    seconds: float,
    memory_bytes: int,
) -> Iterator[Result]:
    """Do work on items in processes of this machine."""
    return map_unordered(
        work, items, jobs=jobs, died=died, late=late, seconds=seconds, memory_bytes=memory_bytes
    )


def _list_here(here: Callable[..., Iterator[Result]], items: list[Item]) -> list[Result]:
    """Do work on some items on a worker of a cluster, one after the other."""
    return list(here(items, jobs=1))
