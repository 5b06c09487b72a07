"""Where equipment of a client stands."""

from __future__ import annotations

from typing import NamedTuple

from contracts.equipment import EquipmentKind


class Place(NamedTuple):
    """What stands there, by kind, and how many people use something of it."""

    name: str
    kinds: dict[EquipmentKind, int]
    people: int
