"""What importing and exporting need to know of one kind of thing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol, TypeVar
from uuid import UUID

from pydantic import BaseModel

from chassis.principal import Principal
from services.clients.domain.aggregate import Aggregate
from services.clients.domain.company import Company
from services.clients.domain.creation import Creation, creation_of
from services.clients.domain.listing import Position, Wanted
from services.clients.domain.storage import RegistryStorage, Storage
from services.clients.domain.tables.field import Columns

AggregateT = TypeVar("AggregateT", bound=Aggregate)


class Table(Protocol[AggregateT]):
    columns: Columns

    def may_write(self, staff: Principal) -> str:
        """Why this member of the staff may not; empty if they may."""

    def storage(self, registry: RegistryStorage) -> Storage[AggregateT]: ...

    async def page(
        self, registry: RegistryStorage, wanted: Wanted, position: Position | None
    ) -> tuple[list[AggregateT], Position | None]: ...

    def company_of(self, it: AggregateT) -> UUID:
        """Whose it is."""

    async def known(
        self, registry: RegistryStorage, company: Company | None, fields: Mapping[str, Any]
    ) -> list[AggregateT]:
        """Those that a row without an id may mean: it is one, none or too many."""

    async def resolved(
        self,
        registry: RegistryStorage,
        company_id: UUID | None,
        fields: Mapping[str, Any],
        target: AggregateT | None,
    ) -> dict[str, Any]:
        """The fields with names replaced by who and what they mean; raises RowError, RuleError."""

    def new(self, company: Company | None, fields: Mapping[str, Any]) -> BaseModel:
        """The body of what would add it, checked; raises ValidationError."""

    def patch(self, fields: Mapping[str, Any]) -> BaseModel:
        """The body of what would change it, checked; raises ValidationError."""

    def key(self, company: Company | None, fields: Mapping[str, Any]) -> str:
        """What two rows have in common that would add the same thing twice."""

    async def creation(
        self, registry: RegistryStorage, new: Any, staff: Principal, key: UUID
    ) -> Creation | None:
        """The mark that `add` leaves."""

    async def add(
        self, registry: RegistryStorage, new: Any, staff: Principal, key: UUID | None, at: datetime
    ) -> AggregateT: ...

    async def change(
        self,
        registry: RegistryStorage,
        key: UUID,
        wanted: Mapping[str, Any],
        staff: Principal,
        version: int | None,
        at: datetime,
    ) -> AggregateT: ...

    async def written(self, registry: RegistryStorage, items: Sequence[AggregateT]) -> list[dict[str, Any]]:
        """The values of an export's rows, by field."""


async def plain_creation(
    registry: RegistryStorage, new: BaseModel, staff: Principal, key: UUID
) -> Creation | None:
    """Where nothing is secret."""
    return creation_of(staff.id, key, new)
