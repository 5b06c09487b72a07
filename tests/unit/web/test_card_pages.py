"""The card's pages as HTML: what anybody may have typed stays text, and a part that is missing says so."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from chassis.principal import Principal
from gateway.web.card.conflicts import Step
from gateway.web.card.fields import THINGS
from gateway.web.card.history_views import _entry
from gateway.web.card.import_words import OUTCOMES, reason
from gateway.web.card.page import TABS
from gateway.web.card.revealing import RevealedHere
from gateway.web.card.spelling import Spelled
from gateway.web.rendering import render
from gateway.web.viewer import Viewer
from tests.unit.web.samples import HOSTILE, elements

ID = "0198b0c0-0000-7000-8000-000000000001"
AT = "2026-11-23T11:05:00Z"
VIEWER = Viewer(
    lang="ru",
    theme="system",
    csrf="token",
    path="/clients",
    staff=Principal(kind="staff", id=UUID(ID), full_name="Орлов Дмитрий", roles=("admin",)),
)


def company(said: str = "ООО «Ромашка»") -> dict[str, Any]:
    return {
        "id": ID, "name": said, "short_name": said, "tax_id": said, "notes": said, "responsible_id": None,
        "screenshots_allowed": True, "archived": False, "version": 1,
    }  # fmt: skip


def person(said: str) -> dict[str, Any]:
    return {
        "id": ID, "company_id": ID, "full_name": said, "position": said, "email": said, "phone": said,
        "is_manager": True, "merged_into": None, "archived": False, "version": 1,
    }  # fmt: skip


def licence(said: str) -> dict[str, Any]:
    return {
        "id": ID, "company_id": ID, "product": said, "vendor": said, "has_key": False, "seats": 5,
        "seats_used": 5, "valid_until": "2026-12-01", "days_left": 8, "notes": said, "archived": False,
        "version": 1,
    }  # fmt: skip


def contract(said: str) -> dict[str, Any]:
    return {
        "id": ID, "company_id": ID, "number": said, "plan_id": ID, "valid_from": "2026-01-01",
        "valid_to": None, "included_minutes": 60, "rate": 0, "additional_rate": None, "state": "current",
        "days_left": None, "notes": said, "archived": False, "version": 1,
    }  # fmt: skip


def piece(said: str) -> dict[str, Any]:
    return {
        "id": ID, "company_id": ID, "kind": "server", "name": said, "model": said, "serial": said,
        "hostname": said, "addresses": [said], "mac": said, "place": said, "person_id": ID,
        "person": {"id": ID, "full_name": "Кто-то"}, "connected_to": ID,
        "connected": {"id": ID, "name": said},
        "warranty_until": "2026-12-01", "days_left": 8, "notes": said, "archived": False, "version": 1,
    }  # fmt: skip


def device(said: str) -> dict[str, Any]:
    return {
        "id": ID, "hostname": said, "person": {"id": ID, "full_name": "Кто-то"},
        "company": {"id": ID, "name": said}, "claimed": {"full_name": said, "phone": said},
        "confirmed": False, "revoked": False, "blocked": False, "suspended": False, "enrolled_at": AT,
        "last_contact": None, "version": 1,
    }  # fmt: skip


def page_of(*items: dict[str, Any]) -> dict[str, Any]:
    return {"items": list(items), "next": None}


def on_card(template: str, tab: str, **shown: Any) -> str:
    head = {
        "viewer": VIEWER, "section": "clients", "company": company(), "tab": tab, "tabs": TABS, "names": {},
        "may_register": True, "key": ID,
    }  # fmt: skip
    return render(template, "ru", **{**head, **shown})


def listed(thing: str, found: dict[str, Any] | None, **shown: Any) -> str:
    asked = {"q": "", "archived": "", "cursor": ""}
    typed = dict.fromkeys(THINGS[thing].fields, "")
    more = {"thing": thing, "kind": THINGS[thing], "asked": asked, "typed": typed, "wrong": "", "problem": ""}
    more |= {"others": {}, "plans": {}}
    return on_card(f"clients/{thing}.html", f"/{thing}", **{**more, "found": found, "may": True, **shown})


def overview(said: str, **shown: Any) -> str:
    hours = {
        "contract": contract(said), "used_minutes": 90, "included_minutes": 60, "beyond_minutes": 30,
        "left_minutes": 0, "additional_minutes": 5,
    }  # fmt: skip
    term = {"kind": "licence", "name": said, "ends_on": "2026-12-01", "days_left": 0}
    ticket = {
        "number": 7, "status": "new", "title": said, "person": {"full_name": "Кто-то"}, "received_at": AT,
    }  # fmt: skip
    people = {"items": [person(said)], "more": True, "count": 9}
    place = {"name": said, "kinds": {"server": 2, "router": 1}, "people": 3}
    parts = {"hours": hours, "people": people, "terms": page_of(term), "tickets": page_of(ticket)}
    parts["places"] = page_of(place)
    return on_card("clients/overview.html", "", **{**parts, "company": company(said), **shown})


def devices(said: str) -> str:
    code = {
        "code": said, "created_at": AT, "expires_at": None, "max_uses": None, "uses": 3, "withdrawn_at": None,
    }  # fmt: skip
    return on_card(
        "clients/devices.html", "/devices", found=page_of(device(said)), codes=page_of(code), state="",
        made={**code, "link": said}, now=AT, with_company=True, address="/devices", back="/devices",
        code_key=ID,
    )  # fmt: skip


def imported(said: str) -> str:
    change = {"field": "phone", "before": said, "after": said, "is_secret": False}
    row = {"row": 2, "outcome": "error", "name": said, "reason": said, "changes": [change]}
    job = {
        "id": ID, "state": "checked", "failure": said, "rows": 1, "done_rows": 1, "columns": [], "fields": [],
        "counts": {"create": 1, "update": 1, "skip": 1, "error": 1},
    }  # fmt: skip
    return render(
        "clients/import_state.html", "ru", viewer=VIEWER, job=job, rows=page_of(row), outcome="",
        problem=said, outcomes=OUTCOMES, field_names={}, chosen=[], is_working=False, is_matching=False,
        has_secrets=True, secret_fields=[],
    )  # fmt: skip


def field_of(said: str) -> str:
    return render(
        "clients/edit_form.html", "ru", viewer=VIEWER, thing="people", it=person(said), typed=said,
        field=THINGS["people"].fields["full_name"], version="1", before=said, problem="", is_contested=True,
        theirs=said, home="/clients", names={}, culprit={"by": {"full_name": "Кто-то"}, "at": AT},
    )  # fmt: skip


def piece_page(said: str) -> str:
    shown = {"behind": page_of(piece(said)), "licences": page_of(licence(said)), "piece_names": {ID: said}}
    shown["credentials"] = page_of(credential(said))
    return on_card("clients/piece.html", "/equipment", piece=piece(said), tickets=None, **shown)


def licence_page(said: str) -> str:
    users = {
        "people": ("People", [{"id": ID, "full_name": said}], {ID: said}),
        "equipment": ("Equipment", [{"id": ID, "name": said}], {ID: said}),
    }
    return on_card(
        "clients/licence.html", "/licences", licence=licence(said), users=users, problem="", licence_key=said
    )


def credential(said: str) -> dict[str, Any]:
    return {
        "id": ID, "company_id": ID, "label": said, "address": said, "equipment_id": ID, "has_login": True,
        "equipment": {"id": ID, "name": said}, "person_id": ID, "person": {"id": ID, "full_name": "Кто-то"},
        "has_secret": True, "has_totp": True, "has_notes": True, "secret_changed_at": AT, "archived": False,
        "version": 1,
    }  # fmt: skip


def credential_row(said: str, **state: Any) -> str:
    state = {"shown": None, "asks": False, "why": "", "problem": "", **state}
    return render(
        "clients/credential.html", "ru", viewer=VIEWER, credential=credential(said), names={}, **state
    )


def revealed(said: str) -> str:
    code = {"code": said, "valid_for_seconds": 7}
    letters = [Spelled(said, said)]
    shown = RevealedHere(login=said, secret=said, notes=said, totp=code, why=said, spelled=letters)
    return credential_row(said, shown=shown)


def look(said: str) -> dict[str, Any]:
    return {
        "at": AT, "kind": "secret", "by": {"id": ID, "full_name": "Кто-то"}, "label": said, "ticket": None,
        "company": {"id": ID, "name": said}, "reason": said, "address": said, "program": said,
    }  # fmt: skip


def audit(said: str) -> str:
    asked = dict.fromkeys(("kind", "ticket", "from", "to", "cursor"), "") | {"staff": said, "company": said}
    return render(
        "clients/audit.html", "ru", viewer=VIEWER, section="clients", view="audit", asked=asked, names={},
        found=page_of(look(said)), kinds=[], company_name=said,
    )  # fmt: skip


def seen(said: str) -> str:
    found = {
        "items": [{"last": look(said), "times": 2, "changed_since": False, "archived": False}],
        "more": True,
    }
    return render(
        "clients/seen.html", "ru", viewer=VIEWER, section="clients", view="audit", staff=ID, names={ID: said},
        found=found,
    )  # fmt: skip


def history(said: str) -> str:
    change = {"field": "phone", "before": said, "after": said, "is_secret": False}
    entries = [
        _entry("ru", THINGS["people"].fields, {"version": 2, "at": AT, "by": by, "changes": [change]}, {})
        for by in ({"kind": "staff", "full_name": "Кто-то"}, {"kind": "system", "full_name": ""})
    ]
    return on_card(
        "clients/history.html", "/people", thing="people", called=said, home="/", found=page_of(),
        entries=entries, cursor="",
    )  # fmt: skip


def conflict(said: str) -> str:
    change = {"field": "phone", "before": said, "after": said, "is_secret": False}
    entry = {"version": 2, "at": AT, "by": {"kind": "staff", "full_name": "Кто-то"}, "changes": [change]}
    step = Step(
        "/people/1", "/clients/1/people/1/archive", "To the archive", "/clients/1", "1", {}, {"a": said}
    )
    return render(
        "clients/conflict.html", "ru", viewer=VIEWER, section="clients", step=step, version=2, called=said,
        entries=[_entry("ru", THINGS["people"].fields, entry, {})], why=[],
    )  # fmt: skip


def audit_of_client(said: str) -> str:
    look = {
        "id": ID, "at": AT, "kind": "secret", "by": {"id": ID, "full_name": said}, "thing_id": ID,
        "label": said, "company": {"id": ID, "name": said}, "ticket": None, "reason": said, "address": said,
        "program": said,
    }  # fmt: skip
    return on_card("clients/card_audit.html", "/audit", found=page_of(look), asked={"cursor": ""})


def merging(said: str) -> str:
    others = [person(said), person(said)]
    return on_card(
        "clients/merge.html", "/people", person=person(said), others=others, wanted=said, problem=said
    )


def clients(said: str) -> str:
    contracts = {ID: {"valid_to": None, "days_left": None}}
    asked = dict.fromkeys(("q", "archived", "cursor"), "")
    return render(
        "clients/found.html", "ru", viewer=VIEWER, asked=asked, found=page_of(company(said)),
        names={ID: said}, contracts=contracts, open_tickets={ID: {"open": 3}}, elsewhere=None,
    )  # fmt: skip


def adding(said: str) -> str:
    others = {"person_id": {ID: said}, "connected_to": {ID: said}}
    return listed("equipment", page_of(), others=others)


PAGES = {
    "clients": clients,
    "adding": adding,
    "merging": merging,
    "conflict": conflict,
    "audit of a client": audit_of_client,
    "history": history,
    "credential": credential_row,
    "asking why": lambda said: credential_row(said, asks=True, why=said, problem=said),
    "revealed": revealed,
    "audit": audit,
    "seen": seen,
    "licence": licence_page,
    "equipment": lambda said: listed("equipment", page_of(piece(said))),
    "piece": piece_page,
    "overview": overview,
    "people": lambda said: listed("people", page_of(person(said))),
    "licences": lambda said: listed("licences", page_of(licence(said))),
    "contracts": lambda said: listed("contracts", page_of(contract(said))),
    "typed": lambda said: listed("people", page_of(), typed=dict.fromkeys(THINGS["people"].fields, said)),
    "devices": devices,
    "import": imported,
    "field": field_of,
}


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("name", PAGES)
def test_hostile_text_is_shown_and_does_nothing(name: str, text: str) -> None:
    """Compared with harmless text of the same shape."""
    hostile, harmless = elements(PAGES[name](text)), elements(PAGES[name]("plain"))
    assert hostile.tags == harmless.tags
    assert hostile.attributes == harmless.attributes


def test_a_part_that_did_not_come_says_so_and_the_rest_is_there() -> None:
    html = overview("plain", hours=None, tickets=None, terms=None, people=None, places=None)
    assert html.count("Не удалось загрузить") == 5
    assert "О компании" in html
    assert "Не удалось загрузить" in listed("people", None)


def test_an_empty_tab_says_what_to_do_next() -> None:
    assert "подключаются по коду компании" in listed("people", page_of())
    assert "Запишите, за что платит компания" in listed("licences", page_of())
    assert "сколько часов входит в месяц" in listed("contracts", page_of())


def test_who_may_not_change_a_contract_sees_it_without_fields() -> None:
    html = listed("contracts", page_of(contract("1/26")), may=False)
    assert "1/26" in html
    assert 'href="/edit/' not in html
    assert "Добавить договор" not in html


def test_a_one_time_code_stands_nowhere_but_where_it_was_made() -> None:
    code = {
        "code": "ABC-SECRET", "created_at": AT, "expires_at": None, "max_uses": 1, "uses": 0,
        "withdrawn_at": None,
    }  # fmt: skip
    html = on_card(
        "clients/devices.html", "/devices", found=page_of(), codes=page_of(code), state="", made=None,
        now=AT, with_company=False, address="/devices", back="/devices", code_key=ID,
    )  # fmt: skip
    assert "SECRET" not in html


def test_why_a_row_was_not_taken_is_said_in_words() -> None:
    assert reason("ru", "email: Value error, not an e-mail address") == "Электронная почта: не адрес почты"
    assert reason("ru", "row 7 says the same thing") == "то же сказано в строке 7"
    why = "connected_to: nothing is called 100% at this company"
    assert reason("ru", why).endswith("никого и ничего нет под именем 100%")
    assert reason("ru", "nothing changes") == "ничего не меняется"
    assert reason("ru", "something new") == "something new"
    assert reason("en", "company: it is missing") == "Company: it is missing"
