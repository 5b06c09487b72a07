"""The queries of the lists, typed and bounded; what is not offered is refused."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from chassis.parameters import LONGEST_CURSOR, position_in
from chassis.principal import Principal
from contracts.text import Line
from services.clients.domain.listing import Position, Wanted
from services.clients.domain.search import wanted_words

SearchText = Annotated[Line, Field(max_length=200)]


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
