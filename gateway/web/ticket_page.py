"""One ticket as HTML: the whole of it, or what a change has to bring up to date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from gettext import NullTranslations
from typing import Any

from markupsafe import Markup

from chassis.clock import new_id
from gateway.web.filters import Filters
from gateway.web.labels import PRIORITIES
from gateway.web.language import words_of
from gateway.web.moments import away
from gateway.web.names import short_name
from gateway.web.rendering import environment
from gateway.web.viewer import Viewer

_SHOWN_AS_PICTURE = ("image/png", "image/jpeg", "image/webp", "image/gif")


@dataclass(frozen=True)
class Typed:
    """What stands in the composer: nothing, or what could not be sent."""

    text: str = ""
    kind: str = "answer"
    minutes: str = ""
    additional: bool = False
    then: str = ""
    key: str = ""
    version: int = 0
    mentions: tuple[str, ...] = ()
    files: tuple[dict[str, Any], ...] = ()


def render_ticket(
    viewer: Viewer,
    ticket: dict[str, Any],
    *,
    clock: dict[str, Any] | None,
    colleagues: Sequence[Mapping[str, Any]],
    categories: Sequence[str] = (),
    guessed: Mapping[str, Any] | None = None,
    client: Mapping[str, Any] | None = None,
    filters: Filters | None = None,
    typed: Typed | None = None,
    problem: str = "",
) -> Markup:
    """`client` None leaves the client's column out: it has not changed."""
    pages = environment(viewer.lang)
    gettext = words_of(viewer.lang).gettext
    typed = typed or Typed()
    return Markup(  # noqa: S704 - put together from templates that escape
        pages.get_template("ticket/ticket.html").render(
            viewer=viewer,
            ticket={
                **ticket,
                "files": [with_addresses(file) for file in ticket["files"]],
                "entries": [_with_files(entry) for entry in ticket["entries"]],
            },
            sla=clock,
            categories=categories,
            guessed=guessed,
            assignees=_assignees(ticket, colleagues, words_of(viewer.lang)),
            priority_options=[(name, gettext(label)) for name, label in PRIORITIES.items()],
            back=(filters or Filters()).href(),
            typed=Typed(**{**vars(typed), "key": typed.key or str(new_id())}),
            problem=problem,
            article_key=str(new_id()),
            has_client=client is not None,
            responsible=_responsible(client or {}, colleagues),
            **(client or {}),
        )
    )


def drafted(draft: Mapping[str, Any]) -> Typed:
    """What was being written, as it was kept; `version` says of when."""
    return Typed(
        text=draft["text"],
        kind="answer" if draft["public"] else "note",
        minutes=str(draft["minutes"] or ""),
        additional=draft["additional"],
        version=draft["version"],
    )


def _with_files(entry: dict[str, Any]) -> dict[str, Any]:
    files = entry.get("files")
    return {**entry, "files": [with_addresses(file) for file in files]} if files else entry


def with_addresses(file: Mapping[str, Any]) -> dict[str, Any]:
    href = f"/api/v1/files/{file['id']}"
    shown = file.get("content_type") in _SHOWN_AS_PICTURE
    return {"href": href, "display_href": f"{href}/display" if shown else None, **file}


def _responsible(client: Mapping[str, Any], colleagues: Sequence[Mapping[str, Any]]) -> str:
    """Who looks after the company; nothing where nobody does, or nobody who is still here."""
    wanted = (client.get("company") or {}).get("responsible_id")
    return next(
        (short_name(one["full_name"]) for one in colleagues if wanted and str(one["id"]) == wanted), ""
    )


def _assignees(
    ticket: dict[str, Any], colleagues: Sequence[Mapping[str, Any]], words: NullTranslations
) -> list[tuple[str, str]]:
    """Nobody, everybody here, and who has it now even when no longer here; of who is away, until when."""
    names = {str(one["id"]): short_name(one["full_name"]) for one in colleagues}
    for one in colleagues:
        if until := one.get("away_until"):
            names[str(one["id"])] += f" · {away(until, words)}"
    if ticket["assignee"]:
        names.setdefault(ticket["assignee"]["id"], short_name(ticket["assignee"]["full_name"]))
    return [("", "—"), *sorted(names.items(), key=lambda one: one[1])]
