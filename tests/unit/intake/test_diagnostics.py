"""What a computer may say of itself, and what nobody after us could read."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from services.intake.domain.diagnostics import check_diagnostics


def nested(levels: int) -> dict[str, Any]:
    value: dict[str, Any] = {}
    for _ in range(levels - 1):
        value = {"a": value}
    return value


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"host": "buh-07", "uptime": 12.5, "disks": [{"free": 2**63 - 1}, None, True]},
        {"": 1, "$where": "1", "a.b": {"$ne": ""}},
        {"low": -(2**63 - 1)},
        nested(32),
    ],
)
def test_what_everybody_can_read_is_kept(said: dict[str, Any]) -> None:
    check_diagnostics(said)
    assert orjson.loads(orjson.dumps(said)) == said


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"free": 2**63}, "beyond 64 bits"),
        ({"disks": [{"free": -(10**30)}]}, "beyond 64 bits"),
        ({"load": float("nan")}, "does not know"),
        ({"load": [float("inf")]}, "does not know"),
        ({"name": "\ud800"}, "no Unicode"),
        ({"\udfff": "name"}, "no Unicode"),
        (nested(33), "nested too deeply"),
        ({"a": [[nested(31)]]}, "nested too deeply"),
    ],
)
def test_what_somebody_could_not_read_is_refused(said: dict[str, Any], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        check_diagnostics(said)
