"""Credentials over HTTP: sealed where they are kept, shown for a reason, and every look is written down."""

from __future__ import annotations

import asyncio
import base64
import json
import os
from typing import Any
from uuid import UUID

import bson
import pytest

from chassis.clock import new_id
from chassis.principal import Principal
from services.clients.domain.vault.master_keys import MasterKeys
from services.clients.rotate import rotate
from services.clients.store.data_keys import DataKeys
from tests.contract.clients.conftest import MASTER_KEYS
from tests.contract.clients.service import ADMIN, SPECIALIST, Answer, Service, somebody

_SEED = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
_SECRETS = {
    "login": "администратор-17",
    "secret": "Тайна-9f3b-XYZ",
    "totp_seed": _SEED,
    "notes": "сейф за картиной",
}
_WHY = {"reason": "проверка резервной копии"}


async def _add(service: Service, company: dict[str, Any], label: str = "Сервер 1С", **fields: Any) -> Answer:
    body = {"company_id": company["id"], "label": label, **fields}
    return await service.call("POST", "/credentials", body, who=SPECIALIST)


async def _reveal(service: Service, key: str, asked: Any = None, who: Principal = SPECIALIST) -> Answer:
    return await service.call("POST", f"/credentials/{key}/reveal", asked or _WHY, who=who)


def _for_ticket(number: int, company: dict[str, Any], who: Principal = SPECIALIST) -> Principal:
    """As the gateway signs it, having seen the ticket."""
    return who.model_copy(
        update={"ticket": number, "ticket_company": UUID(company["id"]), "address": "10.0.0.1"}
    )


async def test_a_read_says_what_is_set_and_never_what_it_is(service: Service) -> None:
    company = await service.company("ООО «Сейф»")
    piece = {"company_id": company["id"], "kind": "server", "name": "Сервер"}
    piece = (await service.call("POST", "/equipment", piece)).body
    made = await _add(service, company, address="rdp://srv-1c", equipment_id=piece["id"], **_SECRETS)
    assert (made.status, made.headers["ETag"]) == (201, '"1"')
    answers = [
        made.body,
        (await service.call("GET", f"/credentials/{made.body['id']}")).body,
        (await service.call("GET", f"/credentials?company={company['id']}&q=srv")).body["items"][0],
        (await service.call("GET", f"/credentials?equipment={piece['id']}")).body["items"][0],
    ]
    for shown in answers:
        assert all(shown[name] for name in ("has_login", "has_secret", "has_totp", "has_notes"))
        assert not any(value in json.dumps(shown, ensure_ascii=False) for value in _SECRETS.values())
        assert shown["equipment"] == {"id": piece["id"], "name": "Сервер"}
    bare = (await _add(service, company, "Пустой")).body
    assert not any(bare[name] for name in ("has_login", "has_secret", "has_totp", "has_notes"))


async def test_a_reveal_shows_all_to_the_letter_and_is_written_down(service: Service) -> None:
    company = await service.company()
    secrets = {**_SECRETS, "secret": "  пробелы и\nстроки\u00a0"}
    key = (await _add(service, company, **secrets)).body["id"]
    shown = await _reveal(service, key, {"ticket": 17}, _for_ticket(17, company))
    assert (shown.status, shown.headers["Cache-Control"]) == (200, "no-store")
    assert {name: shown.body[name] for name in ("login", "secret", "notes")} == {
        name: secrets[name] for name in ("login", "secret", "notes")
    }
    assert len(shown.body["totp"]["code"]) == 6
    assert 0 < shown.body["totp"]["valid_for_seconds"] <= 30
    audit = (await service.call("GET", f"/audit?thing={key}")).body["items"]
    assert [(one["kind"], one["ticket"], one["reason"], one["address"]) for one in audit] == [
        ("code", 17, None, "10.0.0.1"),
        ("secret", 17, None, "10.0.0.1"),
    ]
    assert audit[0]["by"] == {"id": str(SPECIALIST.id), "full_name": SPECIALIST.full_name}


