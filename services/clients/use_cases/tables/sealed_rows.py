"""Rows of a table with secrets: sealed with the import's own key from the moment they come."""

from __future__ import annotations

import json
from collections.abc import Sequence
from uuid import UUID

from services.clients.domain.tables.table_import import Row
from services.clients.domain.vault.data_key import CompanyKey


def seal_row(key: CompanyKey, import_id: UUID, number: int, cells: Sequence[str]) -> bytes:
    return key.seal(import_id, f"row {number}", json.dumps(cells))


def open_row(key: CompanyKey, row: Row) -> list[str]:
    """All of its cells; raises BrokenSealError."""
    cells: list[str] = json.loads(key.open(row.import_id, f"row {row.row}", row.sealed))
    return cells
