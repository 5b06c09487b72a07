"""Text as people paste it, made safe to keep: nothing of what they meant is lost, nothing hidden stays."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Annotated

from pydantic import BeforeValidator

# Bidirectional overrides and isolates can make a name read as another one (Unicode TR36, 3.1).
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
# Letters and symbols that show nothing: fillers of Hangul, the empty Braille pattern.
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_INVISIBLE = frozenset({"Cf", "Cn", "Co", "Mn", "Me", "Zs", "Zl", "Zp"})
_MOST_COMBINING = 4


def clean_prose(text: str) -> str:
    """Drop control characters but newline and tab, bidi controls, lone surrogates, storms of marks.

    Text of nothing but invisible characters becomes empty.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    normal = unicodedata.normalize("NFC", "".join(filter(_may_be_seen, lines)))
    kept = unicodedata.normalize("NFC", "".join(_without_storms(normal))).strip()
    return kept if any(map(_has_ink, kept)) else ""


def _may_be_seen(character: str) -> bool:
    if character in _BIDI:
        return False
    return character in "\n\t" or unicodedata.category(character) not in ("Cc", "Cs")


def _without_storms(text: str) -> Iterator[str]:
    """At most so many marks on one character, also with joiners in between."""
    marks = 0
    for character in text:
        category = unicodedata.category(character)
        if category in ("Mn", "Me"):
            marks += 1
        elif category != "Cf":
            marks = 0
        if marks <= _MOST_COMBINING:
            yield character


def clean_line(text: str) -> str:
    """The same on one line."""
    return " ".join(clean_prose(text).split())


def _has_ink(character: str) -> bool:
    is_blank = character.isspace() or character in _BLANK
    return not is_blank and unicodedata.category(character) not in _INVISIBLE


def _line(value: object) -> object:
    return clean_line(value) if isinstance(value, str) else value


def _prose(value: object) -> object:
    return clean_prose(value) if isinstance(value, str) else value


Line = Annotated[str, BeforeValidator(_line)]
Prose = Annotated[str, BeforeValidator(_prose)]
