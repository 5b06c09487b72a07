"""Tables of the registry over HTTP: imported in three steps, exported in one.

1. A file is uploaded: its columns come back with a proposed matching (`state` matching).
2. The matching is settled: every row is looked at and nothing written (checking, then checked).
3. It is applied in the background, row by row, and goes on after whatever interrupts it (applying, done).

Of a table of credentials only what may be read is ever shown: no samples, differences or rows of errors
have what a column that is secret, or left out, says.
"""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

MOST_BYTES = 10 * 1024 * 1024
MOST_ROWS = 20_000
MOST_COLUMNS = 60
LONGEST_CELL = 20_000

TableKind = Literal["companies", "people", "equipment", "credentials", "licences", "contracts"]
TableFormat = Literal["csv", "xlsx"]
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ImportState = Literal["matching", "checking", "checked", "applying", "done", "failed"]
Outcome = Literal["unknown", "create", "update", "skip", "error"]
FieldName = Annotated[str, Field(min_length=1, max_length=40, pattern="^[a-z_]+$")]


class TableColumn(BaseModel):
    """A column of the file, the first things in it, and the field it is taken for (null: left out)."""

    header: str
    samples: list[str]
    field: str | None


class TableField(BaseModel):
    """A field that a column may be matched with; a row without a required one cannot be created.

    What is taken for a `secret` one is sealed when it comes, and never shown again.
    """

    name: str
    required: bool
    secret: bool = False


class Matching(BaseModel):
    """For each column of the file, in its order, the field it means (null: leave it out)."""

    model_config = ConfigDict(extra="forbid")

    columns: Annotated[list[FieldName | None], Field(max_length=MOST_COLUMNS)]


class RowCounts(BaseModel):
    """How many rows there are of each outcome; before applying: of what would become of them."""

    create: int = 0
    update: int = 0
    skip: int = 0
    error: int = 0


class ImportView(BaseModel):
    """`done_rows` of `rows`: the progress of checking or applying. `failure`: why it failed as a whole."""

    id: UUID
    what: TableKind
    file_name: str
    format: TableFormat
    encoding: str
    delimiter: str
    state: ImportState
    columns: list[TableColumn]
    fields: list[TableField]
    rows: int
    done_rows: int
    counts: RowCounts
    failure: str
    started_by: str
    created_at: AwareDatetime
    updated_at: AwareDatetime


class ImportPage(BaseModel):
    """The newest first; no more than can be looked over."""

    items: list[ImportView]
    next: str | None = None


class FieldDifference(BaseModel):
    """Of a secret it is only said that the row has one."""

    field: str
    before: str
    after: str
    is_secret: bool = False


class ImportRow(BaseModel):
    """`row` is its number in the file (the header is 1). `reason`: why it is an error or is skipped."""

    row: int
    outcome: Outcome
    is_applied: bool
    name: str
    reason: str
    changes: list[FieldDifference]
    id: UUID | None


class ImportRowPage(BaseModel):
    items: list[ImportRow]
    next: str | None = None
