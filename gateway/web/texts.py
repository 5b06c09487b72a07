"""User text on a page: inert, as it was typed, with http(s) addresses made into links."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

_ADDRESS = re.compile(r"https?://[^\s<>\"'`«»\u200e\u200f\u202a-\u202e\u2066-\u2069]{1,2000}", re.IGNORECASE)
_TRAILING = ".,;:!?…)]}»"


def linked(text: str) -> Markup:
    """Escape everything, then link the addresses; the punctuation after one is not part of it."""
    parts: list[Markup] = []
    at = 0
    for found in _ADDRESS.finditer(text):
        address = _without_trailing(found.group())
        parts.append(escape(text[at : found.start()]))
        parts.append(
            Markup('<a href="{0}" rel="noopener noreferrer" target="_blank">{0}</a>').format(address)
        )
        at = found.start() + len(address)
    parts.append(escape(text[at:]))
    return Markup("").join(parts)


def _without_trailing(address: str) -> str:
    while address[-1] in _TRAILING and not (address[-1] == ")" and address.count("(") >= address.count(")")):
        address = address[:-1]
    return address
