"""From the workbooks that provinces send to a checked warehouse and a Thai brief for each province.

For a notebook: `open_release()`, `province()` and `figures`. They are loaded when first used, so that
`import pipeline` alone costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline import figures
    from pipeline.opened import open_release, province

__version__ = "0.1.0"
__all__ = ["figures", "open_release", "province"]


def __getattr__(name: str) -> Any:
    """Load one of the few names that are offered."""
    if name not in __all__:
        raise AttributeError(f"module 'pipeline' has no attribute {name!r}")
    return import_module("pipeline.figures") if name == "figures" else getattr(_opened(), name)


def __dir__() -> list[str]:
    """The names that are offered."""
    return [*__all__, "__version__"]


def _opened() -> Any:
    """The room of releases that are open."""
    return import_module("pipeline.opened")
