"""Only `false` takes the one-time codes away, not what Python takes for it."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from contracts.gateway_http import StaffPatch


def test_false_takes_the_one_time_codes_away() -> None:
    assert StaffPatch.model_validate_json('{"totp": false}').totp is False


@pytest.mark.parametrize("value", ["0", "0.0", "1", "true", '""', '"false"', "[]"])
def test_nothing_else_does(value: str) -> None:
    with pytest.raises(ValidationError, match="totp"):
        StaffPatch.model_validate_json(f'{{"totp": {value}}}')
