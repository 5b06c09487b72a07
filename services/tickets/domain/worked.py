"""How much was worked in which month: within the contract, and in addition to it."""

from __future__ import annotations

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict

from services.tickets.domain.log import Entry


class Worked(BaseModel):
    """`month` is such as 2026-11, by the calendar of where we work; `minutes` are without the additional."""

    model_config = ConfigDict(frozen=True)

    month: str
    minutes: int = 0
    additional: int = 0


def worked_by_month(entries: Iterable[Entry], zone: ZoneInfo) -> list[Worked]:
    """Work counts in the month in which it was logged, also when it is put right later."""
    months: dict[str, Worked] = {}
    for entry in entries:
        if not entry.minutes:
            continue
        month = entry.at.astimezone(zone).strftime("%Y-%m")
        so_far = months.get(month, Worked(month=month))
        field = "additional" if entry.additional else "minutes"
        months[month] = so_far.model_copy(update={field: getattr(so_far, field) + entry.minutes})
    return list(months.values())
