"""Two products on one machine never want the same port."""

from __future__ import annotations

import socket

import pytest

from deploy.local.ports import Ports, claimed_ports
from deploy.local.services import port_of

_FIRST = 47_000


def test_a_claimed_block_is_not_given_twice() -> None:
    with claimed_ports(_FIRST) as first, claimed_ports(_FIRST) as second:
        assert abs(first.base - second.base) >= 20


def test_a_block_with_a_port_in_use_is_passed_over() -> None:
    with claimed_ports(_FIRST) as free:
        base = free.base
    with socket.socket() as other:
        other.bind(("127.0.0.1", base + 7))
        other.listen()
        with claimed_ports(base) as claimed:
            assert claimed.base > base


def test_the_block_begins_where_the_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    with claimed_ports(_FIRST) as free:
        base = free.base
    monkeypatch.setenv("HELPDESK_PORT_BASE", str(base))
    with claimed_ports() as claimed:
        assert claimed.base == base


def test_no_port_of_a_block_has_two_uses() -> None:
    ports = Ports(_FIRST)
    services = [
        port_of(name, replica, ports)
        for name in ("intake", "tickets", "clients", "reporting", "faq", "gateway")
        for replica in range(2)
    ]
    internal = [ports.gateway_internal(replica) for replica in range(2)]
    used = [*services, *internal, ports.mongo, ports.amqp, ports.erlang, ports.epmd]
    assert len(set(used)) == len(used)
    assert set(used) <= set(range(_FIRST, _FIRST + 20))
