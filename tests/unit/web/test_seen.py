"""What of a computer's snapshot is asked of clients: somebody else's JSON, whatever its shape."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.equipment_http import Seen
from gateway.web.equipment_views import seen_in
from tests.unit.web.samples import ticket

_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=400),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=10,
)


def test_a_snapshot_says_which_computer_it_is_of() -> None:
    snapshot = {"hostname": "PC-7", "os": "Windows 11", "addresses": ["10.0.0.5"], "$where": "1"}
    seen = seen_in(ticket(diagnostics=snapshot))
    assert seen is not None
    assert (seen["hostname"], seen["os"], seen["addresses"]) == ("PC-7", "Windows 11", ["10.0.0.5"])
    assert set(seen) == {"company_id", "person_id", "hostname", "os", "addresses"}


@pytest.mark.parametrize("hostname", [None, "", " ", 7, {"$ne": ""}, ["PC"], "x" * 256])
def test_who_does_not_say_its_name_is_not_asked_about(hostname: Any) -> None:
    assert seen_in(ticket(diagnostics={"hostname": hostname})) is None
    assert seen_in(ticket(diagnostics={})) is None


@given(_JSON, _JSON)
def test_whatever_a_snapshot_holds_is_asked_in_the_right_shape(system: Any, addresses: Any) -> None:
    snapshot = {"hostname": "PC-7", "os": system, "addresses": addresses}
    assert Seen.model_validate(seen_in(ticket(diagnostics=snapshot))).hostname == "PC-7"
