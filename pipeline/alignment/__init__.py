"""Where projects stand in the plans: names resolved, each project aligned and tagged, the unsure ones listed."""

from __future__ import annotations

from pipeline.alignment.analyse import Analysed, analyse
from pipeline.alignment.settled import SETTLED_FILE, Settled, read_settled
from pipeline.alignment.to_settle import TO_SETTLE_FILE

__all__ = ["SETTLED_FILE", "TO_SETTLE_FILE", "Analysed", "Settled", "analyse", "read_settled"]
