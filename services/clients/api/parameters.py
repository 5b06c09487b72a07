"""The queries of the lists, typed and bounded; what is not offered is refused."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Protocol, TypeVar, get_args
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from chassis.parameters import LONGEST_CURSOR, position_in
from chassis.principal import Principal
from contracts.equipment import EquipmentKind
from contracts.terms import TermKind
from contracts.text import Line
from services.clients.domain.listing import Position, Wanted
from services.clients.domain.storage import RegistryStorage
from services.clients.domain.term import TermPosition, TermsWanted
from services.clients.use_cases.understand import Page, Reading, found_anyhow

SearchText = Annotated[Line, Field(max_length=200)]
Days = Annotated[int, Field(ge=0, le=3650)]


class PageQuery(BaseModel):
    model_config = ConfigDict(extra="forbid")

    limit: Annotated[int, Field(ge=1, le=200)] = 50
    cursor: Annotated[str, Field(max_length=LONGEST_CURSOR)] = ""

    def position(self) -> Position | None:
        return position_in(self.cursor, Position)


Item = TypeVar("Item")


class Paged(Protocol[Item]):
    async def page(self, wanted: Wanted, position: Position | None) -> Page[Item]: ...


class CompanyQuery(PageQuery):
    q: SearchText = ""
    archived: bool = False

    async def page(self, storage: Paged[Item], registry: RegistryStorage, staff: Principal) -> Page[Item]:
        """What was typed, or else what may have been meant."""
        wanted, position = self.wanted(staff), self.position()

        async def ask(words: Reading) -> Page[Item]:
            return await storage.page(wanted.model_copy(update={"words": words}), position)

        return await found_anyhow(registry.words, self.q, ask)

    def wanted(self, staff: Principal) -> Wanted:
        return Wanted(
            archived=self.archived,
            companies=staff.companies,
            limit=self.limit,
        )


class PersonQuery(CompanyQuery):
    company: UUID | None = None

    def wanted(self, staff: Principal) -> Wanted:
        return super().wanted(staff).model_copy(update={"company": self.company})


class LicenceQuery(PersonQuery):
    person: UUID | None = None
    equipment: UUID | None = None

    def wanted(self, staff: Principal) -> Wanted:
        users = {"person": self.person, "equipment": self.equipment}
        return super().wanted(staff).model_copy(update=users)


class EquipmentQuery(PersonQuery):
    """`connected_to`: those that hang on this piece."""

    kind: EquipmentKind | None = None
    person: UUID | None = None
    connected_to: UUID | None = None

    def wanted(self, staff: Principal) -> Wanted:
        kinds = (self.kind,) if self.kind else ()
        asked = {"person": self.person, "equipment": self.connected_to, "kinds": kinds}
        return super().wanted(staff).model_copy(update=asked)


class CredentialQuery(PersonQuery):
    """`equipment`: what opens it; `person`: theirs, and what opens the equipment they use."""

    equipment: UUID | None = None
    person: UUID | None = None

    def wanted(self, staff: Principal) -> Wanted:
        asked = {"equipment": self.equipment, "person": self.person}
        return super().wanted(staff).model_copy(update=asked)


class TermQuery(PageQuery):
    """What ends within so many days, or ended at most so many days ago."""

    within: Days = 30
    ended: Days = 30
    company: UUID | None = None
    kind: TermKind | None = None

    def terms(self, staff: Principal, today: date) -> TermsWanted:
        return TermsWanted(
            kinds=(self.kind,) if self.kind else get_args(TermKind),
            first=today - timedelta(days=self.ended),
            last=today + timedelta(days=self.within),
            company=self.company,
            companies=staff.companies,
            limit=self.limit,
        )

    def place(self) -> TermPosition | None:
        return position_in(self.cursor, TermPosition)


class DeviceQuery(PageQuery):
    company: UUID | None = None
    person: UUID | None = None
    confirmed: bool | None = None
    revoked: bool = False

    def wanted(self, staff: Principal) -> Wanted:
        return Wanted(
            company=self.company,
            person=self.person,
            confirmed=self.confirmed,
            archived=self.revoked,
            companies=staff.companies,
            limit=self.limit,
        )
