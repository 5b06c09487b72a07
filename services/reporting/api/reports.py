"""The routes of the reports."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, FastAPI, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel

from chassis.clock import now
from chassis.parameters import position_in
from chassis.principal import Caller
from chassis.refusals import refuse
from contracts.reports_http import LinesQuery, ReportQuery, WorkQuery
from services.reporting.domain.asked import Asked
from services.reporting.domain.lines import Position, Wanted
from services.reporting.domain.storage import ArchiveStorage
from services.reporting.use_cases.ask import Asking, NotForYouError, asked_by
from services.reporting.use_cases.list_lines import list_lines
from services.reporting.use_cases.make_reports import (
    report_backlog,
    report_categories,
    report_effectiveness,
    report_sla,
    report_work,
)
from services.reporting.use_cases.report_articles import report_articles

router = APIRouter(prefix="/reports")


async def the_archive(request: Request) -> ArchiveStorage:
    return request.app.state.archive  # type: ignore[no-any-return]


TheArchive = Annotated[ArchiveStorage, Depends(the_archive)]
Plain = Annotated[ReportQuery, Query()]


@router.get("/work")
async def get_work(
    request: Request, query: Annotated[WorkQuery, Query()], caller: Caller, archive: TheArchive
) -> Response:
    position = position_in(query.cursor, Position)
    return _answer(await report_work(archive, _asking(request, query, caller), position, query.limit))


@router.get("/categories")
async def get_categories(request: Request, query: Plain, caller: Caller, archive: TheArchive) -> Response:
    threshold: int = request.app.state.house.threshold
    return _answer(await report_categories(archive, _asking(request, query, caller), threshold))


@router.get("/effectiveness")
async def get_effectiveness(request: Request, query: Plain, caller: Caller, archive: TheArchive) -> Response:
    return _answer(await report_effectiveness(archive, _asking(request, query, caller)))


@router.get("/sla")
async def get_sla(request: Request, query: Plain, caller: Caller, archive: TheArchive) -> Response:
    return _answer(await report_sla(archive, _asking(request, query, caller)))


@router.get("/backlog")
async def get_backlog(request: Request, query: Plain, caller: Caller, archive: TheArchive) -> Response:
    return _answer(await report_backlog(archive, _asking(request, query, caller)))


@router.get("/articles")
async def get_articles(request: Request, query: Plain, caller: Caller, archive: TheArchive) -> Response:
    return _answer(await report_articles(archive, _asking(request, query, caller)))


@router.get("/lines")
async def get_lines(
    request: Request, query: Annotated[LinesQuery, Query()], caller: Caller, archive: TheArchive
) -> Response:
    """The tickets behind a figure."""
    asking = _asking(request, query, caller)
    asked: Asked = asked_by(asking)
    wanted = Wanted(
        asked,
        query.figure,
        at_most=query.at_most,
        priority=query.priority.value if query.priority else None,
        equipment=query.equipment,
        without_equipment=query.without_equipment,
        status=query.status.value if query.status else None,
        exactly=query.exactly,
        uncategorised=query.uncategorised,
        unassigned=query.unassigned,
        reason=query.reason,
        unexplained=query.unexplained,
        age=query.age,
        weekday=query.weekday,
        hour=query.hour,
        at=asking.at,
        article=query.article,
        without_article=query.without_article,
        use=query.use,
    )
    if wanted.is_of_faq and not caller.is_staff:
        raise NotForYouError
    position = position_in(query.cursor, Position)
    return _answer(await list_lines(archive, wanted, position, query.limit))


def _asking(request: Request, query: ReportQuery, caller: Caller) -> Asking:
    return Asking(query, caller, request.app.state.zone, now())


def _answer(report: BaseModel) -> Response:
    return Response(report.model_dump_json(by_alias=True), media_type="application/json")


def install_answers(app: FastAPI) -> None:
    refuse(app, {NotForYouError: (403, "Reports are for staff, and for a client's manager.")})
