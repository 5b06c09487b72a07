"""Where in a ticket the words of a search stand, in pieces, so that they can be marked."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from contracts.extracts import Piece
from contracts.tickets_http import FoundPlace, Place
from services.tickets.domain.search import LONGEST_WORD, SHORTEST_BEGINNING, WORD, spoken, stem

# So much of a long text, and so much of that before the first word: a line of the list ends early.
_LENGTH, _BEFORE = 160, 16


class Sought(NamedTuple):
    """A word of a search: its stem, and what each of its forms begins with.

    `beginning`: as far as it is typed, where it may be the beginning of another.
    """

    stem: str
    letters: str
    beginning: str = ""

    def is_met_by(self, word: str) -> bool:
        """`word` is folded."""
        found = stem(word[:LONGEST_WORD])
        return found == self.stem or (self.beginning != "" and found.startswith(self.beginning))


class Text(NamedTuple):
    """One of a ticket's texts, and what is looked through of it; `entry` is whose it is in the log."""

    place: Place
    text: str
    folded: str
    entry: UUID | None = None


def text_of(place: Place, text: str, entry: UUID | None = None) -> Text:
    return Text(place, text, _folded(text), entry)


@lru_cache(maxsize=1_000)
def sought(text: str) -> tuple[Sought, ...]:
    """The words as the search takes them: each in any form, the last one as a beginning too."""
    words = [word.replace("ё", "е") for word in spoken(text)]
    last = words[-1] if words and len(words[-1]) >= SHORTEST_BEGINNING else ""
    return tuple(
        Sought(found, letters_of(found), word if word == last else "")
        for word in dict.fromkeys(words)
        if (found := stem(word))
    )


def letters_of(found: str) -> str:
    """What each of its words begins with: a Russian stem itself; of an English one the end may differ."""
    return found[: max(1, len(found) - 2)] if found.isascii() else found


def pattern_of(words: Iterable[Sought]) -> str:
    """A regular expression, for any case, that whatever has one of the words answers to; other texts may."""
    letters = sorted({re.escape(word.letters).replace("е", "[её]") for word in words})
    return "|".join(letters)


def missing_in(texts: Sequence[Text], words: Iterable[Sought]) -> list[Sought]:
    """The words that stand in none of them."""
    return [word for word in words if not any(_stands(word, one.folded) for one in texts)]


def marked(texts: Iterable[Text], words: Sequence[Sought]) -> list[FoundPlace]:
    """Each of these that has any of the words, whole."""
    return [
        FoundPlace(place=one.place, pieces=_pieces(one.text, one.folded, words), entry=one.entry)
        for one in texts
        if any(_stands(word, one.folded) for word in words)
    ]


def extracts(texts: Iterable[Text], words: Sequence[Sought], missing: Sequence[Sought]) -> list[FoundPlace]:
    """As few places as it takes to have what is missing, the earlier ones where several would do."""
    wanted, there = set(missing), []
    for one in texts:
        if met := {word for word in missing if _stands(word, one.folded)}:
            there.append((one, met))
        if met == wanted:
            there = there[-1:]
            break
    found, left = [], wanted
    while there and left:
        one, met = max(there, key=lambda place: len(place[1] & left))
        if not met & left:
            break
        found.append(
            FoundPlace(place=one.place, pieces=_extract(one.text, words, met & left), entry=one.entry)
        )
        left = left - met
    return found


def _stands(word: Sought, folded: str) -> bool:
    return word.letters in folded and next(_spans(word, folded), None) is not None


def _spans(word: Sought, folded: str) -> Iterator[tuple[int, int]]:
    """Where it stands. Letters are found faster than words are taken apart; then each is looked at."""
    letters, end = word.letters, 0
    while (start := folded.find(letters, end)) >= 0:
        end = start + 1
        if start and folded[start - 1].isalnum():
            continue
        whole = WORD.match(folded, start)
        if whole and word.is_met_by(whole[0]):
            end = whole.end()
            yield start, end


def _folded(text: str) -> str:
    """In lower case, «ё» as «е», and as long as it was."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(low if len(low := sign.lower()) == 1 else sign for sign in text)
    return lower.replace("ё", "е")


def _extract(text: str, words: Sequence[Sought], first: Collection[Sought]) -> list[Piece]:
    """One line, from just before the first of `first` on."""
    flat = " ".join(text.split())
    folded = _folded(flat)
    at = min(start for word in first for start, _ in _spans(word, folded))
    start = 0 if at <= _BEFORE else flat.find(" ", at - _BEFORE, at) + 1 or at
    cut = flat[start : start + _LENGTH]
    if start + _LENGTH < len(flat):
        cut = (cut.rpartition(" ")[0] or cut) + "…"
    shown = ("…" if start else "") + cut
    return _pieces(shown, _folded(shown), words)


def _pieces(text: str, folded: str, words: Iterable[Sought]) -> list[Piece]:
    pieces, end = [], 0
    for start, after in sorted({span for word in words for span in _spans(word, folded)}):
        if start < end:
            continue
        if start > end:
            pieces.append(Piece(text=text[end:start]))
        pieces.append(Piece(text=text[start:after], hit=True))
        end = after
    if end < len(text):
        pieces.append(Piece(text=text[end:]))
    return pieces
