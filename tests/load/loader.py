"""Fills the database of tickets: `python -m tests.load.loader` is not needed, the bench calls it.

Each ticket is made by the domain (registered, worked on, ended as they end) and written as the store writes
it, so that list, search and pages meet real documents; only events are left out: nobody has to be told.
Beyond the first 10,000 a ticket is a copy of one of them, with its own identity, number, client and times.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from chassis.clock import new_id, now
from chassis.mongo import Document, connect, database
from contracts.intake import FileRef, Requester, SubmissionReceived
from contracts.people import Author, PersonRef, StaffRef
from contracts.tickets import Priority, Status
from deploy.demo_stories import STORIES
from services.tickets.domain.log import Entry, kind_of
from services.tickets.domain.plan import DEFAULT_PLAN
from services.tickets.domain.registration import register
from services.tickets.domain.ticket import Ticket
from services.tickets.store import Tickets
from services.tickets.store.documents import NEVER, to_document
from tests.load.world import Client

_MADE_ONE_BY_ONE = 10_000
_BATCH = 250
_BETWEEN = timedelta(minutes=7)
_STEPS: dict[str, tuple[Status, ...]] = {
    "new": (),
    "in_progress": (Status.IN_PROGRESS,),
    "waiting": (Status.WAITING,),
    "resolved": (Status.IN_PROGRESS, Status.RESOLVED),
    "closed": (Status.IN_PROGRESS, Status.RESOLVED, Status.CLOSED),
}
# One in ten is open, as at the end of a working day.
_ENDS = ["new"] * 4 + ["in_progress"] * 4 + ["waiting"] * 2 + ["resolved"] * 5 + ["closed"] * 85
_WORDS = (
    "сервер",
    "маршрутизатор",
    "принтер",
    "монитор",
    "почта",
    "пароль",
    "договор",
    "отчёт",
    "база",
    "клавиатура",
    "сканер",
    "телефон",
    "архив",
    "обновление",
    "антивирус",
    "камера",
    "накладная",
    "бухгалтер",
    "склад",
    "касса",
    "браузер",
    "папка",
    "диск",
    "кабель",
    "питание",
    "лицензия",
)


async def load_tickets(url: str, clients: Sequence[Client], staff: Sequence[StaffRef], count: int) -> None:
    """Write `count` tickets, numbered on from those that are there; the newest is a few minutes old."""
    client = connect(url)
    try:
        store = Tickets(database(client, "tickets"))
        newest = await store.collection.find_one({}, {"number": 1}, sort=[("number", -1)])
        first = (newest["number"] if newest else 0) + 1
        batch: list[Document] = []
        for document in _documents(clients, staff, first, count):
            batch.append(document)
            if len(batch) == _BATCH:
                await _write(store, batch)
                batch = []
        if batch:
            await _write(store, batch)
        counters = store.collection.database["counters"]
        await counters.update_one({"_id": "number"}, {"$max": {"last": first + count - 1}}, upsert=True)
    finally:
        await client.close()


async def _write(store: Tickets, batch: list[Document]) -> None:
    await store.vocabulary.learn({word for document in batch for word in document["words"]})
    await store.collection.insert_many(batch, ordered=False)


def _documents(
    clients: Sequence[Client], staff: Sequence[StaffRef], first: int, count: int
) -> Iterator[Document]:
    chance = random.Random(1)
    started = now() - _BETWEEN * (count + 1)
    models: list[Document] = []
    for n in range(count):
        at = started + _BETWEEN * n
        if n < _MADE_ONE_BY_ONE:
            ticket = _ticket(chance, chance.choice(clients), staff, first + n, at)
            models.append({"_id": ticket.id, **to_document(ticket)})
            yield models[-1]
        else:
            yield _copied(models[n % len(models)], chance.choice(clients), first + n, at)


def _ticket(
    chance: random.Random, client: Client, staff: Sequence[StaffRef], number: int, at: datetime
) -> Ticket:
    story = chance.choice(STORIES)
    words = " ".join(chance.sample(_WORDS, 5))
    submission = SubmissionReceived(
        submission_id=new_id(),
        channel="bureaucrat",
        title=f"{story.title} ({chance.choice(_WORDS)})",
        description=f"{story.description} {words}",
        requester=Requester(person=client.person, company=client.company),
        files=[_screenshot()],
        diagnostics={"hostname": f"PC-{number % 500:03}", "os": "Windows 11"},
        received_at=at,
    )
    ticket = register(submission, ticket_id=new_id(), number=number, at=at, plan=DEFAULT_PLAN)
    _work(chance, ticket, chance.choice(staff), chance.choice(_ENDS))
    # As it would have been told long ago: what is measured is not a service that makes up for years.
    ticket.watch(now())
    ticket.take_events()
    return ticket


def _work(chance: random.Random, ticket: Ticket, staff: StaffRef, ends: str) -> None:
    author = Author(kind="staff", id=staff.id, full_name=staff.full_name)
    at = ticket.registered_at
    fields: dict[str, Any] = {"priority": chance.choice(list(Priority)), "category": "Печать"}
    if _STEPS[ends]:
        fields["assignee"] = staff
        ticket.change(fields, author, at, DEFAULT_PLAN, new_id())
        _say(ticket, author, "Смотрю, напишу через полчаса", public=True)
        _say(ticket, author, f"Проверил: {' '.join(chance.sample(_WORDS, 6))}", minutes=chance.randint(5, 60))
    for status in _STEPS[ends]:
        at += timedelta(minutes=chance.randint(5, 240))
        ticket.change({"status": status}, author, at, DEFAULT_PLAN, new_id())
    if ends in ("resolved", "closed"):
        _say(ticket, author, "Готово, проверьте, пожалуйста", public=True)


def _say(
    ticket: Ticket, author: Author, text: str, *, public: bool = False, minutes: int | None = None
) -> None:
    entry = Entry(
        id=new_id(),
        at=ticket.updated_at,
        author=author,
        kind=kind_of(public=public, minutes=minutes),
        text=text,
        minutes=minutes,
        public=public,
    )
    ticket.log_entry(entry, DEFAULT_PLAN)


def _screenshot() -> FileRef:
    return FileRef(
        id=new_id(), kind="screenshot", name="screen.png", content_type="image/png", size=200_000,
        width=1920, height=1080,
    )  # fmt: skip


def _copied(model: Document, client: Client, number: int, at: datetime) -> Document:
    later = at - model["received_at"]
    times = {
        name: model[name] + later
        for name in ("received_at", "registered_at", "updated_at", "reaction_due", "resolution_due")
    }
    stands = model["next_due"] == NEVER
    person: PersonRef = client.person
    return {
        **model,
        **times,
        "_id": new_id(),
        "submission_id": new_id(),
        "number": number,
        "next_due": NEVER if stands else model["next_due"] + later,
        "clock": _shifted(model["clock"], later),
        "promise": _shifted(model["promise"], later),
        "person": person.model_dump(),
        "company": client.company.model_dump(),
    }


def _shifted(value: Any, later: timedelta) -> Any:
    if isinstance(value, datetime):
        return value + later
    if isinstance(value, dict):
        return {name: _shifted(one, later) for name, one in value.items()}
    return [_shifted(one, later) for one in value] if isinstance(value, list | tuple) else value
