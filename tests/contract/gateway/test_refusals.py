"""Who is refused before anybody looks at what they want reads so in their own way."""

from __future__ import annotations

from tests.contract.gateway.conftest import running_desk


async def test_a_browser_that_calls_too_often_gets_a_page_and_a_program_a_problem(
    mongo_url: str, amqp_url: str
) -> None:
    async with (
        running_desk(mongo_url, amqp_url, requests_per_second=0.001, request_burst=1) as desk,
        desk.browser() as browser,
    ):
        assert (await browser.call("GET", "/login")).status == 200
        page = await browser.call("GET", "/tickets", Accept="text/html,application/xhtml+xml,*/*;q=0.8")
        part = await browser.call("GET", "/tickets", Accept="*/*")
        problem = await browser.call("GET", "/api/v1/tickets", Accept="text/html")

    assert {page.status, part.status, problem.status} == {429}
    assert page.headers["Content-Type"].startswith("text/html")
    assert "Слишком много попыток" in page.body
    assert part.body["status"] == problem.body["status"] == 429
    assert all(int(answer.headers["Retry-After"]) >= 1 for answer in (page, part, problem))
