"""Shift, absence and deputy of a member of staff: kept by oneself or an administrator, told to others."""

from __future__ import annotations

from typing import Any

import pytest

from chassis.clock import new_id
from tests.contract.gateway.desk import Desk

WEEK = [[{"from": "09:00", "to": "13:00"}, {"from": "14:00", "to": "18:00"}]] * 5 + [[], []]
SHIFT: dict[str, Any] = {"zone": "Asia/Omsk", "week": WEEK}


async def test_one_keeps_ones_own_and_an_administrator_anybodys(desk: Desk) -> None:
    async with desk.specialist() as browser:
        staff = (await browser.call("GET", "/api/v1/staff")).body["items"]
        by_role = {one["roles"][0]: one["id"] for one in staff}
        patch = {
            "shift": SHIFT,
            "away_until": "2099-01-01T00:00:00Z",
            "deputy_id": by_role["dispatcher"],
        }
        kept = await browser.call("PATCH", "/api/v1/me/profile", patch)
        assert kept.status == 200, kept.body
        assert kept.body["shift"]["week"][0][1] == {"from": "14:00:00", "to": "18:00:00"}
        assert kept.body["deputy_id"] == by_role["dispatcher"]
        other = f"/api/v1/staff/{by_role['dispatcher']}"
        assert (await browser.call("PATCH", other, {"shift": SHIFT})).status == 403
        page = await browser.call("GET", "/profile")
        assert "09:00–13:00, 14:00–18:00" in page.body
        assert (await browser.call("GET", f"/profile/{by_role['dispatcher']}")).status == 404
        back = await browser.call("PATCH", "/api/v1/me/profile", {"away_until": None, "deputy_id": None})
        assert (back.body["away_until"], back.body["deputy_id"]) == (None, None)
        assert back.body["shift"]["zone"] == "Asia/Omsk"


@pytest.mark.parametrize(
    "patch",
    [
        {"shift": {"zone": "Nowhere/Land", "week": WEEK}},
        {"shift": {"zone": "Asia/Omsk", "week": WEEK[:6]}},
        {"shift": {"zone": "Asia/Omsk", "week": [[{"from": "18:00", "to": "09:00"}], *WEEK[1:]]}},
        {"shift": {"zone": "Asia/Omsk", "week": [[*WEEK[0], WEEK[0][0]], *WEEK[1:]]}},
        {"deputy_id": str(new_id())},
        {"away_until": "tomorrow"},
        {"roles": ["admin"]},
    ],
)
async def test_a_profile_that_cannot_be_is_refused(desk: Desk, patch: dict[str, Any]) -> None:
    async with desk.specialist() as browser:
        assert (await browser.call("PATCH", "/api/v1/me/profile", patch)).status == 422
