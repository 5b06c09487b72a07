"""Enrolment codes and device tokens."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.clock import new_id
from contracts.clients_http import NewCode
from services.clients.domain.code import Code, check_code, code_key, make_up_code
from services.clients.domain.creation import creation_of
from services.clients.domain.errors import CodeRefusedError, RuleError
from services.clients.domain.token import hash_of, make_token

_AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def _code(**fields: object) -> Code:
    said = {"key": "CODE", "code": "CODE", "company_id": new_id(), "created_by": new_id()}
    return Code.model_validate({**said, "created_at": _AT, **fields})


@given(st.integers())
def test_a_code_made_up_is_one_that_may_be_chosen(seed: int) -> None:
    code = make_up_code(Random(seed))
    assert check_code(code) == code
    assert not set(code) & set("0O1ILU")


@given(st.text(max_size=100))
def test_any_text_has_a_plain_key(text: str) -> None:
    key = code_key(text)
    assert key.isascii()
    assert key == code_key(key)


@given(st.text(max_size=40))
def test_a_code_is_either_refused_or_found_by_what_is_shown(text: str) -> None:
    try:
        shown = check_code(text)
    except RuleError:
        return
    assert code_key(shown) == code_key(text)
    assert shown.isascii()


@pytest.mark.parametrize("typed", ["demo", " DeMo ", "D-E-M-O", "ДЕМО".replace("Д", "D"), "ＤＥＭＯ"])
def test_one_code_has_many_spellings(typed: str) -> None:
    assert code_key(typed) == "DEMO"


@pytest.mark.parametrize(
    "fields",
    [
        {"withdrawn_at": _AT},
        {"expires_at": _AT},
        {"expires_at": _AT - timedelta(days=1)},
        {"max_uses": 2, "uses": 2},
    ],
)
def test_a_code_that_is_over_is_refused(fields: dict[str, object]) -> None:
    with pytest.raises(CodeRefusedError):
        _code(**fields).must_be_good(_AT)


@pytest.mark.parametrize(
    "fields", [{}, {"expires_at": _AT + timedelta(seconds=1)}, {"max_uses": 2, "uses": 1}]
)
def test_a_code_that_is_not_over_is_good(fields: dict[str, object]) -> None:
    _code(**fields).must_be_good(_AT)


@given(st.binary(min_size=32, max_size=32), st.text(max_size=50))
def test_a_token_has_256_bits_and_comes_again_only_from_the_same_seed_and_key(seed: bytes, key: str) -> None:
    token = make_token(seed, key)
    assert len(token) == 43
    assert make_token(seed, key) == token
    assert make_token(seed, f"{key}.") != token
    assert make_token(bytes(32) if any(seed) else b"\1" * 32, key) != token
    assert len(hash_of(token)) == 64


def test_a_key_marks_who_made_what_where() -> None:
    caller, key, company = uuid4(), uuid4(), uuid4()
    first = creation_of(caller, key, NewCode(code="AAAA"), company)
    assert first is not None
    assert first == creation_of(caller, key, NewCode(code="AAAA"), company)
    other_body = creation_of(caller, key, NewCode(code="BBBB"), company)
    other_place = creation_of(caller, key, NewCode(code="AAAA"), uuid4())
    other_caller = creation_of(uuid4(), key, NewCode(code="AAAA"), company)
    assert other_body is not None
    assert other_place is not None
    assert other_caller is not None
    assert first.key == other_body.key == other_place.key != other_caller.key
    assert len({first.body, other_body.body, other_place.body}) == 3
    assert creation_of(caller, None, NewCode()) is None
