"""The client card's pages show a specialist who is limited to some companies only those."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any, NamedTuple

import aiohttp
import pytest

from chassis.clock import new_id
from deploy.local.stack import Stack
from tests.end_to_end.promises.people import Specialist, specialist_at

_TABS = ("", "/people", "/equipment", "/licences", "/contracts", "/tickets", "/devices", "/history")


class Limited(NamedTuple):
    """Somebody who may see one company, and what there is of another."""

    somebody: Specialist
    ours: dict[str, Any]
    theirs: dict[str, Any]
    person: dict[str, Any]


@pytest.fixture
async def limited(helpdesk: Stack) -> AsyncIterator[Limited]:
    async with specialist_at(helpdesk.url, "admin") as admin:
        ours, theirs = [
            await admin.done("POST", "/companies", json={"name": f"ООО «{whose} {new_id()}»"})
            for whose in ("Наше", "Чужое")
        ]
        person = {"company_id": theirs["id"], "full_name": "Чужак Чеслав"}
        person = await admin.done("POST", "/people", json=person)
        login = f"limited-{new_id().hex[-12:]}"
        staff = {
            "login": login, "full_name": "Узкий Уве", "password": "demo-demo-demo", "roles": ["specialist"],
            "companies": [ours["id"]],
        }  # fmt: skip
        await admin.done("POST", "/staff", json=staff)
        async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
            somebody = Specialist(http, helpdesk.url)
            said = {"login": login, "password": "demo-demo-demo"}
            session = await somebody.done("POST", "/session", json=said)
            somebody.proof = {"X-CSRF-Token": session["csrf_token"]}
            yield Limited(somebody, ours, theirs, person)


async def seen(limited: Limited, helpdesk: Stack, path: str) -> tuple[int, str]:
    async with limited.somebody.http.get(helpdesk.url + path) as answer:
        return answer.status, await answer.text()


async def test_the_list_holds_only_what_is_theirs(helpdesk: Stack, limited: Limited) -> None:
    status, html = await seen(limited, helpdesk, "/clients")
    assert status == 200
    assert limited.ours["name"] in html
    assert limited.theirs["name"] not in html
    assert "Новый клиент" not in html


@pytest.mark.parametrize("tab", _TABS)
async def test_another_companys_card_is_as_one_that_is_not_there(
    helpdesk: Stack, limited: Limited, tab: str
) -> None:
    status, html = await seen(limited, helpdesk, f"/clients/{limited.theirs['id']}{tab}")
    unknown = new_id()
    missing = await seen(limited, helpdesk, f"/clients/{unknown}{tab}")
    assert (status, html.replace(limited.theirs["id"], str(unknown))) == missing
    assert status == 404
    assert (await seen(limited, helpdesk, f"/clients/{limited.ours['id']}{tab}"))[0] == 200


async def test_a_value_of_another_company_is_neither_shown_nor_saved(
    helpdesk: Stack, limited: Limited
) -> None:
    address = f"/edit/people/{limited.person['id']}/phone"
    assert (await seen(limited, helpdesk, address))[0] == 404
    form = {
        "csrf_token": limited.somebody.proof["X-CSRF-Token"],
        "version": "1",
        "value": "112",
        "before": "",
    }
    async with limited.somebody.http.post(helpdesk.url + address, data=form) as refused:
        assert refused.status == 404


async def test_a_write_from_another_site_is_refused(helpdesk: Stack, limited: Limited) -> None:
    address = f"{helpdesk.url}/clients/{limited.ours['id']}/people"
    async with limited.somebody.http.post(address, data={"full_name": "Подброшенный"}) as refused:
        assert refused.status == 403
    token = limited.somebody.proof["X-CSRF-Token"]
    headers = {"Origin": "https://evil.example"}
    form = {"full_name": "Подброшенный", "csrf_token": token}
    async with limited.somebody.http.post(address, data=form, headers=headers) as refused:
        assert refused.status == 403
