"""Files made in the background as a page: how far each is, and what can be fetched."""

from __future__ import annotations

from typing import Any

import pytest

from gateway.web.rendering import render
from gateway.web.reports.words import EXPORT_STATES, STAFF_REPORTS
from tests.unit.web.test_card_pages import VIEWER

_WORDS = ("<progress", "120 из 5000", "файл оформляется", "Скачать", "ждёт очереди", "Попросите ещё раз")


def _shown(state: str, rows_done: int = 0, rows: int = 0) -> str:
    one = {
        "id": "e-1",
        "report": "work",
        "from": "2026-01-01",
        "to": "2026-11-30",
        "company": None,
        "format": "pdf",
        "state": state,
        "rows_done": rows_done,
        "rows": rows,
        "size": 2_000_000,
        "expires_at": "2026-12-01T09:00:00Z",
    }
    context: dict[str, Any] = {"viewer": VIEWER, "found": {"items": [one]}, "is_working": state != "ready"}
    words = {"reports": STAFF_REPORTS, "states": EXPORT_STATES, "base": "/reports/exports"}
    return render("reports/exported.html", "ru", **context, **words)


@pytest.mark.parametrize(
    ("state", "rows_done", "rows", "said"),
    [
        ("waiting", 0, 0, {"ждёт очереди"}),
        ("making", 120, 5000, {"<progress", "120 из 5000"}),
        ("making", 5000, 5000, {"файл оформляется"}),
        ("ready", 5000, 5000, {"Скачать"}),
        ("failed", 0, 0, {"Попросите ещё раз"}),
    ],
)
def test_a_file_says_how_far_it_is(state: str, rows_done: int, rows: int, said: set[str]) -> None:
    html = _shown(state, rows_done, rows)
    assert {word for word in _WORDS if word in html} == said


def test_the_page_asks_again_until_all_is_there() -> None:
    assert "every 1s" in _shown("making", 1, 2)
    assert "every 1s" not in _shown("ready")
