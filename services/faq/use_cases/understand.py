"""What a query means: for each word the stems that may have been meant, and how surely."""

from __future__ import annotations

from typing import NamedTuple

from services.faq.domain.names import is_name, names_begun, names_near, put_together, with_namesakes
from services.faq.domain.search import asked, stem
from services.faq.domain.spelling import look_alikes, other_layout
from services.faq.domain.storage import WordStorage

_EXACT, _BEGUN, _SLIP = 1.0, 0.8, 0.6
_SHORTEST_BEGINNING = 2
_MOST_ASKED = 12


class Meaning(NamedTuple):
    """`groups`: one for each understood word; `query`: what was meant, where it is not what was typed."""

    groups: list[dict[str, float]]
    query: str | None

    @property
    def stems(self) -> set[str]:
        return {word for group in self.groups for word in group}


async def understand(words: WordStorage, text: str) -> Meaning:
    """Words nobody ever wrote are left out, unless there are no others: then nothing is meant."""
    typed = asked(text)[:_MOST_ASKED]
    groups = await _groups(words, typed)
    if not all(groups) and (together := put_together(typed)) != typed:
        typed, groups = together, await _groups(words, together)
    if not any(groups):
        other = other_layout(text)
        elsewise = await _groups(words, asked(other)[:_MOST_ASKED])
        if any(elsewise):
            return Meaning([group for group in elsewise if group], other.strip())
    return await _put_right(words, typed, groups)


async def _groups(words: WordStorage, typed: list[str]) -> list[dict[str, float]]:
    """For each word the stems under which it is known, in any spelling; what the last one may become."""
    last = typed[-1] if typed and len(typed[-1]) >= _SHORTEST_BEGINNING else ""
    names = names_begun(last)
    spelled = [with_namesakes(stem(one) for one in (word, *look_alikes(word))) for word in typed]
    known = await words.known([one for stems in (*spelled, names) for one in stems])
    groups = [{one: _EXACT for one in stems if one in known} for stems in spelled]
    if last:
        begun = await words.beginning_with(last)
        for one in (*begun, *(name for name in names if name in known)):
            groups[-1].setdefault(one, _BEGUN)
    return groups


async def _put_right(words: WordStorage, typed: list[str], groups: list[dict[str, float]]) -> Meaning:
    unknown = [word for word, group in zip(typed, groups, strict=True) if not group]
    if not unknown:
        return Meaning(groups, None)
    slips, names = await _slips(words, unknown)
    meant: list[str] = []
    for word, group in zip(typed, groups, strict=True):
        candidates = {} if group else _candidates(slips, word)
        if not group:
            group.update(dict.fromkeys((*candidates.values(), *names[word]), _SLIP))
        nearest = min(candidates, key=lambda one: (abs(len(one) - len(word)), one), default=word)
        # What only lacks its end is half a word, or a stem that nobody would write so.
        meant.append(word if nearest.startswith(word) else nearest)
    understood = [group for group in groups if group]
    return Meaning(understood, " ".join(meant) if meant != typed else None)


async def meant_instead(words: WordStorage, text: str) -> dict[str, str]:
    """Stems that may have been meant by words nobody ever wrote, each with the stem of what was typed."""
    typed = asked(text)[:_MOST_ASKED]
    # As if another word followed: each of these is typed out.
    groups = await _groups(words, [*typed, ""])
    unknown = [word for word, group in zip(typed, groups, strict=False) if not group]
    slips, names = await _slips(words, unknown)
    return {
        meant: stem(word) for word in unknown for meant in (*_candidates(slips, word).values(), *names[word])
    }


async def _slips(
    words: WordStorage, unknown: list[str]
) -> tuple[dict[str, dict[str, str]], dict[str, list[str]]]:
    """Words that may have been meant, however they are looked up (`_candidates`); and stems of names.

    A name that no article has is no slip: «ворд» is not «корд».
    """
    near: dict[str, list[str]] = {word: [] for word in unknown}
    slipped = [word for word in unknown if not is_name(stem(word))]
    if not slipped:
        return {}, near
    slips = await words.one_slip_from(list({*slipped, *map(stem, slipped), *map(other_layout, slipped)}))
    near |= {word: [*names_near(word), *names_near(other_layout(word))] for word in slipped}
    known = await words.known([one for names in near.values() for one in names])
    return slips, {word: [one for one in names if one in known] for word, names in near.items()}


def _candidates(slips: dict[str, dict[str, str]], word: str) -> dict[str, str]:
    """By the word itself, else by its stem, else as the other layout would have it."""
    for way in (word, stem(word), other_layout(word)):
        if found := slips.get(way):
            return found
    return {}
