"""Why the registry says no."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from services.clients.domain.aggregate import Aggregate


class RuleError(Exception):
    """The registry's rules forbid this; `field` is the field at fault."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field
        self.message = message


class TakenError(RuleError):
    """Another one has this value, and only one may."""


class NotInRegistryError(Exception):
    """There is no such thing, or it is not the caller's to see."""


class ConflictError(Exception):
    """Somebody changed it meanwhile: the version is no longer the one this was decided on.

    `current` is how it stands now, `contested` the fields that this change wanted otherwise.
    """

    def __init__(self, current: Aggregate | None = None, contested: tuple[str, ...] = ()) -> None:
        super().__init__()
        self.current = current
        self.contested = contested


class TooManyLooksError(Exception):
    """Nobody needs so many secrets in a minute; whoever stole a session would."""


class CodeRefusedError(Exception):
    """The enrolment code is wrong, withdrawn, expired or used up; which of these is not told."""


class MadeBeforeError(Exception):
    """The same Idempotency-Key made something already."""


class KeyReusedError(Exception):
    """The same Idempotency-Key came with something else to make."""
