import asyncio
import io
import socket
from collections.abc import AsyncIterator

from chassis.clock import new_id
from tests.contract.gateway.conftest import running_desk
from tests.contract.gateway.desk import Desk, eventually


async def test_a_list_is_asked_of_tickets_with_the_query_as_it_came(desk: Desk) -> None:
    async with desk.specialist() as browser:
        answer = await browser.call("GET", "/api/v1/tickets?status=new&q=%D0%BF")

    assert (answer.status, answer.body) == (200, {"items": [], "next": None})
    method, path, principal = desk.services.asked[-1]
    assert (method, path) == ("GET", "/tickets?status=new&q=%D0%BF")
    assert (principal.kind, principal.roles) == ("staff", ("specialist",))


async def test_versions_pass_both_ways_and_a_conflict_is_the_services_own(desk: Desk) -> None:
    async with desk.specialist() as browser:
        assert (await browser.call("GET", "/api/v1/tickets/7")).headers["ETag"] == '"2"'
        conflict = await browser.call("PATCH", "/api/v1/tickets/7", {"status": "waiting"}, If_Match='"1"')

    assert conflict.status == 409
    assert conflict.headers["Content-Type"] == "application/problem+json"
    assert conflict.body["detail"] == "meanwhile"


async def test_an_upload_passes_in_pieces(desk: Desk) -> None:
    device = await desk.enrol()

    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(64):
            yield b"x" * 65_536

    async with desk.browser() as program:
        answer = await program.call(
            "POST",
            "/api/v1/submissions",
            data=pieces(),
            Authorization=f"Bearer {device['token']}",
            Content_Type="multipart/form-data; boundary=x",
            Idempotency_Key=(key := str(new_id())),
        )

    assert (answer.status, answer.body["id"]) == (202, key)
    assert desk.services.received == 64 * 65_536
    assert desk.services.largest_chunk < 1024 * 1024


async def test_a_service_may_refuse_an_upload_without_reading_it(desk: Desk) -> None:
    device = await desk.enrol()

    async with desk.browser() as program:
        answer = await program.call(
            "POST",
            "/api/v1/submissions",
            data=io.BytesIO(b"x" * 4_000_000),
            Authorization=f"Bearer {device['token']}",
            Content_Type="text/plain",
        )

    assert answer.status == 415


async def test_a_file_can_do_nothing_in_our_name(desk: Desk) -> None:
    async with desk.specialist() as browser:
        answer = await browser.call("GET", f"/api/v1/files/{new_id()}")

    assert len(answer.body) == 1_000_000
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"].startswith("attachment")


async def test_a_call_by_phone_is_a_submission_in_the_callers_name(desk: Desk) -> None:
    person = str(new_id())
    async with desk.specialist() as browser:
        answer = await browser.call("POST", "/api/v1/tickets", {"person_id": person, "title": "Звонок"})

    assert (answer.status, answer.body["number"]) == (202, 42)
    [body] = desk.services.bodies
    assert body["channel"] == "phone"
    assert body["on_behalf_of"]["person"] == {"id": person, "full_name": "Петрова Анна Ивановна"}


async def test_a_service_that_is_away_is_told_apart_and_the_others_go_on(
    mongo_url: str, amqp_url: str
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        away = f"http://127.0.0.1:{nobody.getsockname()[1]}"
    async with (
        running_desk(mongo_url, amqp_url, tickets_url=away) as desk,
        desk.specialist() as browser,
    ):
        for _ in range(8):
            answer = await browser.call("GET", "/api/v1/tickets")
            assert answer.status == 503
            assert int(answer.headers["Retry-After"]) >= 1
            assert answer.headers["Content-Type"] == "application/problem+json"

        assert (await browser.call("GET", f"/api/v1/submissions/{new_id()}")).status == 200


async def test_who_waits_is_answered_when_the_gateway_stops(desk: Desk) -> None:
    async with desk.specialist() as browser:
        waiting = asyncio.create_task(browser.call("GET", f"/api/v1/submissions/{new_id()}?wait=30"))
        await eventually(lambda: _was_asked(desk))

        desk.app.state.stopping.set()

        answer = await waiting
    assert (answer.status, answer.body["number"]) == (200, 42)


async def _was_asked(desk: Desk) -> bool:
    return any("wait=30" in path for _, path, _ in desk.services.asked)


async def test_an_unknown_address_and_a_wrong_method_are_problems(desk: Desk) -> None:
    async with desk.browser() as browser:
        unknown = await browser.call("GET", "/api/v1/nothing")
        wrong = await browser.call("DELETE", "/api/v1/tickets")

    assert unknown.status == 404
    assert wrong.status == 405
    assert wrong.headers["Allow"] == "GET, HEAD, POST"
    assert unknown.body["status"] == 404


async def test_metrics_are_not_public_but_health_is(desk: Desk) -> None:
    async with desk.browser() as browser:
        assert (await browser.call("GET", "/metrics")).status == 404
        assert (await browser.call("GET", "/healthz")).status == 200
        ready = await browser.call("GET", "/readyz")

    assert (ready.status, ready.body) == (200, {"status": "ok"})


async def test_beyond_what_can_be_done_at_once_callers_are_asked_to_come_again(
    mongo_url: str, amqp_url: str
) -> None:
    async with (
        running_desk(mongo_url, amqp_url, requests_at_once=1) as desk,
        desk.specialist() as browser,
    ):
        answers = await asyncio.gather(*(browser.call("GET", "/api/v1/tickets") for _ in range(20)))

    refused = [answer for answer in answers if answer.status == 503]
    assert refused
    assert all(answer.headers["Retry-After"] == "1" for answer in refused)
    assert any(answer.status == 200 for answer in answers)
