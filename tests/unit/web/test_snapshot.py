"""The computer snapshot reads as a person would say it, and whatever comes does no harm."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from gateway.web.language import words_of
from gateway.web.snapshot import snapshot_lines

_GIGABYTE = 1024**3
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


def _lines(diagnostics: dict[str, object], lang: str = "ru") -> dict[str, list[str]]:
    return dict(snapshot_lines(diagnostics, lang, words_of(lang)))


def test_sizes_are_gigabytes_with_a_comma() -> None:
    disk = {"path": "C:", "total_bytes": 250 * _GIGABYTE, "free_bytes": int(70.5 * _GIGABYTE)}
    assert _lines({"disks": [disk]}) == {"Диски": ["C:: свободно 70,5 ГБ из 250 ГБ"]}


def test_a_running_time_is_days_and_hours() -> None:
    assert _lines({"uptime_seconds": 2 * 86_400 + 3 * 3600 + 59}) == {"Работает": ["2 дня 3 ч"]}


def test_memory_is_said_in_english_too() -> None:
    memory = {"total_bytes": 16 * _GIGABYTE, "available_bytes": 4 * _GIGABYTE}
    assert _lines({"memory": memory}, "en") == {"Memory": ["4 GB free of 16 GB"]}


def test_what_is_not_known_is_shown_as_it_came() -> None:
    assert _lines({"antivirus": {"name": "X"}, "nothing": None}) == {
        "antivirus": ['{"name": "X"}'],
        "nothing": [],
    }


@given(diagnostics=st.dictionaries(st.text(), _JSON))
def test_nothing_that_json_can_say_breaks_the_page(diagnostics: dict[str, object]) -> None:
    for values in _lines(json.loads(json.dumps(diagnostics))).values():
        assert all(isinstance(value, str) for value in values)
