"""One-time codes of one's own account: begun, confirmed, asked for, taken away."""

from __future__ import annotations

import re
from datetime import timedelta

import pyotp

from chassis.clock import now
from tests.contract.gateway.desk import Browser, Desk


def code_of(secret: str, *, steps: int = 0) -> str:
    """Of this moment, or some steps later: each counts once."""
    return pyotp.TOTP(secret).at(now() + timedelta(seconds=30 * steps))


async def switch_on(browser: Browser) -> str:
    offer = await browser.call("POST", "/api/v1/me/totp", {"current": "demo"})
    assert offer.status == 201
    secret: str = offer.body["secret"]
    confirmed = await browser.call("PUT", "/api/v1/me/totp", {"code": code_of(secret)})
    assert (confirmed.status, confirmed.body) == (200, {"on": True})
    return secret


async def signed_in(desk: Desk, **more: str) -> tuple[int, str]:
    async with desk.browser() as browser:
        body = {"login": "specialist", "password": "demo", **more}
        answer = await browser.call("POST", "/api/v1/session", body)
        return answer.status, answer.body.get("type", "")


async def test_a_confirmed_secret_is_asked_for_at_the_next_sign_in(desk: Desk) -> None:
    async with desk.specialist() as browser:
        secret = await switch_on(browser)

    assert await signed_in(desk) == (401, "/problems/totp-wanted")
    assert await signed_in(desk, totp="000000") == (401, "/problems/totp-wrong")
    assert (await signed_in(desk, totp=code_of(secret, steps=1)))[0] == 200


async def test_the_code_that_confirmed_opens_nothing_any_more(desk: Desk) -> None:
    async with desk.specialist() as browser:
        offer = await browser.call("POST", "/api/v1/me/totp", {"current": "demo"})
        code = code_of(offer.body["secret"])
        await browser.call("PUT", "/api/v1/me/totp", {"code": code})

    assert await signed_in(desk, totp=code) == (401, "/problems/totp-wrong")


async def test_an_offer_alone_changes_nothing(desk: Desk) -> None:
    async with desk.specialist() as browser:
        await browser.call("POST", "/api/v1/me/totp", {"current": "demo"})
        wrong = await browser.call("PUT", "/api/v1/me/totp", {"code": "000000"})

        assert wrong.status == 422
        assert (await browser.call("GET", "/api/v1/me/totp")).body == {"on": False}

    assert (await signed_in(desk))[0] == 200


async def test_a_stolen_session_neither_sets_codes_up_nor_takes_them_away(desk: Desk) -> None:
    async with desk.specialist() as browser:
        assert (await browser.call("POST", "/api/v1/me/totp", {"current": "guess"})).status == 403
        secret = await switch_on(browser)
        removal = "/api/v1/me/totp/removal"

        assert (await browser.call("POST", "/api/v1/me/totp", {"current": "demo"})).status == 409
        guess = {"current": "guess", "code": code_of(secret, steps=1)}
        assert (await browser.call("POST", removal, guess)).status == 403
        wrong = await browser.call("POST", removal, {"current": "demo", "code": "000000"})
        # Of the step before: the one that was used, or an earlier one, whenever the clock turns.
        used = code_of(secret, steps=-1)
        spent = await browser.call("POST", removal, {"current": "demo", "code": used})
        assert {wrong.status, spent.status} == {422}
        later = code_of(secret, steps=1)
        off = await browser.call("POST", removal, {"current": "demo", "code": later})
        assert (off.status, off.body) == (200, {"on": False})

    assert (await signed_in(desk))[0] == 200


async def test_codes_are_not_guessed_at_confirming(desk: Desk) -> None:
    async with desk.specialist() as browser:
        await browser.call("POST", "/api/v1/me/totp", {"current": "demo"})
        guesses = [
            (await browser.call("PUT", "/api/v1/me/totp", {"code": f"{n:06}"})).status for n in range(8)
        ]

    assert guesses[0] == 422
    assert 429 in guesses[5:]


async def test_an_administrator_helps_whoever_lost_their_phone(desk: Desk) -> None:
    async with desk.specialist() as browser, desk.specialist("admin") as admin:
        await switch_on(browser)
        me = (await browser.call("GET", "/api/v1/me")).body["staff"]["id"]
        path = f"/api/v1/staff/{me}"

        assert (await admin.call("PATCH", path, {"totp": True})).status == 422
        assert (await admin.call("PATCH", path, {"totp": False})).status == 200

    assert (await signed_in(desk))[0] == 200


async def test_a_change_of_the_account_does_not_bring_a_used_code_back(desk: Desk) -> None:
    async with desk.specialist() as browser:
        secret = await switch_on(browser)
        staff = desk.parts.access.staff
        before = await staff.by_login("specialist")
        assert before is not None
        code = code_of(secret, steps=1)
        assert (await signed_in(desk, totp=code))[0] == 200

        await staff.replace(before.model_copy(update={"version": before.version + 1}), now())

    assert await signed_in(desk, totp=code) == (401, "/problems/totp-wrong")


async def test_all_of_it_is_done_on_a_page_without_scripts(desk: Desk) -> None:
    async with desk.specialist() as browser:
        form = {"csrf_token": browser.csrf}
        begun = await browser.call("POST", "/account/codes", data={**form, "current": "demo"})
        key = re.search(r'class="secret">([^<]+)<', begun.body)
        assert key
        secret = key[1].replace(" ", "")
        assert "<svg" in begun.body
        assert begun.headers["Cache-Control"] == "no-store"

        wrong = await browser.call("POST", "/account/codes/first", data={**form, "code": "000000"})
        assert (wrong.status, key[1] in wrong.body) == (422, True)
        done = await browser.call("POST", "/account/codes/first", data={**form, "code": code_of(secret)})
        assert (done.status, "/account/codes/off" in done.body) == (200, True)
        off = {**form, "current": "demo", "code": code_of(secret, steps=1)}
        done = await browser.call("POST", "/account/codes/off", data=off)
        assert (done.status, 'action="/account/codes"' in done.body) == (200, True)


async def test_another_language_is_chosen_at_any_step(desk: Desk) -> None:
    async with desk.specialist() as browser:
        for step in ("", "/first", "/off"):
            form = {"csrf_token": browser.csrf, "lang": "en", "back": f"/account/codes{step}"}
            page = await browser.call("POST", "/preferences", data=form)
            assert (page.status, "One-time codes" in page.body) == (200, True)


async def test_the_page_writes_nothing_for_another_site(desk: Desk) -> None:
    async with desk.specialist() as browser:
        browser.csrf = ""
        assert (await browser.call("POST", "/account/codes", data={"current": "demo"})).status == 403
