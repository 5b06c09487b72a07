"""Text as people paste it, made safe to keep: nothing of what they meant is lost, nothing hidden stays."""

from __future__ import annotations

import unicodedata
from typing import Annotated

from pydantic import BeforeValidator

# Bidirectional overrides and isolates can make a name read as another one (Unicode TR36, 3.1).
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
_MOST_COMBINING = 4


def clean_prose(text: str) -> str:
    """Drop control characters but newline and tab, bidi controls, lone surrogates, storms of marks."""
    normal = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    kept: list[str] = []
    combining = 0
    for character in normal:
        category = unicodedata.category(character)
        combining = combining + 1 if category == "Mn" else 0
        hidden = category in ("Cc", "Cs") and character not in "\n\t"
        if not hidden and character not in _BIDI and combining <= _MOST_COMBINING:
            kept.append(character)
    return "".join(kept).strip()


def clean_line(text: str) -> str:
    """The same on one line; text of nothing but invisible characters becomes empty."""
    line = " ".join(clean_prose(text).split())
    return line if any(unicodedata.category(c) not in ("Cf", "Mn", "Zs") for c in line) else ""


def _line(value: object) -> object:
    return clean_line(value) if isinstance(value, str) else value


def _prose(value: object) -> object:
    return clean_prose(value) if isinstance(value, str) else value


Line = Annotated[str, BeforeValidator(_line)]
Prose = Annotated[str, BeforeValidator(_prose)]
