"""Addresses of machines among other words: while one is typed, it is the beginning of one."""

from __future__ import annotations

import re
from collections.abc import Iterator

_AROUND = "«»„“”\"'()[]{}<>,;!?"
_IPV4 = re.compile(r"(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\.){1,3}(?:[0-9]{1,3})?")
_IPV6 = re.compile(r"[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}")
# With colons from the second pair on, with hyphens from the fourth: before that it may be anything else.
_MAC = re.compile(
    r"[0-9a-f]{2}(?::[0-9a-f]{2}){1,5}:?|[0-9a-f]{2}(?:-[0-9a-f]{2}){3,5}-?"
    r"|[0-9a-f]{4}\.[0-9a-f]{4}(?:\.[0-9a-f]{0,4})?"
)
_NOT_HEX = re.compile("[^0-9a-f]")


def machine_word(word: str) -> str:
    """A MAC address as bare digits, an IP address as it is; empty for what is no address."""
    if _MAC.fullmatch(word):
        return _NOT_HEX.sub("", word)
    return word if _IPV4.fullmatch(word) or _IPV6.fullmatch(word) else ""


def parts_of(text: str) -> Iterator[tuple[str, str]]:
    """The words between blanks, each with the address that it is."""
    for word in text.split():
        yield word, machine_word(word.strip(_AROUND))


def machine_words(text: str) -> set[str]:
    return {machine for _, machine in parts_of(text)} - {""}
