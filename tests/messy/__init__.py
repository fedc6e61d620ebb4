"""A generator of messy provincial workbooks with their truth; each defect is one small function."""

from __future__ import annotations

# What the reader does not manage yet: a defect, or defects joined by + that it manages only one by one.
# Its test must fail; one that no longer fails must leave this list.
NOT_YET: frozenset[str] = frozenset()
