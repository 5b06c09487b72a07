"""What was asked and what was promised, submission by submission, counted as Jepsen's RabbitMQ test does."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from uuid import UUID

from chassis.clock import new_id


@dataclass
class Submission:
    """One thing to submit, under one key however often it is tried."""

    title: str
    device: str
    has_picture: bool
    id: UUID = field(default_factory=new_id)
    attempts: int = 0
    acknowledged: bool = False


@dataclass
class Ledger:
    """`name` begins each title, so that what this ledger never attempted can be told from others' work."""

    name: str
    submissions: dict[UUID, Submission] = field(default_factory=dict)
    refused: int = 0
    unanswered: int = 0
    wrong: list[str] = field(default_factory=list)

    def attempt(self, device: str, *, has_picture: bool) -> Submission:
        title = f"{self.name} {len(self.submissions) + 1}"
        submission = Submission(title, device, has_picture)
        self.submissions[submission.id] = submission
        return submission

    @property
    def acknowledged(self) -> set[UUID]:
        return {key for key, submission in self.submissions.items() if submission.acknowledged}


@dataclass
class Seen:
    """What the product shows afterwards, each place for itself."""

    tickets: dict[UUID, list[int]] = field(default_factory=dict)
    titles: dict[UUID, str] = field(default_factory=dict)
    registered: dict[UUID, set[str]] = field(default_factory=dict)
    numbers: dict[UUID, int | None] = field(default_factory=dict)
    repeated_on_feed: int = 0

    def everywhere(self, key: UUID) -> bool:
        """In the list, on the feed, and its number is with its requester."""
        return key in self.tickets and key in self.registered and self.numbers.get(key) is not None


@dataclass(frozen=True)
class Reckoning:
    """`recovered`: never acknowledged, and yet became a ticket; `unexpected`: never attempted, or askew."""

    attempted: int
    acknowledged: int
    lost: int
    duplicated: int
    recovered: int
    unexpected: int
    refused: int
    unanswered: int
    repeated_on_feed: int

    @property
    def is_kept(self) -> bool:
        return not (self.lost or self.duplicated or self.unexpected) and self.acknowledged > 0

    def rows(self) -> dict[str, int]:
        return asdict(self)


def reckon(ledger: Ledger, seen: Seen) -> Reckoning:
    known = ledger.submissions.keys()
    acknowledged = ledger.acknowledged
    ours = {key for key, title in seen.titles.items() if title.startswith(f"{ledger.name} ")}
    return Reckoning(
        attempted=len(known),
        acknowledged=len(acknowledged),
        lost=sum(not seen.everywhere(key) for key in acknowledged),
        duplicated=len(_doubled(seen, known | ours)),
        recovered=len((known - acknowledged) & ours),
        unexpected=len(ours - known) + len(_askew(seen, known & ours)),
        refused=ledger.refused,
        unanswered=ledger.unanswered,
        repeated_on_feed=seen.repeated_on_feed,
    )


def _doubled(seen: Seen, keys: set[UUID]) -> set[UUID]:
    """More tickets than one, more registrations than one, or a number that another ticket has too."""
    holders: dict[int, set[UUID]] = {}
    for key, numbers in seen.tickets.items():
        for number in numbers:
            holders.setdefault(number, set()).add(key)
    return {
        key
        for key in keys
        if len(seen.tickets.get(key, [])) > 1
        or len(seen.registered.get(key, ())) > 1
        or any(len(holders[number]) > 1 for number in seen.tickets.get(key, []))
    }


def _askew(seen: Seen, keys: set[UUID]) -> set[UUID]:
    """Its requester was told another number than the list shows."""
    return {
        key
        for key in keys
        if seen.numbers.get(key) is not None and seen.numbers[key] not in seen.tickets[key]
    }