async def test_each_code_is_a_look_of_its_own(service: Service) -> None:
    key = (await _add(service, await service.company(), **_SECRETS)).body["id"]
    for _ in range(2):
        shown = (await _reveal(service, key, {**_WHY, "what": "code"})).body
        assert (shown["login"], shown["secret"], shown["notes"]) == ("", "", "")
        assert shown["totp"]["code"].isdigit()
    kinds = [one["kind"] for one in (await service.call("GET", f"/audit?thing={key}")).body["items"]]
    assert kinds == ["code", "code"]


@pytest.mark.parametrize(
    "asked",
    [{}, {"reason": "  "}, {"reason": "x" * 501}, {"ticket": 1, "reason": "и то и другое"}, {"ticket": 0},
     {"ticket": {"$gt": 0}}, {"reason": ["a"]}, {**_WHY, "what": "everything"}, {**_WHY, "company_id": "x"}],
)  # fmt: skip
async def test_without_a_good_reason_nothing_is_shown(service: Service, asked: dict[str, Any]) -> None:
    key = (await _add(service, await service.company(), **_SECRETS)).body["id"]
    answer = await service.call("POST", f"/credentials/{key}/reveal", asked)
    assert answer.status == 422
    assert (await service.call("GET", f"/audit?thing={key}")).body["items"] == []


async def test_a_ticket_must_be_of_the_same_company_and_seen_by_the_gateway(service: Service) -> None:
    mine, other = await service.company(), await service.company()
    key = (await _add(service, mine, **_SECRETS)).body["id"]
    for who in (SPECIALIST, _for_ticket(17, other), _for_ticket(18, mine)):
        answer = await _reveal(service, key, {"ticket": 17}, who)
        assert (answer.status, answer.fields) == (422, ["ticket"])


async def test_a_company_that_is_not_yours_is_not_there(service: Service) -> None:
    mine, other = await service.company(), await service.company()
    key, who = (await _add(service, other, **_SECRETS)).body["id"], somebody("manager", mine["id"])
    assert (await _reveal(service, key, who=who)).status == 404
    assert (await _reveal(service, str(new_id()), who=who)).status == 404
    for method in ("GET", "PATCH", "DELETE"):
        body = {"label": "x"} if method == "PATCH" else None
        assert (await service.call(method, f"/credentials/{key}", body, who=who)).status == 404
    assert (await service.call("GET", f"/credentials?company={other['id']}", who=who)).body["items"] == []
    await _reveal(service, key)
    assert (await service.call("GET", f"/audit?thing={key}", who=who)).body["items"] == []
    seen = await service.call("GET", f"/audit/seen?staff={SPECIALIST.id}", who=who)
    assert key not in [one["last"]["thing_id"] for one in seen.body["items"]]


async def test_only_managers_and_admins_read_the_audit_and_nobody_changes_it(service: Service) -> None:
    for role, status in (("specialist", 403), ("dispatcher", 403), ("manager", 200), ("admin", 200)):
        assert (await service.call("GET", "/audit", who=somebody(role))).status == status
        path = f"/audit/seen?staff={new_id()}"
        assert (await service.call("GET", path, who=somebody(role))).status == status
    for method in ("POST", "PATCH", "DELETE", "PUT"):
        assert (await service.call(method, "/audit", {})).status == 405


async def test_the_audit_is_filtered_and_paged(service: Service) -> None:
    company = await service.company()
    one, two = [(await _add(service, company, label, **_SECRETS)).body["id"] for label in ("А", "Б")]
    who = somebody("dispatcher")
    for number in (5, 6):
        await _reveal(service, one, {"ticket": number}, _for_ticket(number, company, who))
    await _reveal(service, two, who=who)
    path = f"/audit?staff={who.id}&company={company['id']}"
    first = (await service.call("GET", f"{path}&limit=4")).body
    rest = (await service.call("GET", f"{path}&limit=4&cursor={first['next']}")).body
    assert [item["kind"] for item in first["items"] + rest["items"]] == ["code", "secret"] * 3
    assert rest["next"] is None
    by_ticket = (await service.call("GET", f"{path}&ticket=5")).body["items"]
    assert {item["thing_id"] for item in by_ticket} == {one}
    assert len((await service.call("GET", f"{path}&kind=code")).body["items"]) == 3
    assert (await service.call("GET", f"{path}&to=2020-01-01T00:00:00Z")).body["items"] == []
    assert len((await service.call("GET", f"{path}&from=2020-01-01T00:00:00Z")).body["items"]) == 6
    for wrong in ("to=0.5", "from=1", "to=2020-13-01T00:00:00Z", "from=2020-01-01T00:00:00"):
        assert (await service.call("GET", f"{path}&{wrong}")).status == 422


