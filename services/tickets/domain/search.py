"""The words a ticket is found by: stems, so that any form of a Russian or English word finds every other."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from snowballstemmer import stemmer

WORD = re.compile(r"[^\W_]+(?:[-.@][^\W_]+)*", re.UNICODE)
LONGEST_WORD = 40
# A shorter last word is no beginning: too much begins so.
SHORTEST_BEGINNING = 3
_MOST_WORDS = 3000
_russian, _english = stemmer("russian"), stemmer("english")


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """`word` is lower-case; «ё» counts as «е», as people type it."""
    plain = word.replace("ё", "е")
    stemmed: str = (_english if plain.isascii() else _russian).stemWord(plain)
    return stemmed


def words_of(texts: Iterable[str]) -> list[str]:
    """The different stems of all the texts, in order of appearance, within what an index should hold."""
    found: dict[str, None] = {}
    for text in texts:
        for word in spoken(text):
            found[stem(word)] = None
            if len(found) >= _MOST_WORDS:
                return list(found)
    return list(found)


def spoken(text: str) -> list[str]:
    """The words of a text as they stand there, in lower case; addresses and host names stay whole."""
    return [word[:LONGEST_WORD] for word in WORD.findall(text.lower())]
