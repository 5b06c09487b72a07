"""The time and the identities that are made from it."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from uuid_utils.compat import uuid7


def now() -> datetime:
    """The present in UTC, cut to milliseconds: what MongoDB keeps, so that a value read back is equal."""
    moment = datetime.now(UTC)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def new_id() -> UUID:
    """A UUIDv7 (RFC 9562): unique, and sorted by the time it was made."""
    return uuid7()
