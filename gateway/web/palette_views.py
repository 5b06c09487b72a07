"""Everything by a few letters, from any page: what can be done, tickets, clients and articles."""

from __future__ import annotations

import asyncio
from typing import Any, Final, NamedTuple

from fastapi import Request, Response

from gateway.access.viewers import StaffSession
from gateway.parts import parts_of
from gateway.upstream import Service
from gateway.web.desk_calls import PART_SECONDS, attempt
from gateway.web.language import words_of
from gateway.web.rendering import render
from gateway.web.routing import READING, pages_router
from gateway.web.staff_page import reading_staff
from gateway.web.viewer import page, part, wants_part

_LONGEST = 200
_TICKETS, _OF_CLIENTS, _ARTICLES = 6, 4, 4
router = pages_router()


def _(message: str) -> str:
    """Marks a message for the catalogue; it is translated where it is shown."""
    return message


class Command(NamedTuple):
    """`href`: where it leads; or `press`: the key of keys.js that does it with the open ticket."""

    name: str
    href: str = ""
    press: str = ""


WITH_TICKET: Final = (
    Command(_("Take for me"), press="m"),
    Command(_("Write an answer"), press="r"),
    Command(_("Write a note"), press="i"),
    Command(_("Put in a template"), press="t"),
    Command(_("Change the assignee"), press="a"),
    Command(_("Change the category"), press="c"),
    Command(_("Change the priority"), press="p"),
    Command(_("Next step of the ticket"), press="s"),
)
PLACES: Final = (
    Command(_("New ticket"), "/new"),
    Command(_("My tickets"), "/tickets?view=mine"),
    Command(_("All open tickets"), "/tickets?view=open"),
    Command(_("Board"), "/board"),
    Command(_("Given to me"), "/unread"),
    Command(_("Clients"), "/clients"),
    Command(_("What is coming to an end"), "/terms"),
    Command(_("Import a table"), "/clients/import"),
    Command(_("FAQ"), "/faq"),
    Command(_("Write an article"), "/faq/new"),
    Command(_("Reports"), "/reports"),
    Command(_("Categories"), "/categories"),
    Command(_("Rules of assignment"), "/assignment"),
    Command(_("SLA plans"), "/plans"),
    Command(_("Answer templates"), "/templates"),
    Command(_("Shift and absence"), "/profile"),
    Command(_("Notifications"), "/notices"),
    Command(_("One-time codes"), "/account"),
)


@router.api_route("/palette", methods=READING)
async def find_everything(request: Request) -> Response:
    session, viewer = await reading_staff(request)
    asked = request.query_params.get("q", "").replace("\0", " ").strip()[:_LONGEST]
    shown = {
        "asked": asked,
        "with_ticket": fitting(WITH_TICKET, asked, viewer.lang) if request.query_params.get("ticket") else [],
        "places": fitting(PLACES, asked, viewer.lang),
        **(await _found(request, session, asked) if asked else {}),
    }
    if wants_part(request):
        return part(render("palette/found.html", viewer.lang, **shown))
    return page("palette/page.html", viewer, section="", **shown)


def fitting(commands: tuple[Command, ...], asked: str, lang: str) -> list[Command]:
    """Those with words that begin as the words asked for do, in any order; all for nothing asked."""
    wanted = asked.lower().split()
    translated = words_of(lang).gettext
    return [
        command
        for command in commands
        if all(
            any(word.startswith(one) for word in f"{translated(command.name)} {command.name}".lower().split())
            for one in wanted
        )
    ]


async def _found(request: Request, session: StaffSession, asked: str) -> dict[str, Any]:
    """Each kind on its own: None where its service does not answer."""

    async def of(service: Service, path: str, limit: int, **more: str) -> dict[str, Any] | None:
        query = {"q": asked, "limit": str(limit), **more}
        return await attempt(
            parts_of(request).upstreams.get_json(
                service, path, session.principal, query=query, deadline=PART_SECONDS
            )
        )

    tickets, clients, articles = await asyncio.gather(
        of("tickets", "/tickets", _TICKETS),
        of("clients", "/search", _OF_CLIENTS),
        of("faq", "/articles", _ARTICLES, status="published", counted="false"),
    )
    return {"tickets": tickets, "clients": clients, "articles": articles}
