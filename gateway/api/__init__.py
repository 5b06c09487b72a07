"""The public REST interface under /api/v1."""

from __future__ import annotations

from gateway.api import (
    articles,
    assignment,
    categories,
    contracts,
    credentials,
    desk_work,
    equipment,
    events,
    exports,
    history,
    licences,
    notices,
    plans,
    presence,
    registry,
    reports,
    schedules,
    search,
    session,
    staff,
    submissions,
    tables,
    templates,
    terms,
    tickets,
    unread,
    views,
)
from gateway.api.documents import Documents
from gateway.api.routing import Interface, routes_of

CALLS = (
    *session.CALLS,
    *submissions.CALLS,
    *events.CALLS,
    *tickets.CALLS,
    *desk_work.CALLS,
    *templates.CALLS,
    *categories.CALLS,
    *assignment.CALLS,
    *unread.CALLS,
    *staff.CALLS,
    *registry.CALLS,
    *equipment.CALLS,
    *credentials.CALLS,
    *licences.CALLS,
    *contracts.CALLS,
    *plans.CALLS,
    *terms.CALLS,
    *articles.CALLS,
    *reports.CALLS,
    *schedules.CALLS,
    *exports.CALLS,
    *tables.CALLS,
    *history.CALLS,
    *search.CALLS,
    *views.CALLS,
    *presence.CALLS,
    *notices.CALLS,
)


def interface() -> Interface:
    return Interface([*routes_of(CALLS), *Documents(CALLS).routes()])
