"""Files in GridFS's layout, written in the submission's own transaction.

The driver's GridFS writes outside transactions only; the layout is public (MongoDB's GridFS specification),
so we write it ourselves, all or nothing, and the driver reads it.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, BinaryIO, NamedTuple
from uuid import UUID

from bson import Binary
from gridfs import NoFile
from gridfs.asynchronous import AsyncGridFSBucket
from pymongo import ASCENDING
from pymongo.errors import DuplicateKeyError

from chassis.mongo import Database, Document, Session, in_transaction
from contracts.intake import FileRef
from services.intake.domain.errors import OtherBodyError
from services.intake.domain.files import KeptFile, StoredFile

# 255 KiB, GridFS's own default: a chunk with its header fits a power of two.
_CHUNK_BYTES = 255 * 1024
# Images are compressed already; trying again costs time and gains nothing.
_UNCOMPRESSED = {"wiredTiger": {"configString": "block_compressor=none"}}
_LARGEST_DISPLAY_BYTES = 15 * 1024 * 1024


class ReadFile(NamedTuple):
    """A file as it will be kept."""

    about: Document
    chunks: Sequence[Document]


class Files:
    def __init__(self, database: Database) -> None:
        self._database = database
        self._files = database["files.files"]
        self._chunks = database["files.chunks"]
        self._displays = database["displays"]
        self._bucket = AsyncGridFSBucket(database, "files", chunk_size_bytes=_CHUNK_BYTES)

    async def prepare(self) -> None:
        """Collections exist before any transaction: MongoDB cannot make them well inside one."""
        existing = set(await self._database.list_collection_names())
        for name in {"files.chunks", "displays"} - existing:
            await self._database.create_collection(name, storageEngine=_UNCOMPRESSED)
        if "files.files" not in existing:
            await self._database.create_collection("files.files")
        await self._chunks.create_index([("files_id", ASCENDING), ("n", ASCENDING)], unique=True)

    async def add(self, submission_id: UUID, files: Sequence[StoredFile], at: datetime) -> None:
        """For an answer; raises OtherBodyError where their ids were used for other files."""

        async def write(session: Session) -> None:
            for file in files:
                about = {"ref": file.ref.model_dump(), "digest": file.digest}
                await self.write(submission_id, file, at, session, about)

        try:
            await in_transaction(self._database.client, write)
        except DuplicateKeyError:
            kept = self._files.find({"_id": {"$in": [file.ref.id for file in files]}})
            known = {
                (one["_id"], one["metadata"].get("digest"), one["metadata"]["submission_id"])
                async for one in kept
            }
            if known != {(file.ref.id, file.digest, submission_id) for file in files}:
                raise OtherBodyError from None

    async def write(
        self,
        submission_id: UUID,
        file: StoredFile,
        at: datetime,
        session: Session,
        about: Document | None = None,
    ) -> None:
        """One file from its beginning; part of the caller's transaction, so it may be called again."""
        await self._files.insert_one(_about(submission_id, file, at, about), session=session)
        for chunk in _chunks_of(file.ref.id, file.content):
            await self._chunks.insert_one(chunk, session=session)

    async def write_read(self, files: Sequence[ReadFile], session: Session) -> None:
        """Small ones, which were read into memory before: all of them in two commands."""
        await self._files.insert_many([file.about for file in files], session=session)
        chunks = [chunk for file in files for chunk in file.chunks]
        await self._chunks.insert_many(chunks, session=session)

    async def find(self, file_id: UUID) -> KeptFile | None:
        found = await self._files.find_one({"_id": file_id}, {"metadata": 1})
        if found is None:
            return None
        about = found["metadata"]
        ref = FileRef.model_validate(about["ref"]) if "ref" in about else None
        return KeptFile(about["submission_id"], ref)

    async def read(self, file_id: UUID) -> AsyncIterator[bytes]:
        """The file's bytes, a chunk at a time."""
        stream = await self._bucket.open_download_stream(file_id)
        while chunk := await stream.readchunk():
            yield chunk

    async def read_whole(self, file_id: UUID) -> bytes | None:
        try:
            stream = await self._bucket.open_download_stream(file_id)
        except NoFile:
            return None
        return await stream.read()

    async def display(self, file_id: UUID) -> tuple[str, bytes] | None:
        """The re-encoded image as (content type, bytes), if it was made already."""
        found = await self._displays.find_one({"_id": file_id})
        return (found["content_type"], bytes(found["data"])) if found else None

    async def keep_display(self, file_id: UUID, content_type: str, data: bytes) -> None:
        """What can be made again need not be kept: a very large one is not."""
        if len(data) > _LARGEST_DISPLAY_BYTES:
            return
        try:
            await self._displays.insert_one(
                {"_id": file_id, "content_type": content_type, "data": Binary(data)}
            )
        except DuplicateKeyError:
            return


def read_file(submission_id: UUID, file: StoredFile, at: datetime) -> ReadFile:
    """Whole, into memory."""
    return ReadFile(_about(submission_id, file, at), list(_chunks_of(file.ref.id, file.content)))


def _about(
    submission_id: UUID, file: StoredFile, at: datetime, more: Mapping[str, Any] | None = None
) -> Document:
    return {
        "_id": file.ref.id,
        "filename": file.ref.name,
        "length": file.ref.size,
        "chunkSize": _CHUNK_BYTES,
        "uploadDate": at,
        "metadata": {
            "submission_id": submission_id,
            "content_type": file.ref.content_type,
            **(more or {}),
        },
    }


def _chunks_of(file_id: UUID, content: BinaryIO) -> Iterator[Document]:
    content.seek(0)
    n = 0
    while data := content.read(_CHUNK_BYTES):
        yield {"files_id": file_id, "n": n, "data": Binary(data)}
        n += 1
