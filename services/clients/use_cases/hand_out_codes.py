"""Enrolment codes are made, asked about, withdrawn."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import SystemRandom
from uuid import UUID

from chassis.principal import Principal
from contracts.clients_http import NewCode
from services.clients.domain.code import Code, check_code, code_key, make_up_code
from services.clients.domain.company import Company
from services.clients.domain.creation import creation_of
from services.clients.domain.errors import CodeRefusedError, MadeBeforeError, NotInRegistryError, RuleError
from services.clients.domain.storage import RegistryStorage
from services.clients.use_cases.keep_companies import find_company

_RANDOM = SystemRandom()
LONGEST_LIFE = timedelta(days=3650)


async def make_code(
    registry: RegistryStorage,
    company_id: UUID,
    new: NewCode,
    staff: Principal,
    key: UUID | None,
    at: datetime,
) -> Code:
    """Raises NotInRegistryError, RuleError, TakenError, KeyReusedError."""
    company = await find_company(registry, company_id, staff)
    if company.archived:
        raise RuleError("company_id", "this company is archived")
    if new.expires_at and new.expires_at <= at:
        raise RuleError("expires_at", "it would have expired already")
    if new.expires_at and new.expires_at > at + LONGEST_LIFE:
        raise RuleError("expires_at", f"at most {LONGEST_LIFE.days} days from now; or leave it out")
    shown = check_code(new.code) if new.code is not None else make_up_code(_RANDOM)
    code = Code(
        key=code_key(shown),
        code=shown,
        company_id=company_id,
        created_at=at,
        created_by=staff.id,
        expires_at=new.expires_at,
        max_uses=new.max_uses,
    )
    creation = creation_of(staff.id, key, new, company_id)
    if creation and (before := await registry.codes.made_by(creation)):
        return before
    try:
        await registry.codes.add(code, creation)
    except MadeBeforeError:
        if creation and (before := await registry.codes.made_by(creation)):
            return before
        raise
    return code


async def withdraw_code(
    registry: RegistryStorage, company_id: UUID, text: str, staff: Principal, at: datetime
) -> None:
    """Raises NotInRegistryError, for another company's code too."""
    await find_company(registry, company_id, staff)
    code = await registry.codes.get(code_key(text))
    if code.company_id != company_id:
        raise NotInRegistryError
    await registry.codes.withdraw(code, at)


async def whose_code(registry: RegistryStorage, text: str, at: datetime) -> Company:
    """Raises CodeRefusedError for any code that would not enrol anybody now."""
    try:
        code = await registry.codes.get(code_key(text))
        company = await registry.companies.get(code.company_id)
    except NotInRegistryError as error:
        raise CodeRefusedError from error
    code.must_be_good(at)
    if company.archived:
        raise CodeRefusedError
    return company
