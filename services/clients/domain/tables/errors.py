"""Why a file or a row is not taken."""

from __future__ import annotations


class TableError(Exception):
    """The file as a whole cannot be read, and why."""


class RowError(Exception):
    """One row cannot be taken, and why; the others can."""
