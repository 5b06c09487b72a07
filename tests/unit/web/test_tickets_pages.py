"""The list and the ticket as HTML, from answers of the services."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from starlette.datastructures import FormData

from chassis.principal import Principal
from gateway.web.client_column import column_of
from gateway.web.filters import Filters
from gateway.web.list_page import render_list
from gateway.web.ticket_forms import change_of, entry_of
from gateway.web.ticket_page import Typed, render_ticket
from gateway.web.viewer import Viewer
from tests.unit.web.samples import HOSTILE, elements, ticket

ORLOV = UUID("0198b0c0-0000-7000-8000-000000000009")
VIEWER = Viewer(
    lang="ru",
    theme="system",
    csrf="token",
    path="/tickets",
    staff=Principal(kind="staff", id=ORLOV, full_name="Орлов Дмитрий Петрович", roles=("specialist",)),
)


def entry(**changed: Any) -> dict[str, Any]:
    one: dict[str, Any] = {
        "id": "0198b0c0-0000-7000-8000-00000000000a",
        "at": "2026-11-23T12:00:00Z",
        "author": {"kind": "staff", "id": str(ORLOV), "full_name": "Орлов Дмитрий Петрович"},
        "kind": "answer",
        "text": "Смотрю.",
        "minutes": None,
        "additional": False,
        "public": True,
        "changes": [],
        "corrections": [],
    }
    return one | changed


def whole(**changed: Any) -> dict[str, Any]:
    more: dict[str, Any] = {"description": "", "diagnostics": {}, "files": [], "entries": []}
    return ticket(**more) | changed


def shown(one: dict[str, Any], **more: Any) -> str:
    worked = {"company_id": one["company"]["id"], "month": "2026-11", "minutes": 0, "additional_minutes": 0}
    client = column_of({"ticket": one, "latest": {}, "worked": worked}, None)
    return render_ticket(VIEWER, one, clock=None, colleagues=[], client=client, **more)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_on_a_ticket_is_shown_and_does_nothing(text: str) -> None:
    def everywhere(said: str) -> str:
        file = {
            "id": "1",
            "kind": "screenshot",
            "name": said,
            "content_type": "image/png",
            "size": 5,
            "width": 1,
            "height": 1,
        }
        return shown(
            whole(
                title=said,
                description=said,
                diagnostics={"hostname": said, said: [said], "deep": {said: said}},
                files=[file, {**file, "kind": "attachment"}],
                entries=[entry(text=said), entry(kind="note", public=False, text=said)],
            )
        )

    assert elements(everywhere(text)).tags == elements(everywhere("plain")).tags
    assert elements(everywhere(text)).attributes == elements(everywhere("plain")).attributes


def test_a_snapshot_may_have_keys_that_are_called_like_methods() -> None:
    assert "PC-7" in shown(whole(diagnostics={"hostname": "PC-7", "get": 1, "items": 2, "keys": None}))


def test_additional_work_and_internal_notes_look_different() -> None:
    html = shown(
        whole(entries=[entry(kind="work", minutes=40, additional=True), entry(kind="note", public=False)])
    )
    assert "entry-additional" in html
    assert "entry-note" in html
    assert "дополнительные работы" in html
    assert "40 мин" in html


def test_a_changed_field_is_told_in_words() -> None:
    change = {"field": "status", "before": "new", "after": "in_progress"}
    text = elements(shown(whole(entries=[entry(kind="change", text="", changes=[change])]))).text
    assert "Статус" in text
    assert "Новая" in text
    assert "В работе" in text


def test_a_part_that_did_not_come_says_so_and_offers_to_try_again() -> None:
    assert "Не удалось загрузить" in shown(whole())
    assert "Не удалось загрузить" in render_list(VIEWER, Filters(), None, [])


def test_what_could_not_be_sent_is_still_in_the_composer() -> None:
    html = shown(
        whole(), typed=Typed(text="Уже <иду>", kind="note", minutes="15", additional=True), problem="Почему"
    )
    assert "Уже &lt;иду&gt;</textarea>" in html
    assert 'value="15"' in html
    assert "Почему" in html


def test_an_empty_list_says_what_to_do_next() -> None:
    empty: dict[str, Any] = {"items": [], "next": None}
    assert "Здесь нет заявок" in render_list(VIEWER, Filters(), empty, [])
    assert "Сбросить фильтры" in render_list(VIEWER, Filters(q="принтер"), empty, [])


def test_a_list_leads_on_to_older_tickets() -> None:
    html = render_list(VIEWER, Filters(), {"items": [ticket()], "next": "abc="}, [])
    assert 'href="/tickets?view=open&amp;cursor=abc%3D"' in html


def test_who_takes_an_unassigned_ticket_gets_it() -> None:
    form = FormData([("status", "in_progress"), ("unassigned", "1")])
    assert change_of("status", form, "me") == {"status": "in_progress", "assignee": "me"}
    assert change_of("assignee", FormData([("assignee", "")]), "me") == {"assignee": None}


def test_minutes_without_a_word_are_work_and_no_answer() -> None:
    assert entry_of(Typed(minutes="15")) == {"text": "", "public": False, "additional": False, "minutes": 15}
    assert entry_of(Typed(text="Готово", then="resolved"))["public"] is True
    assert entry_of(Typed(text="Про себя", kind="note"))["public"] is False


def test_who_looks_after_the_company_is_named_beside_the_ticket() -> None:
    worked = {
        "company_id": whole()["company"]["id"],
        "month": "2026-11",
        "minutes": 0,
        "additional_minutes": 0,
    }
    column = column_of({"ticket": whole(), "latest": {}, "worked": worked}, None)
    company = {**whole()["company"], "notes": "", "responsible_id": "7"}
    page = render_ticket(
        VIEWER,
        whole(),
        clock=None,
        colleagues=[{"id": "7", "full_name": "Волков Иван Сергеевич"}],
        client={**column, "company": company},
    )
    assert "Ответственный: Волков\u00a0И.\u00a0С." in page


def test_of_a_colleague_who_is_away_the_choice_says_until_when() -> None:
    away = {"id": "7", "full_name": "Волков Иван Сергеевич", "away_until": "2026-12-04T21:00:00+00:00"}
    here = {"id": "8", "full_name": "Белова Анна Сергеевна", "away_until": None}
    page = render_ticket(VIEWER, whole(), clock=None, colleagues=[away, here])
    assert '<option value="7">Волков\u00a0И.\u00a0С. · нет по 04.12</option>' in page
    assert '<option value="8">Белова\u00a0А.\u00a0С.</option>' in page
