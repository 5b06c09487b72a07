"""What category a ticket is of, judged by the tickets before: multinomial naive Bayes (ADR 0075)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from services.tickets.domain.search import words_of

_MOST_FEATURES = 80
_SMOOTHING = 0.1
# Words of one text are said together rather than each by itself: without this all would be «99 %».
_DAMPING = 0.6
_LEAST_LESSONS = 5


class Lesson(BaseModel):
    """A ticket that was categorised: what it was judged by, and as what."""

    model_config = ConfigDict(frozen=True)

    category_id: UUID | None
    features: tuple[str, ...]


class Totals(BaseModel):
    """How many tickets and words each category was learned from, and how well the guesses before were.

    Each guess was made before its ticket was learned; `commonest`: had one always said the most frequent one.
    """

    tickets: dict[UUID, int] = Field(default_factory=dict)
    words: dict[UUID, int] = Field(default_factory=dict)
    vocabulary: int = 0
    guessed: int = 0
    right: int = 0
    among_three: int = 0
    commonest: int = 0

    @property
    def most_frequent(self) -> UUID | None:
        return max(self.tickets, key=lambda key: (self.tickets[key], str(key)), default=None)


class Guess(NamedTuple):
    category_id: UUID
    probability: float


def features_of(title: str, description: str, equipment_kind: str | None, company: UUID) -> tuple[str, ...]:
    """Stems; those of the title count once more, so do the kind of equipment and the company."""
    named = words_of([title])
    rest = [f"k:{equipment_kind}"] if equipment_kind else []
    said = [f"t:{word}" for word in named] + [f"c:{company}"] + rest + words_of([title, description])
    return tuple(dict.fromkeys(said))[:_MOST_FEATURES]


def guesses(
    totals: Totals, counts: Mapping[str, Mapping[UUID, int]], features: Sequence[str], among: Iterable[UUID]
) -> list[Guess]:
    """The likeliest first; nothing while there is too little to go by. `counts`: of known features."""
    keys = [key for key in among if totals.tickets.get(key, 0) > 0]
    known = [feature for feature in features if feature in counts]
    lessons = sum(totals.tickets.values())
    if lessons < _LEAST_LESSONS or not known:
        return []
    scores = {key: _score(key, totals, counts, known, lessons) for key in keys}
    highest = max(scores.values(), default=0.0)
    weights = {key: math.exp(score - highest) for key, score in scores.items()}
    whole = sum(weights.values())
    found = [Guess(key, weight / whole) for key, weight in weights.items()]
    return sorted(found, key=lambda guess: (-guess.probability, str(guess.category_id)))


def _score(
    key: UUID, totals: Totals, counts: Mapping[str, Mapping[UUID, int]], known: Sequence[str], lessons: int
) -> float:
    room = totals.words.get(key, 0) + _SMOOTHING * max(totals.vocabulary, 1)
    said = sum(math.log((counts[word].get(key, 0) + _SMOOTHING) / room) for word in known)
    damped: float = said * len(known) ** (_DAMPING - 1)
    return math.log(totals.tickets[key] / lessons) + damped
