"""Answer templates: one's own and those that are shared; filled for a ticket."""

from __future__ import annotations

from contracts.templates_http import (
    FilledTemplates,
    NewTemplate,
    TemplateList,
    TemplatePatch,
    TemplateView,
)
from gateway.api.calls import Call
from gateway.api.passing import for_staff

_ONE = "/templates/{id:id}"
CALLS = (
    Call(
        "GET", "/templates", for_staff("tickets", "/templates"), "Answer templates, by name",
        "staff", "templates", answer=TemplateList,
    ),
    Call(
        "POST", "/templates", for_staff("tickets", "/templates"), "Write an answer template",
        "staff", "templates", status=201, body=NewTemplate, answer=TemplateView,
        headers=("Idempotency-Key",), also=(409,), etag=True,
    ),
    Call(
        "GET", _ONE, for_staff("tickets", "/templates/{id}"), "One answer template", "staff", "templates",
        answer=TemplateView, also=(404,), etag=True,
    ),
    Call(
        "PATCH", _ONE, for_staff("tickets", "/templates/{id}"), "Change an answer template",
        "staff", "templates", body=TemplatePatch, answer=TemplateView, headers=("If-Match",),
        also=(404, 409, 412), etag=True,
    ),
    Call(
        "DELETE", _ONE, for_staff("tickets", "/templates/{id}"), "Remove an answer template",
        "staff", "templates", status=204, headers=("If-Match",), also=(404, 409, 412),
    ),
    Call(
        "GET", "/tickets/{number:number}/templates", for_staff("tickets", "/tickets/{number}/templates"),
        "The answer templates, their fields filled from a ticket", "staff", "templates",
        answer=FilledTemplates, also=(404,),
    ),
)  # fmt: skip
