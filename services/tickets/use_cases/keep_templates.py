"""Specialists write answer templates, share them, and use them on a ticket."""

from __future__ import annotations

from uuid import UUID

from chassis.principal import Principal
from contracts.people import StaffRef
from contracts.templates_http import (
    MOST_TEMPLATES,
    FilledTemplate,
    FilledTemplates,
    NewTemplate,
    TemplateList,
    TemplatePatch,
    TemplateView,
)
from services.tickets.domain.desk_work import TemplateStorage
from services.tickets.domain.errors import ConflictError, KeyReusedError, RuleError, TemplateNotFoundError
from services.tickets.domain.storage import TicketStorage
from services.tickets.domain.template import FIELDS, Filling, Template, check_fields, filled
from services.tickets.use_cases.change_ticket import find_ticket

_MOST_SEEN = 500


async def see_templates(templates: TemplateStorage, staff: Principal) -> TemplateList:
    seen = await templates.seen_by(staff.id, _MOST_SEEN)
    return TemplateList(items=[shown(one, staff) for one in seen], fields=list(FIELDS))


async def fill_templates(
    templates: TemplateStorage, tickets: TicketStorage, number: int, staff: Principal
) -> FilledTemplates:
    """Raises TicketNotFoundError."""
    ticket = await find_ticket(tickets, number, staff)
    filling = Filling(
        number=ticket.number,
        title=ticket.title,
        person=ticket.person,
        company=ticket.company,
        staff=staff.full_name,
    )
    seen = await templates.seen_by(staff.id, _MOST_SEEN)
    items = [FilledTemplate(id=one.id, name=one.name, text=filled(one.text, filling)) for one in seen]
    return FilledTemplates(items=items)


async def add_template(templates: TemplateStorage, new: NewTemplate, staff: Principal, key: UUID) -> Template:
    """`key` becomes its id: the same again is the same template. Raises KeyReusedError, RuleError."""
    check_fields(new.text)
    owner = StaffRef(id=staff.id, full_name=staff.full_name)
    template = Template(id=key, owner=owner, **new.model_dump())
    if await templates.count_of(staff.id) >= MOST_TEMPLATES:
        raise RuleError("name", f"nobody can keep more than {MOST_TEMPLATES} templates")
    if not await templates.add(template):
        known = await templates.get(key)
        if known.model_copy(update={"version": 1}) != template:
            raise KeyReusedError
        return known
    return template


async def find_template(templates: TemplateStorage, template_id: UUID, staff: Principal) -> Template:
    """Raises TemplateNotFoundError, alike for «not there» and «not shared»."""
    template = await templates.get(template_id)
    if not template.is_seen_by(staff.id):
        raise TemplateNotFoundError
    return template


async def change_template(
    templates: TemplateStorage, template_id: UUID, patch: TemplatePatch, staff: Principal, version: int | None
) -> Template:
    """Raises ConflictError when `version` is no longer the newest, RuleError, TemplateNotFoundError."""
    wanted = patch.model_dump(exclude_unset=True)
    check_fields(wanted.get("text", ""))
    before = await _kept(templates, template_id, staff, version)
    if all(getattr(before, name) == value for name, value in wanted.items()):
        return before
    after = before.model_copy(update={**wanted, "version": before.version + 1})
    await templates.save(after)
    return after


async def remove_template(
    templates: TemplateStorage, template_id: UUID, staff: Principal, version: int | None
) -> None:
    """Raises ConflictError when `version` is no longer the newest, RuleError, TemplateNotFoundError."""
    await templates.remove(await _kept(templates, template_id, staff, version))


async def _kept(
    templates: TemplateStorage, template_id: UUID, staff: Principal, version: int | None
) -> Template:
    template = await find_template(templates, template_id, staff)
    if not template.is_kept_by(staff.id, staff.roles):
        raise RuleError("id", "this template is somebody else's; write one of your own")
    if version is not None and template.version != version:
        raise ConflictError
    return template


def shown(template: Template, staff: Principal) -> TemplateView:
    return TemplateView(**template.model_dump(), mine=template.is_kept_by(staff.id, staff.roles))
