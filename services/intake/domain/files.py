"""The files of a submission: how many, how large, and under what name."""

from __future__ import annotations

import hashlib
from pathlib import PurePath
from typing import BinaryIO, Literal, NamedTuple
from uuid import UUID, uuid5

from contracts.intake import FileRef
from contracts.text import clean_line

MOST_BYTES = 64 * 1024 * 1024
MOST_SCREENSHOT_BYTES = 16 * 1024 * 1024
MOST_FILES = 20

_LONGEST_NAME_BYTES = 120
_LONGEST_ENDING = 20
_BLOCK_BYTES = 1024 * 1024
_RESERVED = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in "0123456789¹²³")}
)
_FORBIDDEN = str.maketrans(dict.fromkeys('\\/:*?"<>|', "_"))

Kind = Literal["screenshot", "attachment"]


class StoredFile(NamedTuple):
    """A file that was looked at, and its bytes from the beginning."""

    ref: FileRef
    digest: str
    content: BinaryIO


class KeptFile(NamedTuple):
    """Whose submission a file is of; `ref` says what it is where it came by an answer, not with that."""

    submission_id: UUID
    ref: FileRef | None


def file_id(submission: UUID, position: int) -> UUID:
    """The same file of the same submission has the same id whenever it is sent again."""
    return uuid5(submission, str(position))


def safe_name(name: str) -> str:
    """A name that any system can save under; never empty, never a path, never a Windows device."""
    last = clean_line(PurePath(name.replace("\\", "/")).name.translate(_FORBIDDEN))
    last = clean_line(last.strip(" ."))
    stem, dot, suffix = last.rpartition(".")
    if not dot:
        stem, suffix = last, ""
    if stem.split(".")[0].strip().lower() in _RESERVED:
        stem = f"_{stem}"
    ending = f".{suffix}"[:_LONGEST_ENDING] if dot else ""
    room = _LONGEST_NAME_BYTES - len(ending.encode())
    return f"{stem.encode()[:room].decode(errors='ignore') or 'file'}{ending}".rstrip(" .")


def digest_of(content: BinaryIO) -> tuple[str, int]:
    """SHA-256 in hex and the size in bytes; leaves the file at its beginning."""
    content.seek(0)
    digest = hashlib.sha256()
    while block := content.read(_BLOCK_BYTES):
        digest.update(block)
    size = content.tell()
    content.seek(0)
    return digest.hexdigest(), size
