"""Importing a large library without what it imports for uses that nobody here makes.

Great Expectations takes two thirds of its time for scipy's statistics and for altair, which its expectations about
distributions draw with; altair and nbformat bring a check of web addresses that takes a second to build its grammar.
"""

from __future__ import annotations

import atexit
import gc
import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import LazyLoader
from typing import Any

# Optional for those who import it: they do without.
LEFT_OUT = ("rfc3987_syntax",)


@contextmanager
def spared(late: Collection[str] = ()) -> Iterator[None]:
    """Import within the block without what is left out, and load some modules only when they are first used.

    Nothing is collected meanwhile, and nothing of it is looked through for garbage afterwards: what is imported stays.

    Args:
        late: the modules that wait until something of them is asked for; they work as ever.
    """
    finder = _Late(late)
    left_out = [name for name in LEFT_OUT if name not in sys.modules]
    sys.meta_path.insert(0, finder)
    sys.modules.update(dict.fromkeys(left_out))  # type: ignore[arg-type]
    was_collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        sys.meta_path.remove(finder)
        for name in left_out:
            del sys.modules[name]
        gc.freeze()
        # What is still frozen at the end is not taken apart, and DuckDB's types then tell of a leak.
        atexit.register(gc.unfreeze)
        if was_collecting:
            gc.enable()


class _Late:
    """Finds modules of these names as ever, and has them loaded when they are first used."""

    def __init__(self, names: Collection[str]) -> None:
        self.names = names

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        """Find a module; None leaves it to others."""
        spec = PathFinder.find_spec(name, path, target) if name in self.names else None
        if spec and spec.loader:
            spec.loader = LazyLoader(spec.loader)
        return spec
