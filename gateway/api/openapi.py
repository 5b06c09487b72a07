"""The OpenAPI document of the public API, made from its calls."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, Literal

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from chassis.problems import ProblemBody
from gateway.access.viewers import OWN_SCOPE
from gateway.api.calls import PREFIX, Call
from gateway.api.scopes import scope_of

_REF = "#/components/schemas/{model}"
_PARAMETER = re.compile(r"\{(\w+)(?::(\w+))?\}")
_KINDS: dict[str, dict[str, Any]] = {
    "number": {"type": "integer", "minimum": 1},
    "id": {"type": "string", "format": "uuid"},
    "": {"type": "string", "maxLength": 64},
}
_HEADERS: dict[str, tuple[str, dict[str, Any]]] = {
    "Idempotency-Key": (
        "Makes the call safe to repeat: the same key again gets the same answer.",
        {"type": "string", "format": "uuid"},
    ),
    "If-Match": (
        "The ETag that was read: if it is otherwise by now, the answer is 409.",
        {"type": "string", "pattern": '^("[0-9]{1,15}"|[*])$'},
    ),
    "Last-Event-ID": ("The id of the last event that was heard.", {"type": "string", "maxLength": 100}),
}
_EVERYWHERE = {
    400: "The request means two things at once, or nothing.",
    408: "The body came too slowly.",
    413: "The body is too large.",
    429: "Too many calls; Retry-After says when to come again.",
    503: "A part of the system is away or busy; Retry-After says when to come again.",
}
_MEANINGS = {
    **_EVERYWHERE,
    401: "Nobody is signed in, or the token is not good (any more).",
    403: "This is not for you, or the CSRF token is missing.",
    404: "There is no such thing, or it is not yours.",
    409: "It is otherwise by now, or the Idempotency-Key was used for something else.",
    412: "If-Match names no version of ours.",
    415: "The body is of another type.",
    422: "Some fields are not as they should be: `errors` says which.",
}
Mode = Literal["validation", "serialization"]
Schemas = dict[tuple[Any, Mode], dict[str, Any]]


def openapi_of(calls: Sequence[Call]) -> dict[str, Any]:
    schemas, definitions = _schemas(calls)
    paths: dict[str, dict[str, Any]] = {}
    for call in calls:
        paths.setdefault(PREFIX + call.template, {})[call.method.lower()] = _operation(call, schemas)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "HelpDesk",
            "version": "1",
            "description": "Times are RFC 3339 in UTC, ids UUIDs, errors RFC 9457 problem+json.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {"schemas": definitions, "securitySchemes": _security_schemes()},
    }


def _schemas(calls: Iterable[Call]) -> tuple[Schemas, dict[str, Any]]:
    wanted: dict[tuple[type[BaseModel], Mode], None] = {(ProblemBody, "serialization"): None}
    for call in calls:
        for model in (call.body, call.form, call.query):
            if model:
                wanted[model, "validation"] = None
        if call.answer:
            wanted[call.answer, "serialization"] = None
    found, definitions = models_json_schema(list(wanted), ref_template=_REF)
    return {**found}, definitions["$defs"]


def _operation(call: Call, schemas: Schemas) -> dict[str, Any]:
    words = re.sub(r"\W+", "_", call.template).strip("_")
    operation: dict[str, Any] = {
        "operationId": f"{call.method.lower()}_{words}",
        "summary": call.summary,
        "tags": [call.tag],
        "security": _security(call),
        "parameters": [*_path_parameters(call), *_header_parameters(call), *_query_parameters(call)],
        "responses": {**_successes(call, schemas), **_refusals(call)},
    }
    content = {}
    if call.body:
        content["application/json"] = {"schema": schemas[call.body, "validation"]}
    if call.form:
        content["multipart/form-data"] = {"schema": schemas[call.form, "validation"]}
    if content:
        operation["requestBody"] = {"required": True, "content": content}
    return operation


def _security(call: Call) -> list[dict[str, list[str]]]:
    """A staff token is named with the scope it needs, where one will do at all."""
    scope = scope_of(call)
    token = [{"staffToken": [] if scope == OWN_SCOPE else [scope]}] if scope else []
    staff: list[dict[str, list[str]]] = [*token, {"session": []}]
    device: list[dict[str, list[str]]] = [{"device": []}]
    ways = {"anyone": [], "device": device, "staff": staff, "admin": staff, "both": [*device, *staff]}
    return ways[call.who]


def _path_parameters(call: Call) -> list[dict[str, Any]]:
    return [
        {"name": name, "in": "path", "required": True, "schema": _KINDS[kind]}
        for name, kind in _PARAMETER.findall(call.path)
    ]


def _header_parameters(call: Call) -> list[dict[str, Any]]:
    return [
        {"name": name, "in": "header", "description": _HEADERS[name][0], "schema": _HEADERS[name][1]}
        for name in call.headers
    ]


def _query_parameters(call: Call) -> list[dict[str, Any]]:
    if call.query is None:
        return []
    properties = call.query.model_json_schema(ref_template=_REF)["properties"]
    return [
        {"name": name, "in": "query", "required": False, "schema": _without_null(schema)}
        for name, schema in properties.items()
    ]


def _without_null(schema: dict[str, Any]) -> dict[str, Any]:
    """A query parameter is absent rather than null."""
    kept = {name: value for name, value in schema.items() if name not in ("title", "anyOf")}
    if kept.get("default", ...) in (None, ""):
        del kept["default"]
    choices = [choice for choice in schema.get("anyOf", []) if choice.get("type") != "null"]
    if len(choices) == 1:
        return {**choices[0], **kept}
    return {**kept, "anyOf": choices} if choices else kept


def _successes(call: Call, schemas: Schemas) -> dict[str, Any]:
    done = _answer(call, schemas)
    there = {"200": {**done, "description": call.instead}} if call.instead else {}
    return {str(call.status): done, **there}


def _answer(call: Call, schemas: Schemas) -> dict[str, Any]:
    answer: dict[str, Any] = {"description": call.summary}
    kinds = {media: {"schema": {"type": "string"}} for media in call.media.split(", ")}
    if call.answer:
        whole: dict[str, Any] = {"schema": schemas[call.answer, "serialization"]}
        answer["content"] = {**kinds, "application/json": whole}
    elif call.status != 204:
        answer["content"] = kinds
    if call.etag:
        answer["headers"] = {
            "ETag": {"description": "The version, for If-Match.", "schema": {"type": "string"}}
        }
    return answer


def _refusals(call: Call) -> dict[str, Any]:
    statuses = {*_EVERYWHERE, *call.also, 422}
    if call.who != "anyone":
        statuses |= {401, 403}
    if call.body:
        statuses |= {403, 415}
    if call.tag == "session":
        statuses |= {401, 403}
    problem = {"application/problem+json": {"schema": {"$ref": _REF.format(model="ProblemBody")}}}
    return {
        str(status): {"description": _MEANINGS[status], "content": problem} for status in sorted(statuses)
    }


def _security_schemes() -> dict[str, Any]:
    return {
        "device": {"type": "http", "scheme": "bearer", "description": "A device's token, from enrolling."},
        "staffToken": {
            "type": "http",
            "scheme": "bearer",
            "description": "A staff API token (hds_…), for its scopes.",
        },
        "session": {
            "type": "apiKey",
            "in": "cookie",
            "name": "helpdesk_session",
            "description": "After signing in; writes also need the header X-CSRF-Token.",
        },
    }
