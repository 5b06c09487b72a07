"""Files made in the background: every row of the report, for who asked only, though their maker stops."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from openpyxl import load_workbook

from chassis.clock import new_id, now
from chassis.principal import Principal
from services.reporting.domain.export import ExportLostError
from services.reporting.store import Exports
from tests.contract.clients.service import eventually
from tests.contract.reporting.conftest import BOSS, EMPLOYEE, LIMITED, MANAGER, Reporting
from tests.unit.reporting.histories import COMPANIES, shuffled, story

WANTED = {"report": "work", "format": "csv", "from": "2026-08-01", "to": "2027-06-30"}


@pytest.fixture
async def told(reporting: Reporting) -> Reporting:
    rnd = random.Random(7)
    await reporting.hear(shuffled([story(number, rnd) for number in range(1, 61)], rnd))
    await reporting.fold()
    return reporting


async def _asked(
    reporting: Reporting, *, who: Principal = BOSS, key: UUID | None = None, **fields: str
) -> dict[str, Any]:
    answer = await reporting.call(
        "POST", "/report-exports", {**WANTED, **fields}, who=who, Idempotency_Key=str(key or new_id())
    )
    assert answer.status == 202, answer.body
    return dict(answer.body)


async def _made(reporting: Reporting, export: dict[str, Any], who: Principal = BOSS) -> dict[str, Any]:
    async def done() -> dict[str, Any] | None:
        found = await reporting.report(f"/report-exports/{export['id']}", who=who)
        assert found["state"] != "failed"
        return found if found["state"] == "ready" else None

    return await eventually(done)


async def _keep_it_being_made(reporting: Reporting, **fields: Any) -> UUID:
    """As where another replica works on it just now."""
    key = new_id()
    made_from = {"from": WANTED["from"], "to": WANTED["to"]}
    at = now()
    await reporting.kept["exports"].insert_one(
        {"_id": key, "owner": BOSS.id, "reach": None, "report": "work", "format": "csv", "lang": "ru"}
        | {"query": made_from, "asked_at": at, "expires_at": at + timedelta(days=1)}
        | {"state": "making", "holder": new_id(), "touched_at": at, "attempts": 1}
        | {"rows_done": 10, "rows": 60, "size": None, "done_at": None, **fields}
    )
    return key


async def test_a_file_of_every_kind_is_made_and_fetched_with_every_line_of_the_report(
    told: Reporting,
) -> None:
    totals = (await told.report("/reports/work?from=2026-08-01&to=2027-06-30&limit=1"))["totals"]
    for kind in ("csv", "xlsx", "pdf"):
        export = await _asked(told, format=kind)
        ready = await _made(told, export)
        assert ready["rows_done"] == ready["rows"]
        file = await told(f"/report-exports/{export['id']}/file")
        assert (file.status, len(file.content)) == (200, ready["size"])
        assert file.headers["Content-Disposition"].endswith(f'work-2026-08-01-2027-06-30.{kind}"')
        if kind == "csv":
            rows = csv.reader(io.StringIO(file.content.decode("utf-8-sig")), delimiter=";")
            assert sum(1 for row in rows if row and row[0].isdigit()) == totals["tickets"]
            assert ready["rows"] >= totals["tickets"]
        if kind == "xlsx":
            cells = load_workbook(io.BytesIO(file.content)).worksheets[0].iter_rows(values_only=True)
            assert sum(1 for row in cells if isinstance(row[0], int)) == totals["tickets"]


async def test_every_report_can_be_had_so(told: Reporting) -> None:
    for name in ("categories", "effectiveness", "sla", "backlog"):
        export = await _asked(told, report=name, format="xlsx")
        await _made(told, export)
        assert (await told(f"/report-exports/{export['id']}/file")).content.startswith(b"PK")


async def test_it_is_of_who_asked_and_of_nobody_else(told: Reporting) -> None:
    export = await _asked(told, who=MANAGER)
    await _made(told, export, MANAGER)
    text = (await told(f"/report-exports/{export['id']}/file", who=MANAGER)).content.decode()
    assert COMPANIES[1].name in text
    assert not any(company.name in text for company in (COMPANIES[0], *COMPANIES[2:]))
    nowhere = await told(f"/report-exports/{new_id()}", who=LIMITED)
    for who in (LIMITED, BOSS):
        for path in ("", "/file"):
            strange = await told(f"/report-exports/{export['id']}{path}", who=who)
            assert (strange.status, strange.body) == (nowhere.status, nowhere.body)
        assert (await told.report("/report-exports", who=who))["items"] == []
    for method, body in (("GET", None), ("POST", WANTED)):
        answer = await told.call(method, "/report-exports", body, who=EMPLOYEE, Idempotency_Key=str(new_id()))
        assert answer.status == 403


async def test_a_company_of_somebody_else_is_called_as_one_that_is_not_there(told: Reporting) -> None:
    for company in (COMPANIES[0].id, new_id()):
        export = await _asked(told, who=MANAGER, company=str(company))
        assert export["company"] == {"id": str(company), "name": ""}
        assert (await _made(told, export, MANAGER))["company"]["name"] == ""
    assert (await _asked(told, who=MANAGER, company=str(COMPANIES[1].id)))["company"]["name"]


async def test_who_sees_less_than_when_it_was_made_does_not_see_it_any_more(told: Reporting) -> None:
    was_everywhere = LIMITED.model_copy(update={"companies": None})
    export = await _asked(told, who=was_everywhere)
    await _made(told, export, was_everywhere)
    assert (await told(f"/report-exports/{export['id']}/file", who=LIMITED)).status == 404
    assert (await told.report("/report-exports", who=LIMITED))["items"] == []


async def test_the_same_key_asks_once_and_for_the_same(told: Reporting) -> None:
    key = new_id()
    first, again = await _asked(told, key=key), await _asked(told, key=key)
    assert first["id"] == again["id"]
    assert len((await told.report("/report-exports"))["items"]) == 1
    other = await told.call("POST", "/report-exports", {**WANTED, "format": "pdf"}, Idempotency_Key=str(key))
    assert other.status == 409
    stranger = await told.call("POST", "/report-exports", WANTED, who=LIMITED, Idempotency_Key=str(key))
    assert stranger.status == 409


async def test_it_tells_how_far_it_is_and_there_is_no_file_until_it_is_ready(told: Reporting) -> None:
    key = await _keep_it_being_made(told)
    shown = await told.report(f"/report-exports/{key}")
    assert (shown["state"], shown["rows_done"], shown["rows"]) == ("making", 10, 60)
    assert (await told(f"/report-exports/{key}/file")).status == 409


async def test_nobody_has_many_made_at_once(told: Reporting) -> None:
    keys = [await _keep_it_being_made(told) for _ in range(3)]
    more = await told.call("POST", "/report-exports", WANTED, Idempotency_Key=str(new_id()))
    assert more.status == 409
    assert (await _asked(told, key=keys[0]))["id"] == str(keys[0])
    await _asked(told, who=LIMITED)


async def test_what_its_maker_left_is_begun_anew_and_nothing_of_the_first_attempt_stays(
    told: Reporting,
) -> None:
    key = await _keep_it_being_made(told)
    left = {"files_id": f"{key}:1", "n": 0, "data": b"half a row"}
    await told.kept["exported.chunks"].insert_one(left)
    await told.kept["exports"].update_one(
        {"_id": key}, {"$set": {"touched_at": now() - timedelta(seconds=31)}}
    )
    await _made(told, {"id": key})
    file = await told(f"/report-exports/{key}/file")
    assert file.content.startswith(b"\xef\xbb\xbf")
    assert b"half a row" not in file.content
    assert await told.kept["exported.chunks"].count_documents({"files_id": f"{key}:1"}) == 0


async def test_what_cannot_be_made_is_told_so_after_some_attempts(told: Reporting) -> None:
    long_ago = now() - timedelta(minutes=5)
    key = await _keep_it_being_made(told, attempts=3, touched_at=long_ago)

    async def failed() -> bool | None:
        return (await told.report(f"/report-exports/{key}"))["state"] == "failed" or None

    await eventually(failed)


async def test_who_was_thought_gone_and_is_not_finishes_nothing(told: Reporting) -> None:
    export = await _asked(told)
    ready = await _made(told, export)
    exports = Exports(told.kept)
    kept = await exports.get(UUID(export["id"]))
    with pytest.raises(ExportLostError):
        await exports.finish(kept, new_id(), 1, now())
    assert (await told.report(f"/report-exports/{export['id']}"))["size"] == ready["size"]


async def test_one_that_is_not_wanted_any_more_is_gone_and_makes_room_for_another(told: Reporting) -> None:
    keys = [await _keep_it_being_made(told) for _ in range(3)]
    assert (await told.call("DELETE", f"/report-exports/{keys[0]}", who=LIMITED)).status == 404
    assert (await told.call("DELETE", f"/report-exports/{keys[0]}")).status == 204
    assert (await told.call("DELETE", f"/report-exports/{keys[0]}")).status == 404
    assert {one["id"] for one in (await told.report("/report-exports"))["items"]} == set(map(str, keys[1:]))
    ready = await _made(told, await _asked(told))
    assert (await told.call("DELETE", f"/report-exports/{ready['id']}")).status == 204
    assert (await told(f"/report-exports/{ready['id']}/file")).status == 404


async def test_whoever_makes_one_that_is_not_wanted_any_more_stops_and_leaves_no_file(
    told: Reporting,
) -> None:
    holder, exports = new_id(), Exports(told.kept)
    key = await _keep_it_being_made(told, holder=holder)
    kept = await exports.get(key)
    await told.call("DELETE", f"/report-exports/{key}")
    with pytest.raises(ExportLostError):
        await exports.tell(kept, holder, 11, 60, now())
    await exports.keep(kept, _pieces())
    with pytest.raises(ExportLostError):
        await exports.finish(kept, holder, 4, now())
    await exports.forget(now() + timedelta(seconds=1))
    left = [told.kept[name] for name in ("exports", "exported.files", "exported.chunks")]
    assert not any([await one.count_documents({}) for one in left])


async def _pieces() -> AsyncIterator[bytes]:
    yield b"half"


async def test_after_a_day_nobody_gets_it_and_then_its_file_is_gone(told: Reporting) -> None:
    export = await _asked(told)
    await _made(told, export)

    async def expire(before: timedelta) -> None:
        expired = {"expires_at": now() - before}
        await told.kept["exports"].update_one({"_id": UUID(export["id"])}, {"$set": expired})

    await expire(timedelta(seconds=1))
    assert (await told(f"/report-exports/{export['id']}/file")).status == 404
    assert (await told.report("/report-exports"))["items"] == []
    await expire(timedelta(hours=1, seconds=1))

    async def gone() -> bool | None:
        kept = [told.kept[name] for name in ("exports", "exported.files", "exported.chunks")]
        return not any([await one.count_documents({}) for one in kept]) or None

    await eventually(gone)


@pytest.mark.parametrize(
    "fields",
    [
        {"report": "salaries"},
        {"format": "exe"},
        {"from": "2026-09-02", "to": "2026-09-01"},
        {"company": "everybody"},
        {"rows": 10},
    ],
)
async def test_what_is_no_report_is_refused(reporting: Reporting, fields: dict[str, Any]) -> None:
    answer = await reporting.call("POST", "/report-exports", WANTED | fields, Idempotency_Key=str(new_id()))
    assert answer.status == 422
