"""What stands beside a ticket on the specialist's page, of tickets' own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from services.tickets.domain.draft import Draft
from services.tickets.domain.worked import Worked


class Around(NamedTuple):
    """Whose ticket it is and about what; who looks at it, and in which month."""

    number: int
    company: UUID
    person: UUID
    equipment: UUID | None
    staff: UUID
    month: str


class Beside(NamedTuple):
    """The latest rows of the list by whose they are, ready to be written as JSON; this one may be there."""

    latest: Mapping[str, Sequence[Any]]
    worked: Worked
    draft: Draft
