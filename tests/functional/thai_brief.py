"""Makes a brief with Thai digits, in a process of its own: `python -m tests.functional.thai_brief DATABASE FOLDER`."""

from __future__ import annotations

import sys

from pipeline.briefs import Order, Task
from pipeline.briefs.maker import make_brief
from pipeline.settings import NOTEBOOKS
from pipeline.specs import load_yaml
from pipeline.thai import digits

if __name__ == "__main__":
    wanted = digits.make_wanted(load_yaml(digits.SPEC) | {"digits": "thai"})
    digits._wanted = lambda: wanted  # type: ignore[assignment]
    task = Task("64-sukhothai", str(NOTEBOOKS / "province_brief.ipynb"), sys.argv[2], "64")
    order = Order(
        sys.argv[1], 2565, jobs=1, forks=True, seconds_at_most=600, memory_bytes=4 << 30, tasks=[task]
    )
    make_brief(order, task)
