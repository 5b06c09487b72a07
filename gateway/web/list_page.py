"""The list («Заявки»): rows from the cache, put together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from chassis.clock import new_id
from gateway.web.filters import Filters
from gateway.web.labels import JUDGED, ORDERS, VIEWS
from gateway.web.language import words_of
from gateway.web.own_views import OwnViews, is_changed, shared_choices
from gateway.web.rendering import environment
from gateway.web.rows import render_row
from gateway.web.viewer import Viewer


def render_list(
    viewer: Viewer,
    filters: Filters,
    found: dict[str, Any] | None,
    staff: Sequence[Mapping[str, Any]],
    *,
    own: OwnViews | None = None,
    categories: Sequence[str] = (),
    outcome: object = None,
) -> Markup:
    """`found` is the tickets service's answer; None says that it did not come; `outcome`: what became of a
    change of several."""
    pages = environment(viewer.lang)
    gettext = words_of(viewer.lang).gettext
    return Markup(  # noqa: S704 - put together from templates that escape
        pages.get_template("list/list.html").render(
            viewer=viewer,
            filters=filters,
            conditions=filters.conditions(viewer.me),
            views=[(name, gettext(label)) for name, label in VIEWS.items()],
            staff=staff,
            own=own or OwnViews(),
            changed=is_changed(own or OwnViews(), filters),
            shared_choices=shared_choices(viewer.lang),
            categories=categories,
            rows=None if found is None else _joined(found["items"], viewer.lang),
            next=found and found["next"],
            named=_named(found),
            orders={name: gettext(label) for name, label in ORDERS.items()},
            judged={name: gettext(label) for name, label in JUDGED.items()},
            outcome=outcome,
            bulk_key=str(new_id()),
        )
    )


def _joined(items: Sequence[Mapping[str, Any]], lang: str) -> Markup:
    return Markup("\n".join([render_row(ticket, lang) for ticket in items]))  # noqa: S704 - rows are escaped


def _named(found: dict[str, Any] | None) -> dict[str, str]:
    """Names for the filters' chips: each row of a narrowed list has them."""
    row = found["items"][0] if found and found["items"] else {}
    names = {"company": row.get("company"), "equipment": row.get("equipment")}
    said = {key: str(one["name"]) if one else "" for key, one in names.items()}
    return {**said, "person": str(row["person"]["full_name"]) if row else ""}
