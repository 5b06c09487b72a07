"""Addresses of network equipment: checked, and each kept in one spelling."""

from __future__ import annotations

import re
from ipaddress import ip_address
from typing import Annotated

from pydantic import AfterValidator, Field

from contracts.text import Line

_MAC = re.compile(
    r"(?:[0-9a-f]{2}([:-]))(?:[0-9a-f]{2}\1){4}[0-9a-f]{2}|[0-9a-f]{12}|(?:[0-9a-f]{4}\.){2}[0-9a-f]{4}"
)
_LONGEST = 60


def _address(text: str) -> str:
    """As Python writes it: IPv6 in lower case and shortened (RFC 5952); a zone belongs to one host only."""
    if "%" in text:
        raise ValueError("an address without a zone")
    try:
        return str(ip_address(text))
    except ValueError:
        raise ValueError("not an IPv4 or IPv6 address") from None


def _mac_or_none(text: str) -> str:
    """As `aa:bb:cc:dd:ee:ff`, however vendors write it."""
    plain = text.lower()
    if not plain:
        return ""
    if not _MAC.fullmatch(plain):
        raise ValueError("not a MAC address such as 00:1a:2b:3c:4d:5e")
    digits = re.sub("[^0-9a-f]", "", plain)
    return ":".join(digits[at : at + 2] for at in range(0, len(digits), 2))


IpAddress = Annotated[Line, Field(max_length=_LONGEST), AfterValidator(_address)]
MacOrNone = Annotated[Line, Field(max_length=_LONGEST), AfterValidator(_mac_or_none)]
