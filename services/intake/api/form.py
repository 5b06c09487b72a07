"""The body of a submission: JSON, or multipart with its files streamed to disk beyond a megabyte."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, BinaryIO, NamedTuple, TypeVar
from uuid import UUID

from fastapi import Request
from pydantic import BaseModel, ValidationError
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.types import Message, Receive

from chassis.images import NotAnImageError, look_at
from chassis.problems import Problem, field_errors
from contracts.intake import FileRef
from contracts.intake_http import NewReopening, NewReply, NewSubmission
from services.intake.domain.diagnostics import check_diagnostics
from services.intake.domain.errors import BadFileError, TooLargeError
from services.intake.domain.files import (
    MOST_BYTES,
    MOST_FILES,
    MOST_SCREENSHOT_BYTES,
    Kind,
    StoredFile,
    digest_of,
    file_id,
    safe_name,
)

_MOST_TEXT_BYTES = 256 * 1024
_MOST_FIELDS = 8
# Looked at within half a millisecond, of which going to a thread and back would take a third.
_SMALL_BYTES = 256 * 1024
Model = TypeVar("Model", bound=BaseModel)
_FILE_PARTS: tuple[Kind, ...] = ("screenshot", "attachment")


class Parts(NamedTuple):
    submission: NewSubmission
    files: list[StoredFile]


@asynccontextmanager
async def read_parts(request: Request, submission_id: UUID) -> AsyncIterator[Parts]:
    """What was sent, checked; the files are there as long as the context is.

    Raises Problem 4xx, BadFileError, TooLargeError.
    """
    media_type = _media_type(request)
    if media_type == "application/json":
        yield Parts(_submission(await _read_json(request)), [])
        return
    if media_type != "multipart/form-data":
        raise Problem(415, "Send multipart/form-data or application/json.")
    form = await _read_form(request)
    try:
        yield Parts(_submission(_fields(form)), await _files(form, submission_id))
    finally:
        await form.close()


class Words(NamedTuple):
    text: str
    files: list[StoredFile]


@asynccontextmanager
async def read_words(
    request: Request,
    key: UUID,
    alone: type[NewReply | NewReopening],
    with_files: type[NewReply | NewReopening],
) -> AsyncIterator[Words]:
    """What the requester says, as JSON or as a form with files; the ids of the files are made from `key`.

    `alone` and `with_files` say what the text has to be without files, and beside them.

    Raises Problem 4xx, BadFileError, TooLargeError.
    """
    media_type = _media_type(request)
    if media_type == "application/json":
        yield Words(_checked(alone, await _read_json(request)).text, [])
        return
    if media_type != "multipart/form-data":
        raise Problem(415, "Send multipart/form-data or application/json.")
    form = await _read_form(request)
    try:
        files = await _files(form, key)
        yield Words(_checked(with_files if files else alone, _fields(form)).text, files)
    finally:
        await form.close()


@asynccontextmanager
async def read_files(request: Request, key: UUID) -> AsyncIterator[list[StoredFile]]:
    """Only files, at least one, there as long as the context is; ids are made from `key`.

    Raises Problem 4xx, BadFileError, TooLargeError.
    """
    form = await _read_form(request)
    try:
        if strange := sorted({name for name, _ in form.multi_items()} - set(_FILE_PARTS)):
            raise Problem(422, errors=[(strange[0], "is not offered here")])
        files = await _files(form, key)
        if not files:
            raise Problem(422, errors=[("attachment", "send at least one file")])
        yield files
    finally:
        await form.close()


async def _read_form(request: Request) -> FormData:
    body = Request(request.scope, _bounded(request, MOST_BYTES))
    parser = _WholeForm(
        request.headers,
        body.stream(),
        max_files=MOST_FILES,
        max_fields=_MOST_FIELDS,
        max_part_size=_MOST_TEXT_BYTES,
    )
    try:
        return await parser.parse()
    except MultiPartException as error:
        raise Problem(400, error.message) from error


class _WholeForm(MultiPartParser):
    """A form that came to its end: Starlette drops a part that is cut off, and says nothing."""

    _has_ended = False

    def on_end(self) -> None:
        self._has_ended = True

    async def parse(self) -> FormData:
        form = await super().parse()
        if not self._has_ended:
            for file in self._files_to_close_on_error:
                file.close()
            raise MultiPartException("The form is cut off.")
        return form


def _bounded(request: Request, most: int) -> Receive:
    came = 0

    async def receive() -> Message:
        nonlocal came
        message = await request.receive()
        came += len(message.get("body", b""))
        if came > most:
            raise TooLargeError(f"A submission takes at most {most // 1024 // 1024} MiB.")
        return message

    return receive


async def _read_json(request: Request) -> dict[str, Any]:
    bounded = Request(request.scope, _bounded(request, _MOST_TEXT_BYTES))
    return _json_object(await bounded.body(), "body")


def _json_object(text: bytes | str, field: str) -> dict[str, Any]:
    try:
        value = json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise Problem(422, "This is not JSON.", errors=[(field, "is not valid JSON")]) from error
    if not isinstance(value, dict):
        raise Problem(422, "A JSON object is wanted.", errors=[(field, "must be an object")])
    return value


def _refuse_constant(name: str) -> None:
    """NaN and Infinity are Python's, not JSON's (RFC 8259)."""
    raise ValueError(f"{name} is not JSON")


def _fields(form: FormData) -> dict[str, Any]:
    """Each field once; a field that is not offered is refused by the model."""
    fields: dict[str, Any] = {}
    for name, value in form.multi_items():
        if name in _FILE_PARTS:
            continue
        if name in fields or not isinstance(value, str):
            raise Problem(422, errors=[(name, "is wanted once, as text")])
        fields[name] = value
    if "diagnostics" in fields:
        fields["diagnostics"] = _json_object(fields["diagnostics"] or "{}", "diagnostics")
    return fields


def _media_type(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def _checked(model: type[Model], fields: dict[str, Any]) -> Model:
    try:
        return model.model_validate(fields)
    except ValidationError as error:
        detail = "Some fields are not as they should be."
        raise Problem(422, detail, errors=field_errors(error.errors())) from error


def _submission(fields: dict[str, Any]) -> NewSubmission:
    new = _checked(NewSubmission, fields)
    try:
        check_diagnostics(new.diagnostics)
    except ValueError as error:
        raise Problem(422, errors=[("diagnostics", str(error))]) from error
    return new


async def _files(form: FormData, submission_id: UUID) -> list[StoredFile]:
    uploads = [(kind, part) for kind in _FILE_PARTS for part in form.getlist(kind)]
    files: list[StoredFile] = []
    for position, (kind, part) in enumerate(uploads):
        if not isinstance(part, UploadFile):
            raise BadFileError(kind, "must be a file")
        # A browser sends an empty part for a file input left empty.
        if not part.filename and not part.size:
            continue
        about = (kind, safe_name(part.filename or ""), part.file, file_id(submission_id, position))
        is_small = part.size is not None and part.size <= _SMALL_BYTES
        files.append(_examine(*about) if is_small else await asyncio.to_thread(_examine, *about))
    return files


def _examine(kind: Kind, name: str, content: BinaryIO, identity: UUID) -> StoredFile:
    digest, size = digest_of(content)
    if not size:
        raise BadFileError(kind, f"the file {name} is empty")
    ref = FileRef(id=identity, kind=kind, name=name, content_type="application/octet-stream", size=size)
    if kind == "attachment":
        return StoredFile(ref, digest, content)
    if size > MOST_SCREENSHOT_BYTES:
        raise TooLargeError(f"A screenshot takes at most {MOST_SCREENSHOT_BYTES // 1024 // 1024} MiB.")
    try:
        seen = look_at(content)
    except NotAnImageError as error:
        raise BadFileError(kind, str(error)) from error
    return StoredFile(ref.model_copy(update=seen._asdict()), digest, content)
