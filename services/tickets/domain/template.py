"""An answer written once and used often: its fields, and whose it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from contracts.people import CompanyRef, PersonRef, StaffRef
from services.tickets.domain.errors import RuleError

_FIELD = re.compile(r"\{\s*([A-Za-z_][\w.]*)\s*\}")
# They look after what is shared.
_KEEPERS = {"admin", "dispatcher", "manager"}
FIELDS = (
    "person.full_name",
    "person.name",
    "company.name",
    "ticket.number",
    "ticket.title",
    "staff.full_name",
)


class Template(BaseModel):
    model_config = ConfigDict(frozen=True)

    id: UUID
    version: int = 1
    name: str
    text: str
    shared: bool
    owner: StaffRef

    def is_seen_by(self, staff: UUID) -> bool:
        return self.shared or self.owner.id == staff

    def is_kept_by(self, staff: UUID, roles: Sequence[str]) -> bool:
        """Who may change it: its owner, and of what is shared also those who look after it."""
        return self.owner.id == staff or (self.shared and not _KEEPERS.isdisjoint(roles))


class Filling(BaseModel):
    """What the fields stand for on one ticket, for one specialist."""

    model_config = ConfigDict(frozen=True)

    number: int
    title: str
    person: PersonRef
    company: CompanyRef
    staff: str

    def values(self) -> dict[str, str]:
        return {
            "person.full_name": self.person.full_name,
            "person.name": address_of(self.person.full_name),
            "company.name": self.company.name,
            "ticket.number": str(self.number),
            "ticket.title": self.title,
            "staff.full_name": self.staff,
        }


def check_fields(text: str) -> None:
    """Raises RuleError for a field that nothing is known of; braces without a name are just braces."""
    unknown = sorted({name for name in _FIELD.findall(text) if name not in FIELDS})
    if unknown:
        raise RuleError("text", f"there is no field {{{unknown[0]}}}; there are " + ", ".join(FIELDS))


def filled(text: str, filling: Filling) -> str:
    """Each field once: what a value says in braces is text and stays as it is."""
    values = filling.values()
    return _FIELD.sub(lambda found: values.get(found[1], found[0]), text)


def address_of(full_name: str) -> str:
    """«Иванова Мария Петровна» is addressed as «Мария Петровна»; another order of names stays whole."""
    names = full_name.split()
    return " ".join(names[1:]) if len(names) == 3 else full_name
