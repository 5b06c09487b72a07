"""Whom an address stands for: one customer of a provider can come from any address of a whole network."""

from __future__ import annotations

from functools import lru_cache
from ipaddress import IPv6Address, IPv6Network, ip_address

from starlette.types import Scope

# What a provider gives to one customer at the least (RFC 6177): 2^64 addresses of one and the same person.
_CUSTOMER_BITS = 64


@lru_cache(4096)
def network_of(address: str) -> str:
    """An IPv6 address becomes its network; what is no address stays as it is."""
    try:
        known = ip_address(address)
    except ValueError:
        return address
    if not isinstance(known, IPv6Address):
        return address
    if known.ipv4_mapped:
        return str(known.ipv4_mapped)
    return str(IPv6Network((int(known), _CUSTOMER_BITS), strict=False))


def network_in(scope: Scope) -> str:
    """Of whoever sent this request; empty where the server does not know."""
    client = scope.get("client")
    return network_of(client[0]) if client else ""
