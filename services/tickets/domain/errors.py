"""Why a rule says no."""

from __future__ import annotations

from collections.abc import Sequence

from contracts.tickets_http import Meanwhile


class RuleError(Exception):
    """The ticket's rules forbid this; `field` is the field at fault."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field
        self.message = message


class TicketNotFoundError(Exception):
    """There is no such ticket, or it is not the caller's to see."""


class ViewNotFoundError(Exception):
    """There is no such saved view, or it is not shared with the caller."""


class PlanNotFoundError(Exception):
    """There is no such plan."""


class CategoryNotFoundError(Exception):
    """There is no such category, or it was merged into another one."""


class KeyReusedError(Exception):
    """This Idempotency-Key was used before, for something else."""


class TemplateNotFoundError(Exception):
    """There is no such answer template, or it is somebody's own."""


class TimerElsewhereError(Exception):
    """The specialist's timer runs on another ticket."""


class ConflictError(Exception):
    """Somebody changed the ticket meanwhile: the version is no longer the one this was decided on."""


class StaleError(ConflictError):
    """The version asked for is an older one; `version` is the newest."""

    def __init__(self, version: int, since: Sequence[Meanwhile]) -> None:
        super().__init__()
        self.version = version
        self.since = since
