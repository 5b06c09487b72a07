"""What the demo knows of a piece of equipment."""

from __future__ import annotations

from typing import NamedTuple

from contracts.equipment import EquipmentKind


class Piece(NamedTuple):
    """`host` is the last number of its address; `above` what it hangs on; `warranty` in days from today."""

    kind: EquipmentKind
    name: str
    model: str
    place: str
    host: int
    hostname: str = ""
    above: str = ""
    warranty: int | None = None
    notes: str = ""
