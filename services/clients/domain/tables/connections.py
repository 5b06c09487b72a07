"""Equipment of one file that hangs on equipment of the same file: which name is answered to, which is not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from services.clients.domain.search import plain

# Among the fields of a row: the name of a piece that is not there yet.
HANGS_ON = "hangs_on"
_LONGEST_CHAIN = 30


class Link(NamedTuple):
    """A row that adds a piece answers to its name; one that names a piece which is not there hangs on it."""

    row: int
    answers_to: str
    hangs_on: str


def answering_to(company: UUID | None, name: str) -> str:
    return f"{company} {plain(name)}"


def loose_ends(links: Iterable[Link]) -> dict[int, str]:
    """By row, why what it hangs on will not be there."""
    links = list(links)
    by_name: defaultdict[str, list[Link]] = defaultdict(list)
    for link in links:
        if link.answers_to:
            by_name[link.answers_to].append(link)
    reasons = {link.row: _loose_end(link, by_name) for link in links if link.hangs_on}
    return {row: reason for row, reason in reasons.items() if reason}


def _loose_end(link: Link, by_name: defaultdict[str, list[Link]]) -> str:
    first = link
    for _ in range(_LONGEST_CHAIN):
        if not link.hangs_on:
            return ""
        above = by_name.get(link.hangs_on, [])
        if len(above) != 1:
            return not_there(link.hangs_on, len(above))
        link = above[0]
        if link.row == first.row:
            return "connected_to: it would hang on itself"
    return f"connected_to: more than {_LONGEST_CHAIN} pieces in a row"


def not_there(answering: str, how_many: int = 0) -> str:
    said = "several pieces are" if how_many else "nothing is"
    return f"connected_to: {said} called {answering.partition(' ')[2][:100]} at this company"
