"""Credentials as a table: where they lead goes in and out, what they are only in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from chassis.principal import Principal
from contracts.credentials_http import CredentialPatch, NewCredential
from services.clients.domain.company import Company
from services.clients.domain.credential import Credential
from services.clients.domain.listing import Position, Wanted
from services.clients.domain.search import plain, sort_key
from services.clients.domain.storage import CredentialStorage, RegistryStorage
from services.clients.domain.tables.field import CREDENTIALS
from services.clients.domain.vault.one_time import checked_seed
from services.clients.use_cases.keep_credentials import add_credential, change_credential, credential_creation
from services.clients.use_cases.tables.equipment import piece_called
from services.clients.use_cases.tables.people import called_by, person_called
from services.clients.use_cases.tables.whose import id_of, with_companies


class CredentialTable:
    columns = CREDENTIALS
    add = staticmethod(add_credential)
    change = staticmethod(change_credential)
    creation = staticmethod(credential_creation)

    def may_write(self, staff: Principal) -> str:
        return ""

    def storage(self, registry: RegistryStorage) -> CredentialStorage:
        return registry.credentials

    async def page(
        self, registry: RegistryStorage, wanted: Wanted, position: Position | None
    ) -> tuple[list[Credential], Position | None]:
        return await registry.credentials.page(wanted, position)

    def company_of(self, it: Credential) -> UUID:
        return it.company_id

    async def known(
        self, registry: RegistryStorage, company: Company | None, fields: Mapping[str, Any]
    ) -> list[Credential]:
        """By what it is for; of several of one name, the one that leads to the same address."""
        label, address = fields.get("label", ""), fields.get("address", "")
        if not label:
            return []
        named = await registry.credentials.having(
            {"company_id": id_of(company), "sort_name": sort_key(label)}
        )
        found = [one for one in named if plain(one.label) == plain(label)]
        return [one for one in found if not (address and one.address) or plain(one.address) == plain(address)]

    async def resolved(
        self,
        registry: RegistryStorage,
        company_id: UUID | None,
        fields: Mapping[str, Any],
        target: Credential | None,
    ) -> dict[str, Any]:
        """What it opens is named by name or id, whose it is by e-mail, full name or id."""
        found = dict(fields)
        piece, person = found.pop("equipment", None), found.pop("person", None)
        if "totp_seed" in found:
            found["totp_seed"] = checked_seed(found["totp_seed"])
        if company_id and piece:
            found["equipment_id"] = await piece_called(registry, company_id, piece, "equipment")
        if company_id and person:
            found["person_id"] = await person_called(registry, company_id, person, "person")
        return found

    def new(self, company: Company | None, fields: Mapping[str, Any]) -> NewCredential:
        return NewCredential.model_validate({**fields, "company_id": id_of(company)})

    def patch(self, fields: Mapping[str, Any]) -> CredentialPatch:
        return CredentialPatch.model_validate(fields)

    def key(self, company: Company | None, fields: Mapping[str, Any]) -> str:
        return f"{id_of(company)} {plain(fields['label'])} {plain(fields.get('address', ''))}"

    async def written(self, registry: RegistryStorage, items: Sequence[Credential]) -> list[dict[str, Any]]:
        called = await called_by(registry, [item.person_id for item in items if item.person_id])
        rows = await with_companies(registry, items)
        for row, item in zip(rows, items, strict=True):
            row["equipment"] = item.equipment_id
            row["person"] = called[item.person_id] if item.person_id else ""
        return rows
