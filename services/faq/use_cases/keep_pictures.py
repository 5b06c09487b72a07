"""Pictures for articles are taken, and shown to whoever may read an article that has them."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from chassis.principal import Principal
from services.faq.domain.errors import ArticleNotFoundError
from services.faq.domain.picture import Picture, Sizes, pictures_in
from services.faq.domain.storage import FaqStorage
from services.faq.use_cases.rights import must_write


class Shown(NamedTuple):
    """Pixels as they were decoded and encoded anew."""

    content_type: str
    width: int
    height: int
    data: bytes


async def taken_before(faq: FaqStorage, key: UUID, staff: Principal, at: datetime) -> Picture | None:
    """Raises NotAllowedError."""
    must_write(staff)
    return await faq.pictures.seen_again(key, at)


async def take_picture(faq: FaqStorage, key: UUID, shown: Shown, staff: Principal, at: datetime) -> Picture:
    """Raises NotAllowedError."""
    must_write(staff)
    picture = Picture(id=key, by=staff.id, at=at, **shown._asdict())
    await faq.pictures.add(picture)
    return picture


async def read_picture(faq: FaqStorage, key: UUID, caller: Principal) -> Picture:
    """Raises ArticleNotFoundError, alike for «not there» and «in no article of yours»."""
    if not caller.is_staff and not await faq.pictures.is_open(key):
        raise ArticleNotFoundError
    picture = await faq.pictures.find(key)
    if picture is None:
        raise ArticleNotFoundError
    return picture


async def sizes_in(faq: FaqStorage, markdown: str) -> Sizes:
    """Of the pictures it names."""
    return await faq.pictures.sizes(pictures_in(markdown))
