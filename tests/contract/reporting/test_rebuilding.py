"""All figures from nothing, while events keep coming, end equal to those built live."""

from __future__ import annotations

import random
from typing import Any

from chassis.clock import new_id, now
from contracts.history import HistoryEnded
from contracts.tickets import Status
from services.reporting.domain.storage import Generations
from services.reporting.use_cases.hear_tickets import hear_history, hear_ticket
from services.reporting.use_cases.rebuild import begin_rebuild, finish_rebuild, hear_end
from tests.contract.reporting.conftest import Reporting
from tests.unit.reporting.histories import Story, shuffled, story


async def _contents(reporting: Reporting) -> dict[str, Any]:
    """Every cell of the live generation, without noughts."""
    live = (await reporting.archive.generations()).live
    found: dict[str, Any] = {}
    for kind in ("days", "months", "years", "causes"):
        async for document in reporting.kept[f"{kind}_{live}"].find({}):
            key = "/".join(map(str, document.pop("_id").values()))
            if counted := _counted(document):
                found[f"{kind} {key}"] = counted
    return found


def _counted(document: dict[str, Any]) -> dict[str, Any]:
    plain = {k: _counted(v) if isinstance(v, dict) else v for k, v in document.items()}
    return {key: value for key, value in plain.items() if value}


async def test_a_rebuild_ends_equal_to_what_was_built_live(reporting: Reporting) -> None:
    rnd = random.Random(7)
    stories = [story(number, rnd) for number in range(1, 41)]
    before = [Story(one.events[: rnd.randrange(1, len(one.events) + 1)], one.end) for one in stories]
    after = [
        Story(one.events[len(past.events) :], one.end) for one, past in zip(stories, before, strict=True)
    ]
    await reporting.hear(shuffled(before, rnd))
    await reporting.fold()
    rebuild = new_id()
    await begin_rebuild(reporting.archive, rebuild, now())
    await hear_end(reporting.archive, HistoryEnded(id=rebuild, tickets=len(stories), last=len(stories)))
    told = [one.end for one in stories]
    rnd.shuffle(told)
    events = shuffled(after, rnd)
    for number, history in enumerate(told + told[:5]):
        await reporting.hear(events[number * 3 : number * 3 + 3])
        await hear_history(reporting.archive, history)
    await reporting.hear(events[len(told + told[:5]) * 3 :])
    assert (await reporting.archive.generations()).live in (1, 2)
    await reporting.fold()
    await finish_rebuild(reporting.archive)
    await reporting.fold()
    rebuilt = await _contents(reporting)
    assert (await reporting.archive.generations()) == Generations(2)

    await reporting.kept.drop_collection("generations")
    for kind in ("tickets", "days", "months", "years", "causes"):
        await reporting.kept.drop_collection(f"{kind}_2")
    await reporting.archive.prepare()
    await reporting.hear(event for one in stories for event in one.events)
    await reporting.fold()
    assert rebuilt == await _contents(reporting)


async def test_reports_are_read_as_before_until_all_is_told(reporting: Reporting) -> None:
    rnd = random.Random(1)
    stories = [story(number, rnd) for number in range(1, 4)]
    await reporting.hear(shuffled(stories, rnd))
    await reporting.fold()
    before = await reporting.report("/reports/work?from=2026-08-01&to=2027-01-31")
    rebuild = new_id()
    await begin_rebuild(reporting.archive, rebuild, now())
    await hear_history(reporting.archive, stories[0].end)
    await hear_end(reporting.archive, HistoryEnded(id=rebuild, tickets=3, last=3))
    await reporting.fold()
    going = await finish_rebuild(reporting.archive)
    assert going is not None
    assert (going.told, going.expected, going.about, going.percent) == (1, 3, 3, 33)
    assert (await reporting.report("/reports/work?from=2026-08-01&to=2027-01-31"))["totals"] == before[
        "totals"
    ]


async def test_what_was_counted_by_another_version_is_built_anew_by_itself(reporting: Reporting) -> None:
    """Until that is done the reports say that figures are missing."""
    rnd = random.Random(2)
    stories = [story(number, rnd) for number in range(1, 4)]
    await reporting.kept["generations"].update_one({}, {"$unset": {"shape": ""}})
    await reporting.archive.prepare()
    await reporting.archive.prepare()
    going = await reporting.archive.rebuild()
    assert going is not None
    assert going.generation == 2, "once, however many replicas start"
    assert (await reporting.report("/reports/sla"))["incomplete"]
    for one in stories:
        await hear_history(reporting.archive, one.end)
    await hear_end(reporting.archive, HistoryEnded(id=going.id, tickets=3, last=3))
    await reporting.fold()
    await finish_rebuild(reporting.archive)
    assert await reporting.archive.generations() == Generations(2)
    assert not (await reporting.report("/reports/sla"))["incomplete"]


async def test_work_of_a_merged_ticket_is_its_targets_however_events_come(reporting: Reporting) -> None:
    rnd = random.Random(3)
    source, target = story(1, rnd), story(2, rnd)
    while not sum(work.minutes for work in source.end.work):
        source = story(1, rnd)
    end = source.end.ticket
    merged = end.model_copy(update={"status": Status.MERGED, "version": end.version + 1, "minutes": 0})
    events = [(said.state, said.entry, None) for said in shuffled([source, target], rnd)]
    for place, event in enumerate(events):
        if place == len(events) // 2:
            await hear_ticket(reporting.archive, merged, None, target.end.ticket.id)
        await hear_ticket(reporting.archive, *event)
    await reporting.fold()
    found = await reporting.report("/reports/lines?figure=worked&from=2026-08-01&to=2027-12-31")
    minutes = sum(work.minutes for one in (source, target) for work in one.end.work)
    assert [(line["number"], line["minutes"]) for line in found["items"]] == [(2, minutes)]
