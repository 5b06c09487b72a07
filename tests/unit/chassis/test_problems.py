"""Every error is a problem, and tells nothing of our insides."""

from __future__ import annotations

from typing import Annotated

import pytest
from fastapi import FastAPI, Query
from pydantic import BaseModel, ConfigDict
from pymongo.errors import (
    AutoReconnect,
    NetworkTimeout,
    NotPrimaryError,
    ServerSelectionTimeoutError,
    WaitQueueTimeoutError,
)

from chassis.body import BodyLimit
from chassis.problems import OUTAGES, Problem, install_problem_handlers, problem_response, unavailable
from tests.unit.chassis.asgi import OUR_MISTAKE, Answer, call

_JSON = [(b"content-type", b"application/json")]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")

    count: int
    names: list[str] = []


def _app() -> FastAPI:
    app = FastAPI()
    install_problem_handlers(app)
    app.add_middleware(BodyLimit, most=10_000)

    @app.get("/problem")
    async def problem() -> None:
        raise Problem(409, "Somebody was faster.", kind="urn:x", errors=[("a", "b")], version=7)

    @app.get("/away")
    async def away() -> None:
        raise unavailable("Not now.")

    @app.get("/outage")
    async def outage() -> None:
        raise ServerSelectionTimeoutError("secret-host:27017: no answer")

    @app.get("/mistake")
    async def mistake() -> None:
        raise OUR_MISTAKE("password=hunter2")

    @app.get("/number")
    async def number(n: Annotated[int, Query(le=10)]) -> int:
        return n

    @app.post("/body")
    async def body(body: _Body) -> int:
        return body.count

    return app


async def _post(content: bytes, *more: bytes) -> Answer:
    return await call(_app(), "/body", method="POST", headers=_JSON, chunks=[content, *more])


def _assert_problem(answer: Answer, status: int) -> None:
    assert answer.status == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.body["status"] == status
    assert set(answer.body) >= {"type", "title", "status", "detail", "errors"}


async def test_a_problem_says_what_it_says() -> None:
    answer = await call(_app(), "/problem")
    _assert_problem(answer, 409)
    assert answer.body == {
        "type": "urn:x",
        "title": "Conflict",
        "status": 409,
        "detail": "Somebody was faster.",
        "errors": [{"field": "a", "message": "b"}],
        "version": 7,
    }


async def test_who_is_away_says_when_to_come_again() -> None:
    answer = await call(_app(), "/away")
    _assert_problem(answer, 503)
    assert int(answer.headers["retry-after"]) > 0


async def test_an_outage_is_no_mistake_of_ours_and_names_no_host() -> None:
    answer = await call(_app(), "/outage")
    _assert_problem(answer, 503)
    assert "secret-host" not in answer.content.decode()


async def test_a_mistake_of_ours_tells_nothing() -> None:
    answer = await call(_app(), "/mistake")
    _assert_problem(answer, 500)
    assert "hunter2" not in answer.content.decode()


async def test_unknown_paths_and_methods_are_problems() -> None:
    _assert_problem(await call(_app(), "/nowhere"), 404)
    _assert_problem(await call(_app(), "/body", method="DELETE"), 405)


@pytest.mark.parametrize("query", [b"n=11", b"n=x", b"", b"n=" + b"9" * 5000, b"n=%00", b"n=\xff"])
async def test_a_bad_parameter_is_named_without_its_value(query: bytes) -> None:
    answer = await call(_app(), "/number", query=query)
    _assert_problem(answer, 422)
    assert [error["field"] for error in answer.body["errors"]] == ["n"]
    assert "99999" not in answer.content.decode()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'{"count": "x"}',
        b'{"count": 1, "number": 5}',
        b'{"count": {"$ne": ""}}',
        b'{"count": 1e400}',
        b'{"count": ' + b"9" * 6000 + b"}",
        b'{"count": NaN}',
        b'{"count": 1, "\\ud800": 1}',
        b'{"count": 1, "' + b"x" * 5000 + b'": 1}',
        b'{"count": "\xff\xfe"}',
        b"[" * 5000,
        b'{"a":' * 1500 + b"1" + b"}" * 1500,
    ],
)
async def test_a_hostile_body_is_a_problem_of_a_few_words(content: bytes) -> None:
    answer = await _post(content)
    assert answer.status in (400, 422)
    _assert_problem(answer, answer.status)
    assert len(answer.content) < 1000


async def test_a_thousand_wrong_fields_are_not_all_listed() -> None:
    fields = ",".join(f'"f{n}":1' for n in range(1000))
    answer = await _post(b'{"count":1,' + fields.encode() + b"}")
    _assert_problem(answer, 422)
    assert 0 < len(answer.body["errors"]) <= 20


async def test_a_body_beyond_the_limit_is_refused_by_its_length_before_it_is_read() -> None:
    headers = [*_JSON, (b"content-length", b"10001")]
    answer = await call(_app(), "/body", method="POST", headers=headers, chunks=[])
    _assert_problem(answer, 413)


@pytest.mark.parametrize("length", [b"", b"-1", b"x", b"9" * 30, b"5"])
async def test_a_body_beyond_the_limit_is_refused_whatever_length_it_claims(length: bytes) -> None:
    headers = [*_JSON, (b"content-length", length)]
    chunks = [b'{"names":["', *[b"x" * 1000] * 20]
    answer = await call(_app(), "/body", method="POST", headers=headers, chunks=chunks)
    _assert_problem(answer, 413)


async def test_a_body_within_the_limit_passes() -> None:
    answer = await _post(b'{"cou', b'nt":', b"7}")
    assert (answer.status, answer.body) == (200, 7)


@pytest.mark.parametrize(
    "error",
    [AutoReconnect, NetworkTimeout, NotPrimaryError, ServerSelectionTimeoutError, WaitQueueTimeoutError],
)
def test_these_are_outages(error: type[Exception]) -> None:
    assert issubclass(error, OUTAGES)


def test_a_problem_may_carry_headers() -> None:
    assert problem_response(429, headers={"Retry-After": "7"}).headers["retry-after"] == "7"
