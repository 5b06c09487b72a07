"""Reports by e-mail as pages: what anybody typed stays text, and what went wrong can be sent again."""

from __future__ import annotations

from typing import Any

import pytest

from chassis.clock import new_id, now
from gateway.answers import UpstreamProblem
from gateway.web.rendering import render
from gateway.web.reports.schedule_views import FRESH, no_addresses
from gateway.web.reports.words import DELIVERY_STATES, REPORTS
from tests.unit.web.samples import HOSTILE, elements
from tests.unit.web.test_card_pages import VIEWER

TO = "boss@romashka.example"


def _schedule(name: str) -> dict[str, Any]:
    company = {"id": str(new_id()), "name": name}
    return {"id": str(new_id()), "name": name, "recipients": [TO], "reports": ["work"], "format": "pdf",
            "lang": "ru", "company": company, "day": 1, "active": True, "next_on": "2026-12-01",
            "version": 1}  # fmt: skip


def _letter(state: str, problem: str) -> dict[str, Any]:
    return {"id": str(new_id()), "month": "2026-10", "recipient": TO, "state": state, "attempts": 1,
            "problem": problem, "queued_at": now().isoformat(), "due_at": "2026-11-30T09:23:34Z",
            "done_at": None}  # fmt: skip


def _shown(template: str, text: str, **shown: Any) -> str:
    schedule = _schedule(text)
    context: dict[str, Any] = {
        "viewer": VIEWER,
        "section": "reports",
        "reports": REPORTS,
        "states": DELIVERY_STATES,
        "companies": {str(new_id()): text},
        "typed": {**schedule, "company": None},
        "wrong": set(),
        "no_addresses": [],
        "problem": "",
        "new_key": lambda: "key",
        "schedule": schedule,
        "month_before": "2026-10",
        "found": {"items": [schedule], "can_send": True},
        "log": {"items": [_letter("failed", text)]},
    }
    return render(f"reports/{template}.html", "ru", **{**context, **shown})


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("template", ["schedules", "schedule"])
def test_hostile_text_in_a_schedule_is_shown_and_does_nothing(template: str, text: str) -> None:
    hostile, harmless = (elements(_shown(template, said)) for said in (text, "plain"))
    assert hostile.tags == harmless.tags


def test_what_has_not_gone_yet_is_not_sent_again() -> None:
    assert "Отправить ещё раз" in _shown("schedule", "plain")
    waiting = {"items": [_letter("waiting", "")]}
    assert "Отправить ещё раз</button>" not in _shown("schedule", "plain", log=waiting)


def test_a_letter_that_was_not_taken_yet_says_when_it_is_tried_next_and_the_log_follows() -> None:
    later = _shown("schedule", "plain", log={"items": [_letter("waiting", "451 try later")]})
    assert "следующая попытка" in later
    assert 'datetime="2026-11-30T09:23:34Z"' in later
    assert 'hx-target="#letters"' in later
    assert "hx-get" not in _shown("schedule", "plain")


def test_without_a_mail_server_the_page_says_so_and_without_schedules_what_to_do() -> None:
    html = _shown("schedules", "plain", found={"items": [], "can_send": False}, typed=FRESH)
    assert "SMTP_HOST" in html
    assert "Выберите ниже" in html
    assert "SMTP_HOST" not in _shown("schedules", "plain")


def test_of_several_recipients_the_one_that_is_no_address_is_named() -> None:
    typed = {"recipients": [TO, "<b>buh@", "third@romashka.example", "+7 900"]}
    refused = [
        ("recipients.1", "no address"),
        ("recipients.3", "no address"),
        ("day", "1 to 28"),
    ]
    wrong = no_addresses(typed, UpstreamProblem(422, "", errors=refused))
    assert wrong == ["<b>buh@", "+7 900"]
    html = _shown("schedules", "plain", no_addresses=wrong)
    assert "Не адрес почты: &lt;b&gt;buh@, +7 900</small>" in html
    assert "Не адрес почты" not in _shown("schedules", "plain")
    assert no_addresses(typed, UpstreamProblem(422, "", errors=[("recipients", "too many")])) == []
