"""Categories of problems never seen before are guessed, and far better than by the commonest one."""

from __future__ import annotations

from tests.load.guesses import measure


def test_the_right_category_is_mostly_guessed() -> None:
    told = measure()
    assert told.first >= 0.7
    assert told.first_three >= 0.9
    assert told.first > 2 * told.commonest
