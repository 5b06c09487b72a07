"""What those who run it rely on: health, metrics, logs with a trace through all services, and no secrets."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import aiohttp
import pytest

from deploy.local.secret_store import SERVICES
from deploy.local.stack import Stack
from tests.end_to_end.callers import eventually
from tests.end_to_end.promises.people import Employee, Specialist

_METRICS = {
    "intake": ["helpdesk_outbox_pending", "helpdesk_outbox_oldest_seconds", "helpdesk_dead_letters"],
    "tickets": [
        "helpdesk_tickets_open",
        "helpdesk_ticket_oldest_unassigned_seconds",
        "helpdesk_tickets_near_breach",
        "helpdesk_outbox_pending",
    ],
    "clients": ["helpdesk_outbox_pending"],
    "reporting": ["helpdesk_outbox_pending", "helpdesk_reports_behind_seconds"],
    "faq": ["helpdesk_outbox_pending", "helpdesk_articles_stale"],
    "gateway": ["helpdesk_submit_to_live_seconds", "helpdesk_http_request_duration_seconds"],
}


async def _get(url: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as http, http.get(url) as answer:
        return answer.status, await answer.text()


@pytest.mark.parametrize("name", SERVICES)
async def test_each_process_says_that_it_lives_and_is_ready(helpdesk: Stack, name: str) -> None:
    base = f"http://127.0.0.1:{helpdesk.services[name].internal_port}"
    assert (await _get(f"{base}/healthz"))[0] == 200

    async def ready() -> bool:
        """A machine that stalls is not ready for that while."""
        status, body = await _get(f"{base}/readyz")
        return status == 200 and json.loads(body)["checks"]["mongodb"] == "ok"

    assert await eventually(ready)


@pytest.mark.parametrize("name", SERVICES)
async def test_each_process_gives_the_promised_metrics(
    helpdesk: Stack, employee: Employee, name: str
) -> None:
    await employee.submit("Для метрик")
    address = f"http://127.0.0.1:{helpdesk.services[name].internal_port}/metrics"

    async def complete() -> bool:
        """What could not be counted in time says nothing until the next look."""
        status, text = await _get(address)
        return status == 200 and all(f"\n{metric}" in text for metric in _METRICS[name])

    assert await eventually(complete)


async def test_metrics_are_not_for_the_public(helpdesk: Stack) -> None:
    assert (await _get(f"{helpdesk.url}/metrics"))[0] == 404


async def test_no_secret_is_in_any_log(helpdesk: Stack, employee: Employee, specialist: Specialist) -> None:
    await employee.call("POST", "/session", json={"login": "admin", "password": "wrong-secret-word"})
    await employee.submit("Что пишется в журнал", description="тайна клиента")
    session = next(iter(specialist.http.cookie_jar)).value
    secrets = [
        employee.device["token"],
        session,
        "wrong-secret-word",
        "тайна клиента",
        helpdesk.secrets.principal_private_key,
        *helpdesk.secrets.passwords.values(),
    ]
    for log in (helpdesk.run_dir / "logs").glob("*.log"):
        text = await asyncio.to_thread(log.read_text, errors="replace")
        assert not [secret for secret in secrets if secret in text], log.name


async def test_the_api_describes_itself(helpdesk: Stack) -> None:
    document: dict[str, Any] = json.loads((await _get(f"{helpdesk.url}/api/v1/openapi.json"))[1])
    assert document["openapi"].startswith("3.")
    for path in ("/submissions", "/tickets/{number}", "/devices", "/events", "/session"):
        assert any(known.endswith(path) for known in document["paths"]), path
    status, page = await _get(f"{helpdesk.url}/api/v1/docs")
    assert status == 200
    assert "http://" not in page.replace(helpdesk.url, "").replace("http://www.w3.org/", "")
