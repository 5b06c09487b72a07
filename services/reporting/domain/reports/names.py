"""What ids are called, as far as it is known."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from contracts.people import CompanyRef, StaffRef
from services.reporting.domain.contributions import NOBODY


class Names:
    def __init__(self, known: Mapping[str, str]) -> None:
        self._known = known

    def company(self, key: str) -> CompanyRef:
        return CompanyRef(id=UUID(key), name=self._known.get(key, ""))

    def staff(self, key: str) -> StaffRef | None:
        return None if key in ("", NOBODY) else StaffRef(id=UUID(key), full_name=self._known.get(key, ""))