async def test_what_a_leaving_specialist_has_seen_is_ticked_off_as_it_is_changed(service: Service) -> None:
    company, who = await service.company(), somebody("specialist")
    keys = [(await _add(service, company, label, **_SECRETS)).body["id"] for label in ("А", "Б")]
    for key in (*keys, keys[0]):
        await _reveal(service, key, who=who)
    await service.call("PATCH", f"/credentials/{keys[0]}", {"secret": "новый пароль"})
    seen = (await service.call("GET", f"/audit/seen?staff={who.id}")).body
    assert [(one["last"]["label"], one["times"], one["changed_since"]) for one in seen["items"]] == [
        ("А", 4, True),
        ("Б", 2, False),
    ]
    await service.call("PATCH", f"/credentials/{keys[1]}", {"notes": "не пароль", "login": "другой"})
    again = (await service.call("GET", f"/audit/seen?staff={who.id}")).body["items"]
    assert not again[1]["changed_since"]


async def test_what_an_employee_knew_is_their_own_and_that_of_their_computer(service: Service) -> None:
    company = await service.company()
    person = await service.person(company, "Уволенный")
    piece = {"company_id": company["id"], "kind": "workstation", "name": "ПК", "person_id": person["id"]}
    piece = (await service.call("POST", "/equipment", piece)).body
    await _add(service, company, "Почта", person_id=person["id"])
    await _add(service, company, "Вход в ПК", equipment_id=piece["id"])
    await _add(service, company, "Чужой")
    found = (await service.call("GET", f"/credentials?person={person['id']}")).body["items"]
    assert [one["label"] for one in found] == ["Вход в ПК", "Почта"]


async def test_nobody_empties_the_vault_in_a_minute(service: Service) -> None:
    key, who = (await _add(service, await service.company(), secret="x")).body["id"], somebody("specialist")
    answers = await asyncio.gather(*(_reveal(service, key, who=who) for _ in range(40)))
    assert sorted(answer.status for answer in answers) == [200] * 30 + [429] * 10
    refused = next(answer for answer in answers if answer.status == 429)
    assert refused.headers["Retry-After"] == "60"
    assert (await _reveal(service, key, who=somebody("specialist"))).status == 200


async def test_a_change_keeps_what_it_does_not_name_and_its_history_tells_no_secret(service: Service) -> None:
    key = (await _add(service, await service.company(), **_SECRETS)).body["id"]
    path = f"/credentials/{key}"
    changed = await service.call("PATCH", path, {"secret": "новый", "label": "Новое имя"}, If_Match='"1"')
    assert (changed.status, changed.body["version"]) == (200, 2)
    assert (await service.call("PATCH", path, {"secret": "новый"})).body["version"] == 2
    late = await service.call("PATCH", path, {"secret": "ещё", "label": "Третье"}, If_Match='"1"')
    assert (late.status, late.body["current"]) == (409, {"label": "Новое имя"})
    shown = (await _reveal(service, key)).body
    assert (shown["login"], shown["secret"]) == (_SECRETS["login"], "новый")
    history = (await service.call("GET", f"{path}/history")).body
    told = json.dumps(history, ensure_ascii=False)
    assert "новый" not in told
    assert _SECRETS["secret"] not in told
    assert {"field": "secret", "before": None, "after": None, "is_secret": True} in history["items"][0][
        "changes"
    ]
    cleared = await service.call("PATCH", path, {"totp_seed": "", "login": ""})
    assert (cleared.body["has_totp"], cleared.body["has_login"]) == (False, False)


async def test_the_same_key_again_makes_nothing_and_other_secrets_are_something_else(
    service: Service,
) -> None:
    company, key = await service.company(), str(new_id())
    body = {"company_id": company["id"], "label": "Роутер", "secret": "один"}
    first, again, other = [
        await service.call("POST", "/credentials", {**body, "secret": secret}, Idempotency_Key=key)
        for secret in ("один", "один", "другой")
    ]
    assert (first.status, again.body["id"], other.status) == (201, first.body["id"], 409)


