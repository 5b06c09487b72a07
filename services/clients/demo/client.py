"""What the demo knows of a client, to make all else of."""

from __future__ import annotations

from typing import NamedTuple


class Client(NamedTuple):
    """`domain` is under the TLD reserved for examples, so that nobody real gets mail."""

    name: str
    short_name: str
    tax_id: str
    code: str
    domain: str
    phone: str
    notes: str
    screenshots_allowed: bool = True
