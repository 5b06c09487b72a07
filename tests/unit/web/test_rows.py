"""One row of the list: what anybody may have typed stays text."""

from __future__ import annotations

import re
from typing import Any

import pytest

from gateway.web import rows
from gateway.web.rows import render_row
from tests.unit.web.samples import HOSTILE, elements, ticket


def _found(place: str, *pieces: str, entry: str | None = None) -> dict[str, Any]:
    """Every second piece is what was looked for."""
    told = [{"text": piece, "hit": n % 2 == 1} for n, piece in enumerate(pieces)]
    return {"place": place, "pieces": told, "entry": entry}


def test_a_row_shows_where_a_search_found_its_words() -> None:
    key = "0198b0c0-0000-7000-8000-000000000009"
    places = [
        _found("title", "Не печатает ", "принтер"),
        _found("person", "Кузнецова ", "Анна", " Михайловна"),
        _found("log", "…Заменил ", "термоплёнку", entry=key),
    ]
    row = render_row(ticket(found=places, category="Печать"), "ru")
    assert f'<a href="/tickets/10412#entry-{key}">Не печатает <mark>принтер</mark></a>' in row
    assert "<mark>Кузнецова\u00a0А.\u00a0М.</mark>" in row
    assert '<span class="c-found">в журнале: …Заменил <mark>термоплёнку</mark></span>' in row
    assert "<mark>" not in render_row(ticket(), "ru")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_that_was_found_stays_text(text: str) -> None:
    places = [
        [_found(place, shown, shown) for place in ("title", "company", "text")] for shown in ("x", text)
    ]
    harmless, hostile = (elements(render_row(ticket(found=one), "ru")) for one in places)
    assert hostile.tags == harmless.tags
    assert hostile.attributes == harmless.attributes


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("field", ["title", "person", "company", "assignee"])
def test_hostile_text_in_a_row_adds_no_element_and_no_attribute(field: str, text: str) -> None:
    """Compared with a harmless row of the same shape."""
    assignee = {"id": "0198b0c0-0000-7000-8000-000000000005", "full_name": "Орлов Дмитрий"}
    plain = ticket(id="plain", assignee=assignee)
    shown: Any = (
        text if field == "title" else {**plain[field], ("name" if field == "company" else "full_name"): text}
    )
    row = elements(render_row({**plain, "id": f"{field}{text}", field: shown}, "ru"))
    harmless = elements(render_row(plain, "ru"))
    assert row.tags == harmless.tags
    assert row.attributes == harmless.attributes


def test_a_row_says_what_the_list_promises_in_the_readers_language() -> None:
    row = elements(render_row(ticket(), "ru")).text
    for said in (
        "10412",
        "23.11.2026 14:05",
        "Не печатает принтер",
        "Кузнецова\u00a0А.\u00a0М.",
        "ООО «Ромашка»",
        "Новая",
    ):
        assert said in row
    assert "New" in elements(render_row(ticket(), "en")).text


def test_the_clock_shows_the_next_thing_due_and_its_pause() -> None:
    running = render_row(ticket(id="a"), "ru")
    assert 'data-due="2026-11-23T11:35:00Z"' in running
    reacted = ticket(id="b")["sla"] | {"reacted_at": "2026-11-23T11:10:00Z"}
    assert 'data-due="2026-11-24T10:05:00Z"' in render_row(ticket(id="b", sla=reacted), "ru")
    paused = reacted | {"paused": True, "state": "paused"}
    assert "на паузе" in render_row(ticket(id="c", sla=paused), "ru")


def test_a_row_is_rendered_once_for_each_version_and_language() -> None:
    first = render_row(ticket(), "ru")
    assert render_row(ticket(), "ru") is first
    assert render_row(ticket(version=4), "ru") is not first


def test_a_clock_that_broke_without_a_new_version_is_rendered_anew() -> None:
    broken = ticket()["sla"] | {"state": "broken"}
    assert 'data-state="broken"' in render_row(ticket(sla=broken), "ru")


def test_rows_kept_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "KEPT", 10)
    monkeypatch.setattr(rows, "_rows", type(rows._rows)())
    for version in range(50):
        render_row(ticket(version=version), "ru")
    assert len(rows._rows) == 10


def test_a_row_needs_nothing_that_a_strict_policy_forbids() -> None:
    assert not re.search(r"<style|<script|\sstyle=|\son[a-z]+=", render_row(ticket(), "ru"))
