"""What somebody may have meant by what they typed: as it stands first, then ever more forgiving."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import TypeVar

from services.clients.domain.listing import Position, Sought
from services.clients.domain.search import digit_words, wanted_words
from services.clients.domain.spelling import is_spelled, other_layout
from services.clients.domain.storage import WordStorage

Reading = tuple[Sought, ...]
Item = TypeVar("Item")
Page = tuple[list[Item], Position | None]


async def readings(words: WordStorage, text: str) -> AsyncIterator[Reading]:
    """Each only once; all words of a reading have to be found together."""
    typed, other = wanted_words(text), wanted_words(other_layout(text))
    plain = [typed, *(one for one in (digit_words(text), other) if one != typed)]
    for read in plain:
        yield tuple(read)
    for read in (typed, other) if other != typed else (typed,):
        forgiven = await _forgiven(words, read)
        if forgiven != tuple(read):
            yield forgiven


async def found_anyhow(
    words: WordStorage, text: str, ask: Callable[[Reading], Awaitable[Page[Item]]]
) -> Page[Item]:
    """A page of what the first reading that finds anything finds."""
    async for reading in readings(words, text):
        found, more = await ask(reading)
        if found:
            return found, more
    return [], None


async def _forgiven(words: WordStorage, read: Sequence[str]) -> Reading:
    return tuple(await asyncio.gather(*(_one(words, word) for word in read)))


async def _one(words: WordStorage, word: str) -> Sought:
    """A word that begins another one stands; else what it is one slip from, else the other layout's."""
    if not is_spelled(word) and other_layout(word) == word:
        return word
    if await words.beginning_with(word, 1):
        return word
    meant = await words.meant_by(word) or await words.beginning_with(other_layout(word))
    return tuple(meant) or word
