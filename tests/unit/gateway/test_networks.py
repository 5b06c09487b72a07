import pytest
from starlette.types import Scope

from gateway.access.networks import network_in, network_of


def test_all_addresses_of_one_customer_are_one_network() -> None:
    assert network_of("2001:db8:1:2::1") == network_of("2001:db8:1:2:ffff:ffff:ffff:ffff")
    assert network_of("2001:db8:1:2::1") != network_of("2001:db8:1:3::1")


@pytest.mark.parametrize("address", ["192.0.2.1", "", "testclient", "unix:"])
def test_anything_else_stands_for_itself(address: str) -> None:
    assert network_of(address) == address


def test_an_ipv4_address_in_ipv6_clothes_is_the_same_address() -> None:
    assert network_of("::ffff:192.0.2.1") == "192.0.2.1"


@pytest.mark.parametrize("scope", [{}, {"client": None}])
def test_a_sender_whom_the_server_does_not_know_has_no_network(scope: Scope) -> None:
    assert network_in(scope) == ""
