"""What the calls of every service have in common: If-Match, Idempotency-Key, cursors.

Dependencies are `async` though they await nothing: FastAPI runs a plain function in a thread of its pool.
"""

from __future__ import annotations

import base64
from typing import Annotated, TypeVar
from uuid import UUID

from fastapi import Depends, Header
from pydantic import BaseModel

from chassis.clock import new_id
from chassis.problems import Problem

LONGEST_CURSOR = 1000
PositionT = TypeVar("PositionT", bound=BaseModel)


def cursor_of(position: BaseModel | None) -> str | None:
    """Opaque to the caller; it says only where to go on, so a forged one shows nothing that is not theirs."""
    if position is None:
        return None
    return base64.urlsafe_b64encode(position.model_dump_json().encode()).decode().rstrip("=")


def position_in(cursor: str, kind: type[PositionT]) -> PositionT | None:
    """None for an empty cursor; raises Problem for one that is not ours."""
    if not cursor:
        return None
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        return kind.model_validate_json(base64.b64decode(padded, altchars=b"-_", validate=True))
    except ValueError as error:
        raise Problem(422, errors=[("cursor", "not a cursor of ours")]) from error


async def version_of(if_match: Annotated[str | None, Header(max_length=40)] = None) -> int | None:
    """The version in If-Match; None without the header or with `*`."""
    if if_match is None or if_match.strip() == "*":
        return None
    digits = if_match.strip().removeprefix("W/").strip('"')
    if not (digits.isascii() and digits.isdigit() and len(digits) < 16):
        raise Problem(412, "If-Match names no version of ours.")
    return int(digits)


async def key_of(idempotency_key: Annotated[UUID | None, Header()] = None) -> UUID | None:
    return idempotency_key


async def key_or_new(key: Annotated[UUID | None, Depends(key_of)]) -> UUID:
    """The caller's Idempotency-Key, or one that was never used."""
    return key or new_id()


Version = Annotated[int | None, Depends(version_of)]
IdempotencyKey = Annotated[UUID | None, Depends(key_of)]
Key = Annotated[UUID, Depends(key_or_new)]
