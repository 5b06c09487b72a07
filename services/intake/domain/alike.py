"""Which open submissions of a company look like the one that is being written."""

from __future__ import annotations

import re
from collections.abc import Iterable
from uuid import UUID

from contracts.tickets import OPEN_STATUSES
from services.intake.domain.submission import Submission

_WORD = re.compile(r"[^\W_]{3,}")
# Russian words differ at their ends: what they begin with tells them apart well enough for an offer.
_BEGINNING = 5
_LEAST = 1 / 3
_SAYS_LITTLE = {
    "что",
    "как",
    "при",
    "для",
    "это",
    "или",
    "очень",
    "пожал",
    "помог",
    "работ",
    "нужно",
    "можно",
}


def alike(title: str, mine: UUID, candidates: Iterable[Submission], most: int) -> list[Submission]:
    """The likest first, of equals the newest; what the caller asked for is known to the caller."""
    wanted = beginnings(title)
    if not wanted:
        return []
    scored = [
        (len(wanted & beginnings(one.title)) / len(wanted), one)
        for one in candidates
        if may_be_joined(one) and one.requester.person.id != mine
    ]
    likely = [pair for pair in scored if pair[0] >= _LEAST]
    likely.sort(key=lambda pair: (-pair[0], -pair[1].received_at.timestamp()))
    return [one for _, one in likely[:most]]


def may_be_joined(submission: Submission) -> bool:
    """It has a ticket of its own that is open; what joined another one or was merged leads there."""
    progress = submission.progress
    return submission.joined is None and progress is not None and progress.status in OPEN_STATUSES


def beginnings(text: str) -> set[str]:
    words = (word.replace("ё", "е")[:_BEGINNING] for word in _WORD.findall(text.casefold()))
    return {word for word in words if word not in _SAYS_LITTLE}
