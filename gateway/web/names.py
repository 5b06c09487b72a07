"""Names as people here write them in lists."""

from __future__ import annotations


def short_name(full_name: str) -> str:
    """«Кузнецова Анна Михайловна» → «Кузнецова А. М.» (non-breaking, so that initials stay with the name)."""
    family, *given = full_name.split()[:3] or [""]
    return "\u00a0".join([family, *(f"{name[0]}." for name in given)])
