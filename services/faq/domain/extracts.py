"""A place of a text where what was looked for stands, in pieces, so that it can be marked."""

from __future__ import annotations

import re
from collections.abc import Container

from contracts.extracts import Piece
from services.faq.domain.search import stem

_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_LENGTH = 180
_BEFORE = 50


def marked(text: str, stems: Container[str]) -> list[Piece]:
    """The whole text, with the words of these stems as hits."""
    pieces: list[Piece] = []
    end = 0
    for word in _WORD.finditer(text):
        if not _is_hit(word[0], stems):
            continue
        if word.start() > end:
            pieces.append(Piece(text=text[end : word.start()]))
        pieces.append(Piece(text=word[0], hit=True))
        end = word.end()
    if end < len(text):
        pieces.append(Piece(text=text[end:]))
    return pieces


def extract(text: str, stems: Container[str]) -> list[Piece]:
    """Around the first hit; where there is none, how the text begins."""
    flat = " ".join(text.split())
    first = next((word.start() for word in _WORD.finditer(flat) if _is_hit(word[0], stems)), 0)
    start = flat.rfind(" ", 0, max(first - _BEFORE, 0)) + 1 if first > _BEFORE else 0
    cut = flat[start : start + _LENGTH]
    if start + _LENGTH < len(flat):
        cut = (cut.rpartition(" ")[0] or cut) + "…"
    return marked(("…" if start else "") + cut, stems)


def _is_hit(word: str, stems: Container[str]) -> bool:
    return stem(word.lower().replace("ё", "е")) in stems
