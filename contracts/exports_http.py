"""Files of reports that are made in the background, over HTTP."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from contracts.day import Day
from contracts.people import CompanyRef
from contracts.reports_http import FileFormat, FileQuery, StaffReportName

ExportState = Literal["waiting", "making", "ready", "failed"]


class NewExport(FileQuery):
    """A report as one sees it now, over the same days whenever it is made."""

    report: StaffReportName


class ExportView(BaseModel):
    """`rows_done` of `rows`: 0 of 0 until it is begun. `size` in bytes; after `expires_at` it is gone."""

    model_config = ConfigDict(populate_by_name=True)

    id: UUID
    report: StaffReportName
    format: FileFormat
    lang: Literal["ru", "en"]
    from_: Day = Field(alias="from")
    to: Day
    company: CompanyRef | None
    state: ExportState
    rows_done: int
    rows: int
    size: int | None
    asked_at: datetime
    done_at: datetime | None
    expires_at: datetime


class ExportList(BaseModel):
    """One's own, the newest first."""

    items: list[ExportView]
