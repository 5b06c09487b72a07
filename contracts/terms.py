"""What clients says of licences, contracts, and of whatever comes to an end."""

from __future__ import annotations

from typing import ClassVar, Literal
from uuid import UUID

from contracts.day import Day
from contracts.envelope import Event
from contracts.people import CompanyRef

TermKind = Literal["licence", "contract", "warranty"]
DaysBefore = Literal[30, 7, 0]


class _TermEvent(Event):
    SOURCE: ClassVar[str] = "/services/clients"

    id: UUID
    version: int

    @property
    def subject(self) -> str:
        return str(self.id)


class LicenceSaved(_TermEvent):
    """A licence as it is now; its key never travels. `seats` null: as many as one likes."""

    TYPE: ClassVar[str] = "helpdesk.licence.saved.v1"

    company_id: UUID
    product: str
    vendor: str = ""
    seats: int | None = None
    seats_used: int = 0
    valid_until: Day | None = None
    archived: bool = False


class ContractSaved(_TermEvent):
    """A contract as it is now; `included_minutes` are of each month, `rate` is kopecks for an hour beyond.

    `additional_rate` is that of additional work; null: the same.
    """

    TYPE: ClassVar[str] = "helpdesk.contract.saved.v1"

    company_id: UUID
    number: str
    plan_id: UUID | None = None
    valid_from: Day
    valid_to: Day | None = None
    included_minutes: int = 0
    rate: int = 0
    additional_rate: int | None = None
    archived: bool = False


class LicenceExpiring(_TermEvent):
    """A licence, contract or warranty comes to its end: said once 30, once 7 and once 0 days before.

    `days_before` is which of these it is; `days_left` what is really left (negative: so long ago), for
    what could not be said in time is said later. Earlier ones that were missed are not made up for.
    """

    TYPE: ClassVar[str] = "helpdesk.licence.expiring.v1"
    PUBLIC: ClassVar[bool] = True

    kind: TermKind
    company: CompanyRef
    name: str
    ends_on: Day
    days_before: DaysBefore
    days_left: int
