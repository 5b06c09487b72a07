"""How far a telling of the past has come."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from uuid import UUID


class Telling(NamedTuple):
    """Numbers up to `after` are told, which were `told` tickets; it ends with number `last`."""

    id: UUID
    begun_at: datetime
    after: int
    last: int
    told: int
