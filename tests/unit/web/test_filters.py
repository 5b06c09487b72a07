"""What the address of the list says, and what is asked by it."""

from __future__ import annotations

import pytest

from gateway.web.filters import Filters, read_filters

ME = "0198b0c0-0000-7000-8000-0000000000aa"


@pytest.mark.parametrize(
    ("said", "view", "asked"),
    [
        ({"view": "open", "status": "waiting"}, "open", "waiting"),
        ({"view": "open", "status": "closed"}, "all", "closed"),
        ({"view": "new", "status": "waiting"}, "all", "waiting"),
        ({"view": "mine", "status": "resolved"}, "mine", "resolved"),
        ({"view": "all", "status": "merged"}, "all", "merged"),
        ({"view": "open", "status": "gone"}, "open", "new,in_progress,waiting"),
    ],
)
def test_one_status_is_asked_for_instead_of_those_of_the_view(
    said: dict[str, str], view: str, asked: str
) -> None:
    filters = read_filters(said)
    assert (filters.view, filters.asked(ME)["status"]) == (view, asked)
    assert filters.conditions(ME)["status"] == asked.split(",")
    assert read_filters(dict(pair.split("=") for pair in filters.query.split("&"))) == filters


def test_what_narrows_is_kept_by_a_saved_view() -> None:
    kept = Filters(view="all", status="resolved", sla="broken").kept
    assert kept == {"view": "all", "status": "resolved", "sla": "broken"}
