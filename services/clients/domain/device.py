"""An enrolled Bureaucrat on one computer, bound to one person."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from contracts.clients import DeviceEnrolled, DeviceRevoked
from contracts.clients_http import Claim
from contracts.envelope import Event
from contracts.people import CompanyRef, PersonRef
from services.clients.domain.aggregate import Aggregate
from services.clients.domain.company import Company
from services.clients.domain.errors import RuleError
from services.clients.domain.person import Person


class Device(Aggregate):
    """Carries what its company and person said last, and in which version they said it.

    `token_seed` makes the same token again for the same Idempotency-Key (token.py); there is none without.
    """

    UNTOLD = frozenset(
        {"company_version", "person_version", "token_hash", "token_seed", "enrolled_at", "last_contact"}
    )

    company: CompanyRef
    company_version: int
    company_archived: bool = False
    screenshots_allowed: bool
    person: PersonRef
    person_version: int
    person_archived: bool = False
    person_is_manager: bool
    hostname: str
    claimed: Claim
    token_hash: str
    token_seed: bytes | None = None
    confirmed: bool
    revoked: bool = False
    blocked: bool = False
    enrolled_at: datetime
    last_contact: datetime | None = None

    @property
    def suspended(self) -> bool:
        return self.blocked or self.company_archived or self.person_archived

    @property
    def is_manager(self) -> bool:
        """Until it is confirmed to be the manager's, it shows nobody the company's submissions."""
        return self.person_is_manager and self.confirmed

    def learn(self, company: Company, person: Person, at: datetime) -> None:
        """Take over what is newer than what it knows; late news changes nothing."""
        news: dict[str, object] = {}
        if company.version > self.company_version:
            news |= {
                "company": company.reference,
                "company_version": company.version,
                "company_archived": company.archived,
                "screenshots_allowed": company.screenshots_allowed,
            }
        if person.version > self.person_version:
            news |= {
                "person": person.reference,
                "person_version": person.version,
                "person_archived": person.archived,
                "person_is_manager": person.is_manager,
            }
        self.change(news, at)

    def hand_over(self, person: Person, at: datetime) -> None:
        """Whose it is was entered twice; who has confirmed it has confirmed the same person."""
        self.change({"person": person.reference, "person_version": 0, "person_archived": False}, at)
        self.change({"person_version": person.version, "person_is_manager": person.is_manager}, at)

    def confirm(self, at: datetime) -> None:
        """Raises RuleError for a revoked one."""
        if self.revoked:
            raise RuleError("confirmed", "this device was revoked; it has to enrol again")
        self.change({"confirmed": True}, at)

    def block(self, at: datetime, *, is_blocked: bool) -> None:
        """Let in no more until it is unblocked; raises RuleError for a revoked one."""
        if self.revoked:
            raise RuleError("blocked", "this device was revoked; it has to enrol again")
        self.change({"blocked": is_blocked}, at)

    def revoke(self, at: datetime) -> None:
        """For good, unlike a suspension, which ends with its cause. No token can be made again."""
        self.change({"revoked": True, "token_seed": None}, at)

    def event(self) -> Event:
        over = self.revoked or self.suspended
        kind = DeviceRevoked if over else DeviceEnrolled
        return kind(
            id=self.id,
            version=self.version,
            person=self.person,
            company=self.company,
            is_manager=self.is_manager,
            confirmed=self.confirmed,
            screenshots_allowed=self.screenshots_allowed,
            hostname=self.hostname,
            token_hash=self.token_hash,
            revoked=over,
            at=self.updated_at,
        )


def enrol(
    company: Company,
    person: Person,
    *,
    device_id: UUID,
    hostname: str,
    claimed: Claim,
    token_hash: str,
    token_seed: bytes | None,
    confirmed: bool,
    at: datetime,
) -> Device:
    return Device(
        id=device_id,
        company=company.reference,
        company_version=company.version,
        screenshots_allowed=company.screenshots_allowed,
        person=person.reference,
        person_version=person.version,
        person_is_manager=person.is_manager,
        hostname=hostname,
        claimed=claimed,
        token_hash=token_hash,
        token_seed=token_seed,
        confirmed=confirmed,
        enrolled_at=at,
        updated_at=at,
    )
