"""Who asks, signed by the gateway and checked by every service: the network is not trusted."""

from __future__ import annotations

import base64
import time
from collections import OrderedDict
from typing import Annotated, Any, Literal
from uuid import UUID

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from fastapi import Depends, Request
from pydantic import BaseModel, ConfigDict

from chassis.problems import Problem

HEADER = "X-Principal"
_ISSUER = "helpdesk-gateway"
_LIFETIME_SECONDS = 60
_LEEWAY_SECONDS = 30
_REMEMBERED = 2048


class Principal(BaseModel):
    """Staff have roles (and companies when limited to some); a device stands for one person.

    For what is written down of who asked: the `ticket` it is about, which the gateway has seen to be that
    company's, and from where (`address`, `program`).
    """

    model_config = ConfigDict(frozen=True)

    kind: Literal["staff", "device", "gateway"]
    id: UUID
    full_name: str
    roles: tuple[str, ...] = ()
    companies: tuple[UUID, ...] | None = None
    person_id: UUID | None = None
    company_id: UUID | None = None
    company_name: str = ""
    is_manager: bool = False
    confirmed: bool = True
    ticket: int | None = None
    ticket_company: UUID | None = None
    address: str = ""
    program: str = ""

    @property
    def is_staff(self) -> bool:
        return self.kind == "staff"

    def may_see_company(self, company: UUID) -> bool:
        return self.companies is None or company in self.companies


class Signer:
    """Makes principal tokens; one made for a principal serves again while half its life is left."""

    def __init__(self, private_key: str) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(base64.b64decode(private_key))
        self._made: OrderedDict[Principal, tuple[float, str]] = OrderedDict()

    def sign(self, principal: Principal) -> str:
        moment = time.time()
        known = self._made.get(principal)
        if known and known[0] > moment:
            return known[1]
        claims = {
            "iss": _ISSUER,
            "exp": int(moment) + _LIFETIME_SECONDS,
            "who": principal.model_dump(mode="json"),
        }
        token = jwt.encode(claims, self._key, algorithm="EdDSA")
        _remember(self._made, principal, (moment + _LIFETIME_SECONDS / 2, token))
        return token


class Verifier:
    """Checks principal tokens; a good one is remembered until it expires."""

    def __init__(self, public_key: str) -> None:
        self._key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public_key))
        self._seen: OrderedDict[str, tuple[float, Principal]] = OrderedDict()

    def verify(self, token: str) -> Principal:
        """Raises jwt.InvalidTokenError for anything the gateway did not sign, or no longer stands by."""
        known = self._seen.get(token)
        if known and known[0] > time.time():
            return known[1]
        claims = jwt.decode(
            token,
            self._key,
            algorithms=["EdDSA"],
            issuer=_ISSUER,
            leeway=_LEEWAY_SECONDS,
            options={"require": ["exp", "iss", "who"]},
        )
        principal = Principal.model_validate(claims["who"])
        _remember(self._seen, token, (claims["exp"] + _LEEWAY_SECONDS, principal))
        return principal


def _remember(cache: OrderedDict[Any, Any], key: Any, value: Any) -> None:
    cache[key] = value
    cache.move_to_end(key)
    if len(cache) > _REMEMBERED:
        cache.popitem(last=False)


async def the_principal(request: Request) -> Principal:
    """The caller; 401 without a valid token."""
    try:
        return request.app.state.verifier.verify(request.headers.get(HEADER, ""))  # type: ignore[no-any-return]
    except (jwt.InvalidTokenError, ValueError) as error:
        raise Problem(401, "No valid principal came with this call.") from error


async def the_staff(principal: Annotated[Principal, Depends(the_principal)]) -> Principal:
    if not principal.is_staff:
        raise Problem(403, "Only staff may do this.")
    return principal


async def the_requester(principal: Annotated[Principal, Depends(the_principal)]) -> Principal:
    if principal.kind != "device":
        raise Problem(403, "Only a client's device may do this.")
    return principal


Caller = Annotated[Principal, Depends(the_principal)]
Staff = Annotated[Principal, Depends(the_staff)]
DeviceCaller = Annotated[Principal, Depends(the_requester)]
