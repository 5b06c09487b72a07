"""Which open tickets look like the one being typed: so that one fault does not become two tickets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from math import log
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from contracts.people import PersonRef, StaffRef
from contracts.tickets import Status
from services.tickets.domain.search import spoken, stem

_SHORTEST = 3
# Half of what was typed, by weight; what the title says counts more than what the texts do.
_ENOUGH, _IN_TEXTS, _SAME_PERSON = 0.45, 0.6, 0.1


class Candidate(BaseModel):
    """`words` are the stems of all its texts."""

    model_config = ConfigDict(frozen=True)

    number: int
    title: str
    status: Status
    person: PersonRef
    assignee: StaffRef | None = None
    received_at: datetime
    words: frozenset[str] = frozenset()


def alike(
    typed: str, person: UUID | None, candidates: Sequence[Candidate], most: int
) -> list[tuple[Candidate, float]]:
    """The likest first. While nothing is typed: what the same person has open."""
    asked = _telling(spoken(typed))
    if not asked:
        own = [(one, 1.0) for one in candidates if person and one.person.id == person]
        return own[:most]
    weights = _weights(asked, candidates)
    # The last word may still be being typed.
    last = spoken(typed)[-1].replace("ё", "е")
    judged = [(one, _likeness(asked, last, weights, one, person)) for one in candidates]
    likely = [(one, score) for one, score in judged if score >= _ENOUGH]
    return sorted(likely, key=lambda pair: (-pair[1], -pair[0].number))[:most]


def _telling(words: Iterable[str]) -> list[str]:
    """Stems of the words that say something; «не» and «у» say nothing."""
    return list(dict.fromkeys(stem(word) for word in words if len(word) >= _SHORTEST))


def _weights(asked: Sequence[str], candidates: Sequence[Candidate]) -> dict[str, float]:
    """A word that all of them have tells little."""
    having = Counter(word for one in candidates for word in asked if word in one.words)
    return {word: log(2 + len(candidates) / (1 + having[word])) for word in asked}


def _likeness(
    asked: Sequence[str], last: str, weights: dict[str, float], one: Candidate, person: UUID | None
) -> float:
    title = set(_telling(spoken(one.title)))

    def found(word: str) -> float:
        if word in title or (word == stem(last) and any(known.startswith(last) for known in title)):
            return 1.0
        return _IN_TEXTS if word in one.words else 0.0

    score = sum(weights[word] * found(word) for word in asked) / sum(weights.values())
    return score + (_SAME_PERSON if score and person == one.person.id else 0.0)


def told(pairs: Iterable[tuple[Candidate, float]]) -> list[dict[str, Any]]:
    """As they are answered; `likeness` from 0 to 1."""
    return [
        {**one.model_dump(exclude={"words"}), "likeness": round(min(score, 1.0), 3)} for one, score in pairs
    ]
