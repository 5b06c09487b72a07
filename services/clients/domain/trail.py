"""What a change leaves behind: which fields stood how before and after, and who did it; secrets never."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from contracts.history_http import Change, Doer

SYSTEM = Doer(kind="system")


def change_of(field: str, before: Any, after: Any, *, is_secret: bool) -> Change:
    """Bytes are ciphertext, or a token's: they are nobody's to read, whether declared or not."""
    if is_secret or _has_bytes(before) or _has_bytes(after):
        return Change(field=field, is_secret=True)
    return Change(field=field, before=before, after=after)


def _has_bytes(value: Any) -> bool:
    if isinstance(value, Mapping):
        return any(map(_has_bytes, value.values()))
    if isinstance(value, list | tuple | set):
        return any(map(_has_bytes, value))
    return isinstance(value, bytes | bytearray)


def ids_in(changes: Iterable[Change]) -> set[UUID]:
    """Whatever the changes name by an id."""
    values = [value for change in changes for value in (change.before, change.after)]
    parts = [part for value in values for part in (value if isinstance(value, list) else [value])]
    return {part for part in parts if isinstance(part, UUID)}
