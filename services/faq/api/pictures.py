"""The routes of pictures: sent for an article, decoded and made anew at once, shown with it."""

from __future__ import annotations

import asyncio
import io
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException

from chassis.clock import now
from chassis.images import NotAnImageError, look_at, reencode
from chassis.principal import Staff
from chassis.problems import Problem
from contracts.faq_http import MOST_PICTURE_BYTES, PictureView
from services.faq.api.answers import answer
from services.faq.api.parameters import Reader, TheFaq
from services.faq.domain.picture import ADDRESS, Picture, markdown_of, picture_id
from services.faq.use_cases.keep_pictures import Shown, read_picture, take_picture, taken_before

router = APIRouter()
# Four bytes a pixel while it is decoded, one after another: 160 MB at the most.
_MOST_PIXELS = 40_000_000
# A document of MongoDB's has room for this.
_MOST_KEPT_BYTES = 15 * 1024 * 1024
_decoding = asyncio.Semaphore(1)
_SHOWN = {
    "Cache-Control": "private, max-age=86400, immutable",
    "Content-Disposition": "inline",
    "X-Content-Type-Options": "nosniff",
}


@router.post("/articles/pictures")
async def post_picture(request: Request, staff: Staff, faq: TheFaq) -> Response:
    original = await _sent(request)
    key = picture_id(original)
    picture = await taken_before(faq, key, staff, now())
    if picture is None:
        async with _decoding:
            shown = await asyncio.to_thread(_shown, original)
        picture = await take_picture(faq, key, shown, staff, now())
    return answer(_view(picture), status=201)


@router.get("/articles/pictures/{picture_id}")
async def get_picture(picture_id: UUID, caller: Reader, faq: TheFaq) -> Response:
    picture = await read_picture(faq, picture_id, caller)
    return Response(picture.data, headers=_SHOWN, media_type=picture.content_type)


async def _sent(request: Request) -> bytes:
    """The one file of the form; raises Problem."""
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        raise Problem(415, "Send multipart/form-data with one picture.")
    try:
        async with request.form(max_files=1, max_fields=0) as form:
            sent = form.get("picture")
            if not isinstance(sent, UploadFile) or len(form) != 1:
                raise _bad("send one file, as `picture`")
            return await sent.read()
    except (MultiPartException, HTTPException) as error:
        raise Problem(400, "The form cannot be read.") from error


def _shown(original: bytes) -> Shown:
    if not original:
        raise _bad("the file is empty")
    if len(original) > MOST_PICTURE_BYTES:
        raise Problem(413, f"A picture takes at most {MOST_PICTURE_BYTES // 1024 // 1024} MiB.")
    try:
        look_at(io.BytesIO(original), _MOST_PIXELS)
        content_type, data = reencode(original)
        # A photo may have been turned upright.
        seen = look_at(io.BytesIO(data), _MOST_PIXELS)
    except NotAnImageError as error:
        raise _bad(str(error)) from error
    if len(data) > _MOST_KEPT_BYTES:
        raise _bad("the image is too large once it is decoded; send a smaller one, or a JPEG")
    return Shown(content_type, seen.width, seen.height, data)


def _bad(why: str) -> Problem:
    return Problem(422, "This is no picture that can be shown.", errors=[("picture", why)])


def _view(picture: Picture) -> PictureView:
    return PictureView(
        id=picture.id,
        content_type=picture.content_type,
        width=picture.width,
        height=picture.height,
        href=ADDRESS.format(picture.id),
        markdown=markdown_of(picture.id),
    )
