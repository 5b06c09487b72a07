import re
from typing import Any

import pytest

from contracts.gateway_http import SCOPES
from gateway.api import CALLS
from gateway.api.calls import Call
from gateway.api.documents import Documents
from gateway.api.openapi import openapi_of
from gateway.api.scopes import scope_of

DOCUMENT = openapi_of(CALLS)
_TAKE_NOTHING = ("/import/{id}/apply", "/tickets/{number}/assign")


def _references(part: Any) -> set[str]:
    if isinstance(part, dict):
        found = {part["$ref"]} if isinstance(part.get("$ref"), str) else set()
        return found.union(*map(_references, part.values()))
    return set().union(*map(_references, part)) if isinstance(part, list) else set()


def test_every_reference_leads_somewhere() -> None:
    known = {f"#/components/schemas/{name}" for name in DOCUMENT["components"]["schemas"]}

    assert _references(DOCUMENT) <= known


def test_every_operation_has_its_own_name() -> None:
    names = [call["operationId"] for methods in DOCUMENT["paths"].values() for call in methods.values()]

    assert len(names) == len(set(names)) == len(CALLS)


@pytest.mark.parametrize("call", CALLS, ids=lambda call: f"{call.method} {call.template}")
def test_every_call_says_what_it_takes_and_gives(call: Call) -> None:
    operation = DOCUMENT["paths"][f"/api/v1{call.template}"][call.method.lower()]

    in_path = {parameter["name"] for parameter in operation["parameters"] if parameter["in"] == "path"}
    assert in_path == set(re.findall(r"{(\w+)}", call.template))
    assert operation["summary"]
    takes_something = call.method in ("POST", "PATCH", "PUT") and call.template not in _TAKE_NOTHING
    assert ("requestBody" in operation) == takes_something
    assert {"429", "503"} <= operation["responses"].keys()
    assert ("401" in operation["responses"]) or call.who == "anyone"


def test_every_call_for_staff_says_what_an_api_token_must_be_good_for() -> None:
    for call in CALLS:
        scope = scope_of(call)
        if call.who in ("staff", "both") and call.tag != "session":
            assert scope in SCOPES, call.template
        if call.who == "admin" or (call.tag == "session" and call.method != "GET"):
            assert scope == "", call.template


def test_a_body_of_the_world_refuses_fields_that_are_not_offered() -> None:
    for call in CALLS:
        if call.body:
            assert call.body.model_config.get("extra") == "forbid", call.template


async def test_the_page_for_people_names_every_call() -> None:
    page = bytes((await Documents(CALLS).page(None)).body).decode()  # type: ignore[arg-type]

    for path in DOCUMENT["paths"]:
        assert path in page
    assert "http://" not in page.replace("http://127.0.0.1", "")
