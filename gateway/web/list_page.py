"""The list («Заявки»): rows from the cache, put together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from gateway.web.filters import Filters
from gateway.web.labels import VIEWS
from gateway.web.language import words_of
from gateway.web.rendering import environment
from gateway.web.rows import render_row
from gateway.web.viewer import Viewer


def render_list(
    viewer: Viewer, filters: Filters, found: dict[str, Any] | None, staff: Sequence[Mapping[str, Any]]
) -> Markup:
    """`found` is the tickets service's answer; None says that it did not come."""
    pages = environment(viewer.lang)
    gettext = words_of(viewer.lang).gettext
    return Markup(  # noqa: S704 - put together from templates that escape
        pages.get_template("list.html").render(
            viewer=viewer,
            filters=filters,
            conditions=filters.conditions(viewer.me),
            views=[(name, gettext(label)) for name, label in VIEWS.items()],
            staff=staff,
            rows=None if found is None else _joined(found["items"], viewer.lang),
            next=found and found["next"],
            company_name=_company_name(found, filters.company),
        )
    )


def _joined(items: Sequence[Mapping[str, Any]], lang: str) -> Markup:
    return Markup("\n".join([render_row(ticket, lang) for ticket in items]))  # noqa: S704 - rows are escaped


def _company_name(found: dict[str, Any] | None, company: str) -> str:
    if not (company and found and found["items"]):
        return ""
    return str(found["items"][0]["company"]["name"])
