"""An import on its way: the file's rows, what is to become of each, and how far it has come."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID, uuid5

from pydantic import BaseModel, Field

from contracts.import_http import FieldDifference, ImportState, Outcome, RowCounts, TableFormat, TableKind
from services.clients.domain.errors import RuleError
from services.clients.domain.tables.errors import TableError
from services.clients.domain.tables.field import TABLES, Columns
from services.clients.domain.tables.matching import must_fit
from services.clients.domain.tables.periods import Period
from services.clients.domain.tables.sheet import tidy

KEPT_FOR = timedelta(days=7)
CellT = TypeVar("CellT")


class StillWorkingError(RuleError):
    """What is asked for has to wait until the rows are looked at, or is done already."""

    def __init__(self, state: ImportState) -> None:
        super().__init__("state", f"not while it is {state}")


class Importer(BaseModel):
    """Whose rights the rows are written with, as they were when that was asked for last."""

    id: UUID
    full_name: str
    roles: tuple[str, ...]
    companies: tuple[UUID, ...] | None = None


class TableImport(BaseModel):
    """Kept for a week. `matching`: for each column the field that it means, as proposed or as settled."""

    id: UUID
    what: TableKind
    file_name: str
    format: TableFormat
    encoding: str = ""
    delimiter: str = ""
    headers: list[str]
    samples: list[list[str]]
    matching: list[str | None]
    state: ImportState = "matching"
    rows: int
    done_rows: int = 0
    counts: RowCounts = Field(default_factory=RowCounts)
    failure: str = ""
    by: Importer
    created_at: datetime
    updated_at: datetime
    expires_at: datetime

    @property
    def columns(self) -> Columns:
        return TABLES[self.what]

    @property
    def has_secrets(self) -> bool:
        """Its rows are sealed: a column may hold a password until it is settled that it does not."""
        return bool(self.columns.secrets)

    def settle(self, matching: list[str | None], by: Importer, at: datetime) -> None:
        """Raises RuleError for what does not fit, StillWorkingError while rows are being looked at."""
        if self.state not in ("matching", "checked"):
            raise StillWorkingError(self.state)
        try:
            must_fit(matching, self.headers, self.columns)
        except TableError as error:
            raise RuleError("columns", str(error)) from error
        self.matching, self.by = matching, by
        self.samples = self.open_of(self.samples, [])
        self._begin("checking", at)

    def begin_applying(self, by: Importer, at: datetime) -> None:
        """Harmless when it has begun; raises StillWorkingError before everything is looked at."""
        if self.state in ("applying", "done"):
            return
        if self.state != "checked":
            raise StillWorkingError(self.state)
        self.by = by
        self._begin("applying", at)

    def _begin(self, state: ImportState, at: datetime) -> None:
        self.state, self.done_rows, self.updated_at = state, 0, at
        self.expires_at = at + KEPT_FOR

    def open_of(self, cells: Sequence[CellT], nothing: CellT) -> list[CellT]:
        """What may be read of a row: `nothing` where a secret is, or where nobody said what it is."""
        if not self.has_secrets:
            return list(cells)
        secrets = self.columns.secrets
        readable = [name is not None and name not in secrets for name in self.matching]
        return [cell if may else nothing for cell, may in zip(cells, readable, strict=False)]

    def tidied(self, cells: Sequence[str]) -> list[str]:
        """As they are read, once it is settled what each is."""
        exact = {field.name for field in self.columns.fields if field.exact}
        meant = itertools.chain(self.matching, itertools.repeat(None))
        return [cell if name in exact else tidy(cell) for name, cell in zip(meant, cells, strict=False)]

    def values_in(self, cells: list[str]) -> dict[str, str]:
        """What a row says, by field; an empty cell says nothing."""
        said = zip(self.matching, cells, strict=False)
        return {field: cell for field, cell in said if field is not None and cell.strip()}

    def key_of_row(self, row: int) -> UUID:
        """So that a row that is done again makes nothing twice."""
        return uuid5(self.id, str(row))


class Row(BaseModel):
    """`key`: what makes two rows of one file say the same thing; `is_done`: nothing more is to do with it.

    `answers_to` and `hangs_on`: what connects equipment of one file (connections.py); `holds`: what parts
    contracts of one file (periods.py).
    Of a table with secrets `sealed` is all of the row, and `cells` only what may be read of it.
    """

    import_id: UUID
    row: int
    cells: list[str]
    sealed: bytes = b""
    outcome: Outcome = "unknown"
    name: str = ""
    reason: str = ""
    changes: list[FieldDifference] = Field(default_factory=list)
    target: UUID | None = None
    key: str = ""
    answers_to: str = ""
    hangs_on: str = ""
    holds: Period | None = None
    is_done: bool = False

    def refuse(self, reason: str) -> None:
        self.outcome, self.reason, self.changes = "error", reason, []