@pytest.mark.parametrize(
    "fields",
    [
        {"totp_seed": "не семя"},
        {"secret": "\0"},
        {"secret": {"$ne": ""}},
        {"login": ["a"]},
        {"label": ""},
        {"secret": "x" * 20_001},
        {"equipment_id": str(UUID(int=1))},
        {"person_id": str(UUID(int=1))},
        {"has_secret": True},
        {"secret_changed_at": "2020-01-01T00:00:00Z"},
        {"archived": True},
    ],
)
async def test_a_body_that_is_not_right_is_refused_without_repeating_it(
    service: Service, fields: dict[str, Any]
) -> None:
    company = await service.company()
    body = {"company_id": company["id"], "label": "Роутер", "notes": "не-повторять", **fields}
    answer = await service.call("POST", "/credentials", body)
    assert answer.status == 422
    assert "не-повторять" not in json.dumps(answer.body, ensure_ascii=False)


async def test_half_a_sign_is_no_password(service: Service) -> None:
    answer = await _add(service, await service.company(), secret="\ud800")
    assert answer.status == 422


async def test_a_stolen_database_shows_nothing(service: Service) -> None:
    """Also not what waits in outboxes, histories and the marks of Idempotency-Keys."""
    company = await service.company("ООО «Украденная»")
    made = await service.call(
        "POST",
        "/credentials",
        {"company_id": company["id"], "label": "Сервер", **_SECRETS},
        Idempotency_Key=str(new_id()),
    )
    licence = {"company_id": company["id"], "product": "САПР", "key": "КЛЮЧ-ЛИЦЕНЗИИ-77"}
    licence = (await service.call("POST", "/licences", licence, Idempotency_Key=str(new_id()))).body
    await _reveal(service, made.body["id"])
    await service.call("POST", f"/licences/{licence['id']}/reveal", _WHY)
    await service.call("PATCH", f"/credentials/{made.body['id']}", {"secret": "другая тайна"})
    stolen = b""
    for name in await service.database.list_collection_names():
        async for document in service.database[name].find({}):
            stolen += bson.encode(document, codec_options=service.database.codec_options)
    assert "Украденная".encode() in stolen
    for text in (*_SECRETS.values(), "КЛЮЧ-ЛИЦЕНЗИИ-77", "другая тайна"):
        for spelled in (text.encode(), text.encode("utf-16-le"), base64.b64encode(text.encode())):
            assert spelled not in stolen
    assert base64.b64decode(MASTER_KEYS.partition(":")[2]) not in stolen


async def test_a_ciphertext_that_was_moved_or_swapped_is_refused(service: Service) -> None:
    mine, other = await service.company(), await service.company()
    one, two = [
        (await _add(service, company, secret=text)).body["id"]
        for company, text in ((mine, "раз"), (other, "два"))
    ]
    kept = service.database["credentials"]
    sealed = {key: (await kept.find_one({"_id": UUID(key)}) or {})["secret"] for key in (one, two)}
    for target, change in (
        (one, {"secret": sealed[two]}),
        (one, {"login": sealed[one]}),
        (one, {"secret": sealed[one][:-1] + bytes([sealed[one][-1] ^ 1])}),
        (two, {"company_id": UUID(mine["id"])}),
    ):
        before = await kept.find_one({"_id": UUID(target)})
        assert before
        await kept.update_one({"_id": UUID(target)}, {"$set": change})
        answer = await _reveal(service, target)
        assert (answer.status, answer.headers["Content-Type"]) == (500, "application/problem+json")
        await kept.replace_one({"_id": UUID(target)}, before)
        assert (await _reveal(service, target)).status == 200


