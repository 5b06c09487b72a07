"""What a report is asked of: the period and filters, and what the caller may see of it."""

from __future__ import annotations

from typing import NamedTuple

from services.reporting.domain.contributions import (
    ALL,
    category_scope,
    company_scope,
    staff_scope,
)
from services.reporting.domain.span import Span


class Asked(NamedTuple):
    """`companies`: only these (None: all of them); `staff` and `category` None: whoever, whatever."""

    span: Span
    companies: tuple[str, ...] | None = None
    staff: str | None = None
    category: str | None = None

    def scopes(self) -> list[str] | None:
        """Whose cells together give the answer; None where cells of all of these at once are not kept."""
        limits = [self.companies is not None, self.staff is not None, self.category is not None]
        if sum(limits) > 1:
            return None
        if self.companies is not None:
            return [company_scope(company) for company in self.companies]
        if self.staff is not None:
            return [staff_scope(self.staff)]
        return [category_scope(self.category)] if self.category is not None else [ALL]

    def over(self, span: Span) -> Asked:
        return self._replace(span=span)
