"""A company's code or a link of the support: either is taken as it was sent."""

from __future__ import annotations

import pytest

from bureaucrat.invitation import address_of, invitation


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (" DEMO ", ("", "DEMO")),
        ("https://Help.example.com/portal/enrol?code=AB%20CD", ("https://help.example.com", "AB CD")),
        ("http://10.0.0.1:8080/portal/enrol?code=X7&utm=1", ("http://10.0.0.1:8080", "X7")),
        ("https://help.example.com/portal/enrol", ("", "")),
        ("https://help.example.com/?code=a&code=b", ("", "")),
        ("https://[bad/?code=a", ("", "")),
        ("x" * 300, ("", "x" * 100)),
    ],
)
def test_a_code_or_a_link_says_which_server_and_which_code(typed: str, meant: tuple[str, str]) -> None:
    assert invitation(typed) == meant


def test_two_ways_to_write_one_server_agree() -> None:
    assert address_of("HTTPS://Help.example.com/") == address_of("https://help.example.com")