async def test_a_licences_key_is_revealed_and_written_down_as_well(service: Service) -> None:
    company = await service.company()
    body = {"company_id": company["id"], "product": "САПР", "key": "AAAA-BBBB"}
    licence = (await service.call("POST", "/licences", body)).body
    assert (licence["has_key"], "key" in licence) == (True, False)
    shown = await service.call("POST", f"/licences/{licence['id']}/reveal", _WHY, who=SPECIALIST)
    assert (shown.body, shown.headers["Cache-Control"]) == ({"key": "AAAA-BBBB"}, "no-store")
    audit = (await service.call("GET", f"/audit?thing={licence['id']}")).body["items"]
    assert [one["kind"] for one in audit] == ["licence_key"]
    seen = f"/audit/seen?staff={SPECIALIST.id}"

    async def is_changed() -> bool:
        items = (await service.call("GET", seen)).body["items"]
        return next(bool(one["changed_since"]) for one in items if one["last"]["thing_id"] == licence["id"])

    await service.call("PATCH", f"/licences/{licence['id']}", {"notes": "не ключ"})
    assert not await is_changed()
    await service.call("PATCH", f"/licences/{licence['id']}", {"key": ""})
    assert await is_changed()
    gone = await service.call("POST", f"/licences/{licence['id']}/reveal", _WHY)
    assert gone.status == 422
    exported = await service.download("/export?what=licences&format=csv")
    assert b"AAAA-BBBB" not in exported[1]


async def test_master_keys_are_rotated_while_secrets_are_read(service: Service) -> None:
    companies = [await service.company() for _ in range(5)]
    keys = [
        (await _add(service, company, secret=f"тайна {n}")).body["id"] for n, company in enumerate(companies)
    ]
    fresh = f"fresh:{base64.b64encode(os.urandom(32)).decode()}"
    both = MasterKeys.read(f"{fresh},{MASTER_KEYS}")
    data_keys = DataKeys(service.database, both)
    # The running service gets both as a restart would give them to it.
    running = service.registry.keys
    running._masters = both
    rotating = asyncio.create_task(rotate(data_keys))
    shown = [
        (await _reveal(service, key, who=somebody("admin"))).body["secret"] for key in keys for _ in range(3)
    ]
    assert shown == [f"тайна {n}" for n in range(5) for _ in range(3)]
    assert await rotating == 0
    assert set(await data_keys.count()) == {"fresh"}
    running._masters = MasterKeys.read(fresh)
    assert (await _reveal(service, keys[0], who=ADMIN)).body["secret"] == "тайна 0"
    # For the tests that follow.
    running._masters = both


async def test_a_data_key_that_does_not_open_holds_no_other_up(service: Service) -> None:
    companies = [await service.company() for _ in range(3)]
    keys = [(await _add(service, company, secret="тайна")).body["id"] for company in companies]
    kept = service.database["data_keys"]
    broken = {"_id": UUID(companies[1]["id"])}
    before = await kept.find_one(broken)
    assert before
    await kept.update_one(broken, {"$set": {"wrapped": before["wrapped"][:-1]}})
    fresh = f"next:{base64.b64encode(os.urandom(32)).decode()}"
    old = service.registry.keys.masters
    both = MasterKeys({**MasterKeys.read(fresh).keys, **old.keys})
    assert await rotate(DataKeys(service.database, both)) == 1
    service.registry.keys._masters = both
    assert (await _reveal(service, keys[2], who=somebody("admin"))).body["secret"] == "тайна"
    assert (await _reveal(service, keys[1], who=somebody("admin"))).status == 500
    await kept.replace_one(broken, before)


async def test_a_damaged_secret_is_overwritten_by_a_new_one(service: Service) -> None:
    key = (await _add(service, await service.company(), secret="старая", login="admin")).body["id"]
    await service.database["credentials"].update_one({"_id": UUID(key)}, {"$set": {"secret": b"\x01" * 40}})
    assert (await _reveal(service, key)).status == 500
    assert (await service.call("PATCH", f"/credentials/{key}", {"secret": "новая"})).status == 200
    assert (await _reveal(service, key)).body["secret"] == "новая"


async def test_two_first_secrets_at_once_share_one_key(service: Service) -> None:
    company = await service.company()
    made = await asyncio.gather(*(_add(service, company, f"№ {n}", secret=f"{n}") for n in range(8)))
    for n, one in enumerate(made):
        assert (await _reveal(service, one.body["id"], who=somebody("admin"))).body["secret"] == str(n)
