"""Workbooks in which nothing is wrong, and the same with one error planted at a known cell."""
