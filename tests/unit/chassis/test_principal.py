"""Who asks: only what the gateway signed, and stands by still, counts."""

from __future__ import annotations

import base64
import json
import time
from typing import Any
from uuid import uuid4

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from fastapi import FastAPI

from chassis.principal import (
    HEADER,
    Caller,
    DeviceCaller,
    Principal,
    Signer,
    Staff,
    Verifier,
)
from chassis.problems import install_problem_handlers
from tests.unit.chassis.asgi import call

_KEY, _OTHER_KEY = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
_VERIFIER = Verifier(base64.b64encode(_KEY.public_key().public_bytes_raw()).decode())
_STAFF = Principal(kind="staff", id=uuid4(), full_name="Орлов Пётр", roles=("specialist",))
_DEVICE = Principal(kind="device", id=uuid4(), full_name="Иванова", person_id=uuid4(), company_id=uuid4())


def _signer(key: Ed25519PrivateKey = _KEY) -> Signer:
    return Signer(base64.b64encode(key.private_bytes_raw()).decode())


def _token(key: Any = _KEY, algorithm: str = "EdDSA", **claims: Any) -> str:
    who = _STAFF.model_dump(mode="json")
    said = {"iss": "helpdesk-gateway", "exp": int(time.time()) + 60, "who": who, **claims}
    said = {name: value for name, value in said.items() if value is not None}
    return jwt.encode(said, key, algorithm=algorithm)


def _unsigned() -> str:
    """`alg: none` with a signature of nothing."""

    def part(value: Any) -> str:
        return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")

    claims = {"iss": "helpdesk-gateway", "exp": int(time.time()) + 60, "who": _STAFF.model_dump(mode="json")}
    return f"{part({'alg': 'none', 'typ': 'JWT'})}.{part(claims)}."


def _tampered() -> str:
    head, _, signature = _token().split(".")
    _, body, _ = _token(who={**_STAFF.model_dump(mode="json"), "roles": ["admin"]}, key=_OTHER_KEY).split(".")
    return f"{head}.{body}.{signature}"


def _symmetric() -> str:
    """HS256 with the public key for a secret, which a careless verifier takes."""
    return _token(_KEY.public_key().public_bytes_raw(), "HS256")


FORGED = {
    "nothing": "",
    "no token": "x",
    "not even text": "\xff\xfe",
    "expired": _token(exp=int(time.time()) - 31),
    "without an end": _token(exp=None),
    "another key": _token(_OTHER_KEY),
    "another issuer": _token(iss="somebody-else"),
    "without an issuer": _token(iss=None),
    "without anybody": _token(who=None),
    "nobody we know": _token(who={"kind": "root", "id": str(uuid4()), "full_name": "x"}),
    "alg none": _unsigned(),
    "symmetric": _symmetric(),
    "tampered": _tampered(),
    "not yet": _token(nbf=int(time.time()) + 600),
    "endless": "a." * 20_000,
}


@pytest.mark.parametrize("principal", [_STAFF, _DEVICE], ids=["staff", "device"])
def test_who_was_signed_is_who_asks(principal: Principal) -> None:
    assert _VERIFIER.verify(_signer().sign(principal)) == principal


def test_a_token_serves_again_while_it_is_fresh() -> None:
    signer = _signer()
    assert signer.sign(_STAFF) == signer.sign(_STAFF.model_copy())
    assert signer.sign(_STAFF) != signer.sign(_DEVICE)


@pytest.mark.parametrize("token", FORGED.values(), ids=FORGED.keys())
def test_a_forged_or_expired_token_is_refused(token: str) -> None:
    with pytest.raises((jwt.InvalidTokenError, ValueError)):
        _VERIFIER.verify(token)


def test_a_token_is_remembered_no_longer_than_it_lasts() -> None:
    ends = int(time.time()) + 60
    token = _token(exp=ends)
    assert _VERIFIER.verify(token) == _STAFF
    assert _VERIFIER._seen[token][0] == ends + 30
    _VERIFIER._seen[token] = (time.time() - 1, _STAFF)
    assert _VERIFIER.verify(token) == _STAFF


def test_remembering_is_bounded() -> None:
    signer, verifier = _signer(), Verifier(base64.b64encode(_KEY.public_key().public_bytes_raw()).decode())
    for _ in range(2100):
        verifier.verify(signer.sign(_STAFF.model_copy(update={"id": uuid4()})))
    assert len(verifier._seen) == len(signer._made) == 2048


def _app() -> FastAPI:
    app = FastAPI()
    app.state.verifier = _VERIFIER
    install_problem_handlers(app)

    @app.get("/anybody")
    async def anybody(caller: Caller) -> str:
        return caller.full_name

    @app.get("/staff")
    async def staff(caller: Staff) -> str:
        return caller.full_name

    @app.get("/device")
    async def device(caller: DeviceCaller) -> str:
        return caller.full_name

    return app


@pytest.mark.parametrize("token", FORGED.values(), ids=FORGED.keys())
async def test_nobody_gets_in_with_a_forged_token(token: str) -> None:
    answer = await call(_app(), "/anybody", headers=[(HEADER.lower().encode(), token.encode("latin-1"))])
    assert (answer.status, answer.body["title"]) == (401, "Unauthorized")


async def test_nobody_gets_in_without_a_token() -> None:
    assert (await call(_app(), "/anybody")).status == 401


@pytest.mark.parametrize(
    ("principal", "path", "status"),
    [
        (_STAFF, "/anybody", 200),
        (_STAFF, "/staff", 200),
        (_STAFF, "/device", 403),
        (_DEVICE, "/anybody", 200),
        (_DEVICE, "/staff", 403),
        (_DEVICE, "/device", 200),
    ],
)
async def test_staff_and_devices_have_their_own_calls(principal: Principal, path: str, status: int) -> None:
    token = _signer().sign(principal).encode()
    assert (await call(_app(), path, headers=[(HEADER.lower().encode(), token)])).status == status


def test_companies_limit_what_staff_may_see() -> None:
    one, other = uuid4(), uuid4()
    limited = _STAFF.model_copy(update={"companies": (one,)})
    assert [limited.may_see_company(one), limited.may_see_company(other)] == [True, False]
    assert _STAFF.may_see_company(other)
    assert not _STAFF.model_copy(update={"companies": ()}).may_see_company(one)
