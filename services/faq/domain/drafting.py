"""A first draft of an article, from a solved ticket's problem and public log."""

from __future__ import annotations

import re

from contracts.faq_http import MOST_BODY, NewArticle, TicketTale

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~])")
# Up to what would begin a list, or make a heading of the line above. Before a digit a backslash would be
# shown itself: it is the dot that makes a number a mark.
_BEFORE_MARK = re.compile(r"^[ \t]*(?:(?=[-+=])|\d+(?=[.)](?:\s|$)))", re.MULTILINE)


def draft_of(tale: TicketTale) -> NewArticle:
    """Internal, and a draft: somebody has to read it before anybody else does."""
    parts = ["## Проблема", quoted(tale.description or tale.title)]
    said = [line.text for line in tale.log if line.author.kind == "staff" and line.text.strip()]
    if said:
        parts += ["## Решение", *(f"{number}. {step_of(text)}" for number, text in enumerate(said, 1))]
    else:
        parts += ["## Решение", "1. "]
    body = "\n\n".join(parts)[:MOST_BODY]
    return NewArticle(title=tale.title, body=body, category=tale.category)


def quoted(text: str) -> str:
    return "\n".join(f"> {line}" for line in plain(text).splitlines())


def step_of(text: str) -> str:
    """As one item of a numbered list."""
    return plain(text).replace("\n", "\n   ")


def plain(text: str) -> str:
    """Somebody's words as Markdown that shows them as they were."""
    return _BEFORE_MARK.sub(r"\g<0>\\", _SPECIAL.sub(r"\\\1", text))
