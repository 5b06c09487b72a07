"""All the pages' routes, for the gateway's application to include."""

from __future__ import annotations

from gateway.web import (
    account_views,
    article_views,
    assets,
    assignment_views,
    board_views,
    bulk_views,
    call_views,
    category_views,
    enrol_views,
    equipment_views,
    list_views,
    live_views,
    merge_views,
    notice_views,
    portal_views,
    profile_views,
    saved_views,
    sign_in_views,
    suggestion_views,
    template_views,
    ticket_views,
)
from gateway.web.card import (
    audit_views,
    credential_views,
    device_views,
    edit_views,
    history_views,
    import_views,
    licence_views,
    overview_views,
    piece_views,
    tab_views,
    term_views,
)
from gateway.web.card import list_views as client_list_views
from gateway.web.card import merge_views as person_merge_views
from gateway.web.plans import plan_views
from gateway.web.reports import report_views

# What is fixed comes before what takes a name: /portal/enrol before /portal/{…}.
routers = (
    assets.router,
    live_views.router,
    board_views.router,
    list_views.router,
    equipment_views.router,
    bulk_views.router,
    merge_views.router,
    saved_views.router,
    template_views.router,
    notice_views.router,
    ticket_views.router,
    call_views.router,
    category_views.router,
    assignment_views.router,
    sign_in_views.router,
    account_views.router,
    enrol_views.router,
    portal_views.router,
    profile_views.router,
    article_views.router,
    suggestion_views.router,
    plan_views.router,
    report_views.router,
    client_list_views.router,
    import_views.router,
    overview_views.router,
    device_views.router,
    piece_views.router,
    credential_views.router,
    licence_views.router,
    person_merge_views.router,
    history_views.router,
    tab_views.router,
    term_views.router,
    audit_views.router,
    edit_views.router,
)
