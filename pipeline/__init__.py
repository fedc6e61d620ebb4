"""From the workbooks that provinces send to a checked warehouse and a Thai brief for each province."""

__version__ = "0.1.0"
