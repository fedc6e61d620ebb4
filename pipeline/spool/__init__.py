"""Rows on their way from the processes that read files to the one that fills the warehouse: Arrow batches in files.

What is read stays out of memory, and the warehouse takes Arrow's columns as they are, without reading a text again.
"""

from pipeline.spool.columns import BATCH, Layout
from pipeline.spool.taken import OwnRows, Rows, shared_rows
from pipeline.spool.written import Spool, Spooled

__all__ = ["BATCH", "Layout", "OwnRows", "Rows", "Spool", "Spooled", "shared_rows"]
