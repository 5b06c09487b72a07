"""What the demo's specialists looked for in its FAQ and did not find, and how often."""

from __future__ import annotations

SEARCHES = (
    ("егаис", 9),
    ("битрикс24", 7),
    ("честный знак", 6),
    ("домофон", 5),
    ("тахограф", 4),
    ("кондиционер", 4),
    ("mikrotik", 4),
    ("jabra", 3),
    ("меркурий ветис", 3),
    ("шлагбаум", 2),
    ("плоттер", 2),
    ("figma", 1),
)
