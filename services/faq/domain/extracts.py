"""A place of a text where what was looked for stands, in pieces, so that it can be marked."""

from __future__ import annotations

from collections.abc import Container

from contracts.extracts import Piece
from services.faq.domain.search import stands

_LENGTH = 180
_BEFORE = 50


def marked(text: str, stems: Container[str]) -> list[Piece]:
    """The whole text, with the words of these stems as hits."""
    pieces: list[Piece] = []
    end = 0
    for place in stands(text, stems):
        if place.start > end:
            pieces.append(Piece(text=text[end : place.start]))
        pieces.append(Piece(text=text[place], hit=True))
        end = place.stop
    if end < len(text):
        pieces.append(Piece(text=text[end:]))
    return pieces


def extract(text: str, stems: Container[str]) -> list[Piece]:
    """Around the first hit; where there is none, how the text begins."""
    flat = " ".join(text.split())
    first = next((place.start for place in stands(flat, stems)), 0)
    start = flat.rfind(" ", 0, max(first - _BEFORE, 0)) + 1 if first > _BEFORE else 0
    cut = flat[start : start + _LENGTH]
    if start + _LENGTH < len(flat):
        cut = (cut.rpartition(" ")[0] or cut).rstrip(".,;:") + "…"
    return marked(("…" if start else "") + cut, stems)
