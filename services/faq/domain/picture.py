"""The pictures of articles: kept by faq, named by `picture:<id>` in the Markdown."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID, uuid5

from pydantic import BaseModel, ConfigDict

_SPACE = UUID("0198b0c0-0000-7000-8000-00000000fa90")
_NAMED = re.compile(r"picture:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\b", re.IGNORECASE)
ADDRESS = "/api/v1/articles/pictures/{}"
# Width and height.
Size = tuple[int, int]
Sizes = Mapping[UUID, Size]
# Higher than this it pushes what is said below off the screen; a click shows it whole.
HIGHEST_SHOWN = 512


class Picture(BaseModel):
    """What is shown: made anew from the pixels of what was sent, and nothing else of it."""

    model_config = ConfigDict(frozen=True)

    id: UUID
    content_type: str
    width: int
    height: int
    data: bytes
    by: UUID
    at: datetime


def picture_id(original: bytes) -> UUID:
    """The same picture sent again is the same picture."""
    return uuid5(_SPACE, hashlib.sha256(original).hexdigest())


def markdown_of(picture: UUID) -> str:
    return f"![](picture:{picture})"


def pictures_in(markdown: str) -> list[UUID]:
    """Those it names, each once."""
    return list(dict.fromkeys(UUID(found) for found in _NAMED.findall(markdown)))


def picture_named(address: str) -> UUID | None:
    """The picture that an address in Markdown stands for."""
    named = _NAMED.fullmatch(address)
    return UUID(named[1]) if named else None


def shown_size(size: Size) -> Size:
    """What an article gives it: its own, or less of a high one."""
    width, height = size
    if height <= HIGHEST_SHOWN:
        return size
    return max(1, round(width * HIGHEST_SHOWN / height)), HIGHEST_SHOWN
