"""The list's filters in the address, static files, and where one may be sent on to."""

from __future__ import annotations

import pytest

from gateway.web.assets import STATIC, assets, fingerprint, static
from gateway.web.filters import Filters, read_filters
from gateway.web.routing import local_path

SOMEBODY = "0198b0c0-0000-7000-8000-000000000001"
ME = "0198b0c0-0000-7000-8000-000000000009"


def test_what_is_in_the_address_is_what_the_list_shows() -> None:
    filters = read_filters({"view": "all", "assignee": SOMEBODY, "priority": "high", "q": " принтер  hp "})
    assert filters == Filters(view="all", assignee=SOMEBODY, priority="high", q="принтер hp")
    assert read_filters(
        dict(pair.split("=") for pair in Filters(view="mine", priority="low").query.split("&"))
    ) == (Filters(view="mine", priority="low"))


@pytest.mark.parametrize(
    "query",
    [
        {"view": "'; drop"},
        {"assignee": "$ne"},
        {"company": "../../etc"},
        {"person": "1"},
        {"priority": "huge"},
        {"unknown": "x"},
    ],
)
def test_what_cannot_be_is_left_out(query: dict[str, str]) -> None:
    assert read_filters(query) == Filters()


def test_my_tickets_are_asked_for_by_my_own_id() -> None:
    assert Filters(view="mine").asked(ME)["assignee"] == ME
    assert Filters(view="mine").conditions(ME)["status"] == ["new", "in_progress", "waiting"]


def test_another_filter_begins_at_the_first_page() -> None:
    assert Filters(cursor="abc").href(priority="low") == "/tickets?view=open&priority=low"


@pytest.mark.parametrize(
    "wanted",
    [
        "//evil.example",
        "/\\evil.example",
        "https://evil.example",
        "javascript:alert(1)",
        "",
        "/a\nSet-Cookie: x",
        "/a\\b",
    ],
)
def test_one_is_sent_on_only_within_our_own_pages(wanted: str) -> None:
    assert local_path(wanted, "/tickets") == "/tickets"


def test_one_is_sent_back_where_one_came_from() -> None:
    assert local_path("/tickets/5?view=mine&q=%D0%B0", "/") == "/tickets/5?view=mine&q=%D0%B0"


def test_a_file_is_served_under_the_hash_of_all_of_them() -> None:
    assert static("pages.css") == f"/static/{fingerprint()}/pages.css"
    with pytest.raises(KeyError):
        static("missing.css")


def test_every_stylesheet_is_served_and_none_asks_another_host() -> None:
    served = assets()["pages.css"].plain.decode()
    for sheet in (STATIC / "css").glob("*.css"):
        assert sheet.read_text() in served, sheet.name
    assert "http:" not in served
    assert "https:" not in served
    assert "@import" not in served
