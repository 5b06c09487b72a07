"""What the list costs does not grow with the tickets there are."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, get_args

import pytest

from chassis.clock import new_id, now
from contracts.tickets import OPEN_STATUSES, Priority, Status
from contracts.views_http import MOST_COUNTED, BuiltIn, ViewFilters
from services.tickets.domain.category import CategoryTree
from services.tickets.domain.listing import Judged, Sort, Wanted
from services.tickets.domain.view import COUNTED, wanted_of
from services.tickets.store.queries import query_of, sort_of
from tests.contract.tickets.conftest import Desk

_TICKETS, _LIMIT = 2000, 50
_ME, _COMPANY, _PIECE = new_id(), new_id(), new_id()
_CATEGORIES = (new_id(), new_id())
_STATUSES = [*OPEN_STATUSES, *[Status.CLOSED] * 17]


@pytest.fixture
async def many(desk: Desk) -> Desk:
    """A hundredth of them rare in every way, all of these old."""
    moment = now()
    await desk.kept["tickets"].insert_many(
        {
            "_id": new_id(),
            "number": number,
            "submission_id": new_id(),
            "status": _STATUSES[number % len(_STATUSES)].value,
            "priority": "urgent" if number <= 20 else "normal",
            "missed": 10 < number <= 30,
            "promise": {"is_near": number <= 20},
            "category": "Сеть" if number <= 20 else "Принтеры",
            "category_id": _CATEGORIES[number % 2] if number <= 20 else new_id(),
            "assignee": {"id": _ME if number <= 20 else new_id()},
            "company": {"id": _COMPANY if number <= 20 else new_id()},
            "equipment": {"id": _PIECE} if number <= 20 else None,
            "updated_at": moment + timedelta(minutes=number),
            "resolution_due": moment + timedelta(minutes=number),
            "next_due": moment + timedelta(minutes=number),
        }
        for number in range(1, _TICKETS + 1)
    )
    return desk


async def _cost(desk: Desk, wanted: Wanted) -> tuple[set[str], int]:
    """The stages of the plan, and how many documents are read."""
    find = {"find": "tickets", "filter": query_of(wanted), "sort": dict(sort_of(wanted)), "limit": _LIMIT}
    told = await desk.kept.command(
        "explain", find, verbosity="executionStats", codec_options=desk.kept.codec_options
    )
    return set(_stages(told["queryPlanner"]["winningPlan"])), told["executionStats"]["totalDocsExamined"]


def _stages(plan: dict[str, Any]) -> list[str]:
    below = [*plan.get("inputStages", []), *([plan["inputStage"]] if "inputStage" in plan else [])]
    return [plan["stage"], *(stage for one in below for stage in _stages(one))]


@pytest.mark.parametrize("statuses", [(), OPEN_STATUSES], ids=["all", "open"])
@pytest.mark.parametrize("sort", get_args(Sort))
async def test_every_order_is_read_from_an_index(
    many: Desk, sort: Sort, statuses: tuple[Status, ...]
) -> None:
    stages, read = await _cost(many, Wanted(sort=sort, statuses=statuses))
    assert not {"COLLSCAN", "SORT"} & stages
    # Open ones by their last change are sought among all that changed last: those are mostly open.
    assert read <= (_LIMIT * len(_STATUSES) if sort == "-updated_at" else _LIMIT)


@pytest.mark.parametrize(
    "rare",
    [
        {"category": "Сеть"},
        {"categories": _CATEGORIES},
        {"priority": Priority.URGENT},
        {"assignee": _ME},
        {"company": _COMPANY},
        {"equipment": _PIECE},
        {"companies": (_COMPANY,)},
        {"sla": "broken", "sort": "due"},
        {"sla": "broken", "statuses": tuple(Status)},
        {"sla": "warned", "sort": "due"},
        {"sla": "warned", "statuses": tuple(Status)},
    ],
    ids=lambda rare: next(iter(rare)),
)
async def test_what_is_rare_is_not_sought_among_all(many: Desk, rare: dict[str, Any]) -> None:
    _, read = await _cost(many, Wanted(**rare))
    assert read == 20


@pytest.mark.parametrize("sla", get_args(Judged))
@pytest.mark.parametrize("sort", ["-number", "due"])
async def test_of_those_late_or_near_a_page_is_read(many: Desk, sla: Judged, sort: Sort) -> None:
    """However many there are."""
    await many.kept["tickets"].update_many({}, {"$set": {"missed": True, "promise.is_near": True}})
    stages, read = await _cost(many, Wanted(sla=sla, sort=sort, statuses=OPEN_STATUSES))
    assert not {"COLLSCAN", "SORT"} & stages
    assert read <= _LIMIT


@pytest.mark.parametrize("name", COUNTED)
async def test_the_counts_of_views_read_no_more_than_is_told(many: Desk, name: BuiltIn) -> None:
    wanted = wanted_of(ViewFilters(view=name), _ME, None, CategoryTree())
    count = {"count": "tickets", "query": query_of(wanted), "limit": MOST_COUNTED + 1}
    told = await many.kept.command(
        "explain", count, verbosity="executionStats", codec_options=many.kept.codec_options
    )
    stages = _stages(told["queryPlanner"]["winningPlan"])
    assert "COLLSCAN" not in stages
    assert told["executionStats"]["totalDocsExamined"] <= MOST_COUNTED + 1


async def test_what_looks_alike_is_sought_among_the_companys_open_ones(many: Desk) -> None:
    find = {
        "find": "tickets",
        "filter": {"company.id": _COMPANY, "status": {"$in": [status.value for status in OPEN_STATUSES]}},
        "sort": {"number": -1},
        "limit": 200,
    }
    told = await many.kept.command(
        "explain", find, verbosity="executionStats", codec_options=many.kept.codec_options
    )
    assert "COLLSCAN" not in _stages(told["queryPlanner"]["winningPlan"])
    assert told["executionStats"]["totalDocsExamined"] <= 20
