"""Reports by e-mail: when they are due, and what becomes of a letter."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Protocol
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from pydantic import AwareDatetime, BaseModel, ConfigDict

from contracts.day import Day
from contracts.reports_http import FileFormat, StaffReportName
from contracts.schedules_http import DeliveryState, Language

# People find it when they come; by then the last events of the month are told.
SENT_FROM = time(7, 0)
# After a long stand-still no more than these are made up for.
MOST_MISSED = 3
_PAUSES = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1), timedelta(hours=6))


class ScheduleNotFoundError(Exception):
    """There is none, or none for this caller."""


class StaleScheduleError(Exception):
    """Somebody changed it meanwhile."""


class ScheduleKeyReusedError(Exception):
    """Something else was made under this key."""


class ScheduleRuleError(Exception):
    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field, self.message = field, message


class Schedule(BaseModel):
    """`companies`: whose figures may be in it (None: everybody's); `since`: not due before."""

    model_config = ConfigDict(frozen=True)

    id: UUID
    name: str
    recipients: tuple[str, ...]
    reports: tuple[StaffReportName, ...]
    format: FileFormat
    lang: Language
    company: UUID | None
    companies: tuple[UUID, ...] | None
    day: int
    active: bool = True
    since: Day
    version: int = 1

    def is_within(self, companies: Sequence[UUID] | None) -> bool:
        """Nothing is in it but of these companies."""
        if companies is None:
            return True
        return self.companies is not None and set(self.companies) <= set(companies)

    def must_be_for_its_readers(self) -> None:
        """Raises ScheduleRuleError: what is of one company goes to it, and the FAQ is no business of its."""
        if self.company is not None and "articles" in self.reports:
            raise ScheduleRuleError(
                "reports", "the report of the FAQ is of no company: it goes with all of them"
            )

    def due_days(self, told_on: date | None, at: datetime, zone: ZoneInfo) -> list[date]:
        """Days on which it had to send until now and did not, the oldest first."""
        found: list[date] = []
        for day in _backwards(self.day, at.astimezone(zone).date()):
            if day < self.since or (told_on and day <= told_on) or len(found) == MOST_MISSED:
                break
            if datetime.combine(day, SENT_FROM, zone) <= at:
                found.append(day)
        return found[::-1] if self.active else []

    def next_day(self, today: date) -> date | None:
        """The next one after today, or today itself."""
        if not self.active:
            return None
        this = today.replace(day=self.day)
        return this if this >= today else (today.replace(day=1) + timedelta(days=32)).replace(day=self.day)


def _backwards(day: int, today: date) -> Iterator[date]:
    """This day of this month, of the one before, and so on."""
    first = today.replace(day=1)
    while first.year > 2000:
        yield first.replace(day=day)
        first = (first - timedelta(days=1)).replace(day=1)


def month_before(day: date) -> str:
    return f"{day.replace(day=1) - timedelta(days=1):%Y-%m}"


def days_of_month(month: str) -> tuple[date, date]:
    year, number = int(month[:4]), int(month[5:])
    return date(year, number, 1), date(year, number, monthrange(year, number)[1])


class Delivery(BaseModel):
    """One letter to one recipient; `due_at`: when it is tried next."""

    model_config = ConfigDict(frozen=True)

    id: UUID
    schedule_id: UUID
    month: str
    recipient: str
    state: DeliveryState = "waiting"
    attempts: int = 0
    problem: str = ""
    queued_at: AwareDatetime
    due_at: AwareDatetime
    done_at: AwareDatetime | None = None

    def failed(self, problem: str, at: datetime) -> Delivery:
        """To be tried again after a while, until that has been done often enough."""
        if self.attempts > len(_PAUSES):
            return self.given_up(problem, at)
        due_at = at + _PAUSES[self.attempts - 1]
        return self.model_copy(update={"state": "waiting", "problem": problem, "due_at": due_at})

    def given_up(self, problem: str, at: datetime) -> Delivery:
        return self.model_copy(update={"state": "failed", "problem": problem, "done_at": at})

    def unsure(self, problem: str, at: datetime) -> Delivery:
        return self.model_copy(update={"state": "unsure", "problem": problem, "done_at": at})

    def sent(self, at: datetime) -> Delivery:
        return self.model_copy(update={"state": "sent", "problem": "", "done_at": at})


def letters(
    schedule: Schedule, month: str, at: datetime, *, key: UUID | None = None, only: str | None = None
) -> list[Delivery]:
    """A letter's id says what it is, so that the same one is made once; `key`: asked for by hand."""
    return [
        Delivery(
            id=uuid5(key or schedule.id, f"{month} {recipient}"),
            schedule_id=schedule.id,
            month=month,
            recipient=recipient,
            queued_at=at,
            due_at=at,
        )
        for recipient in schedule.recipients
        if only in (None, recipient)
    ]


class ScheduleStorage(Protocol):
    async def add(self, schedule: Schedule) -> None:
        """Raises ScheduleKeyReusedError where there is one of this id."""

    async def save(self, schedule: Schedule) -> None:
        """Over the version before; raises StaleScheduleError if somebody else changed it."""

    async def remove(self, key: UUID, version: int) -> None:
        """With what is still to be sent of it; raises StaleScheduleError."""

    async def get(self, key: UUID) -> Schedule:
        """Raises ScheduleNotFoundError."""

    async def all(self) -> list[Schedule]: ...

    async def told_days(self) -> dict[UUID, date]:
        """Up to which due day each one was seen to."""

    async def queue(self, deliveries: Sequence[Delivery]) -> int:
        """Those that are not there yet; how many that were."""

    async def tell(self, key: UUID, day: date) -> None:
        """What was due up to this day is queued."""

    async def take(self, at: datetime) -> Delivery | None:
        """One that is due, taken by nobody else from now on."""

    async def settle(self, delivery: Delivery) -> None:
        """Of one that was taken."""

    async def give_up_interrupted(self, before: datetime, at: datetime) -> int:
        """Those that somebody took before that moment and never settled are `unsure`."""

    async def deliveries(self, schedule: UUID, limit: int) -> list[Delivery]:
        """The newest first."""
