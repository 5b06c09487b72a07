"""Tickets as the services answer them, hostile texts, and a look into HTML."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "{{7*7}}{% raw %}",
    '<a hx-get="/logout" hx-trigger="load">x</a>',
    "<svg><math><mtext></mtext><style><img onerror=alert(1)>",
    "\u202egnp.exe",
    "a\u0301\u0301\u0301\u0301\u0301",
]


def ticket(**changed: Any) -> dict[str, Any]:
    state: dict[str, Any] = {
        "id": "0198b0c0-0000-7000-8000-000000000001",
        "number": 10412,
        "version": 3,
        "submission_id": "0198b0c0-0000-7000-8000-000000000002",
        "channel": "bureaucrat",
        "title": "Не печатает принтер",
        "status": "new",
        "priority": "normal",
        "category": None,
        "assignee": None,
        "person": {"id": "0198b0c0-0000-7000-8000-000000000003", "full_name": "Кузнецова Анна Михайловна"},
        "company": {"id": "0198b0c0-0000-7000-8000-000000000004", "name": "ООО «Ромашка»"},
        "equipment": None,
        "received_at": "2026-11-23T11:05:00Z",
        "registered_at": "2026-11-23T11:05:01Z",
        "updated_at": "2026-11-23T11:05:01Z",
        "sla": {
            "reaction_due": "2026-11-23T11:35:00Z",
            "resolution_due": "2026-11-24T10:05:00Z",
            "reacted_at": None,
            "resolved_at": None,
            "paused": False,
            "state": "running",
            "breach_reason": None,
        },
        "minutes": 0,
        "additional_minutes": 0,
        "reopened": 0,
        "rating": None,
        "merged_into": None,
    }
    return state | changed


class _Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes.update(name for name, _ in attrs)

    def handle_data(self, data: str) -> None:
        self.text += data


def elements(html: str) -> _Elements:
    found = _Elements()
    found.feed(html)
    return found
