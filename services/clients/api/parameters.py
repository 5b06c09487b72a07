"""The queries of the lists, typed and bounded; what is not offered is refused."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, get_args
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from chassis.parameters import LONGEST_CURSOR, position_in
from chassis.principal import Principal
from contracts.equipment import EquipmentKind
from contracts.terms import TermKind
from contracts.text import Line
from services.clients.domain.listing import Position, Wanted
from services.clients.domain.search import wanted_words
from services.clients.domain.term import TermPosition, TermsWanted

SearchText = Annotated[Line, Field(max_length=200)]
Days = Annotated[int, Field(ge=0, le=3650)]


class PageQuery(BaseModel):
    model_config = ConfigDict(extra="forbid")

    limit: Annotated[int, Field(ge=1, le=200)] = 50
    cursor: Annotated[str, Field(max_length=LONGEST_CURSOR)] = ""

    def position(self) -> Position | None:
        return position_in(self.cursor, Position)


class CompanyQuery(PageQuery):
    q: SearchText = ""
    archived: bool = False

    def wanted(self, staff: Principal) -> Wanted:
        return Wanted(
            words=tuple(wanted_words(self.q)),
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
