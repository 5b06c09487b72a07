"""The routes of answer templates."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from chassis.parameters import Key, Version
from chassis.principal import Principal, Staff
from contracts.templates_http import NewTemplate, TemplatePatch
from services.tickets.api.answers import json_answer
from services.tickets.api.parameters import Number
from services.tickets.api.routes import TicketsStore
from services.tickets.domain.desk_work import TemplateStorage
from services.tickets.domain.template import Template
from services.tickets.use_cases import keep_templates

router = APIRouter()


async def _templates(request: Request) -> TemplateStorage:
    return request.app.state.templates  # type: ignore[no-any-return]


TheTemplates = Annotated[TemplateStorage, Depends(_templates)]


@router.get("/templates")
async def list_templates(staff: Staff, templates: TheTemplates) -> Response:
    return json_answer((await keep_templates.see_templates(templates, staff)).model_dump())


@router.post("/templates")
async def post_template(new: NewTemplate, staff: Staff, key: Key, templates: TheTemplates) -> Response:
    return _answer(await keep_templates.add_template(templates, new, staff, key), staff, 201)


@router.get("/templates/{template_id}")
async def get_template(template_id: UUID, staff: Staff, templates: TheTemplates) -> Response:
    return _answer(await keep_templates.find_template(templates, template_id, staff), staff)


@router.patch("/templates/{template_id}")
async def patch_template(
    template_id: UUID, patch: TemplatePatch, staff: Staff, version: Version, templates: TheTemplates
) -> Response:
    changed = await keep_templates.change_template(templates, template_id, patch, staff, version)
    return _answer(changed, staff)


@router.delete("/templates/{template_id}")
async def delete_template(
    template_id: UUID, staff: Staff, version: Version, templates: TheTemplates
) -> Response:
    await keep_templates.remove_template(templates, template_id, staff, version)
    return Response(status_code=204)


@router.get("/tickets/{number}/templates")
async def list_filled(
    number: Number, staff: Staff, templates: TheTemplates, tickets: TicketsStore
) -> Response:
    filled = await keep_templates.fill_templates(templates, tickets, number, staff)
    return json_answer(filled.model_dump())


def _answer(template: Template, staff: Principal, status: int = 200) -> Response:
    view = keep_templates.shown(template, staff)
    return json_answer(view.model_dump(), status=status, version=template.version)
