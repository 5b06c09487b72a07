"""The spool: every parcel lies on disk, whole, before anybody is told that it was accepted.

`outbox/<id>/` waits for the server, `rejected/<id>/` waits for the employee. A folder appears under its
id by one rename, when all of it is durable; a name beginning with a dot is unfinished work, swept at start.
"""

from __future__ import annotations

import errno
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from threading import RLock
from typing import Any

from bureaucrat import durable
from bureaucrat.parcel import Enclosure, EnclosureOnDisk, Parcel, read_manifest

_MANIFEST = "parcel.json"
_PROBLEM = "problem.json"
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class CannotKeepError(Exception):
    """The disk did not take it; nothing of it is left behind."""

    def __init__(self, cause: OSError) -> None:
        super().__init__(str(cause))
        self.disk_full = cause.errno in _NO_ROOM


@dataclass(frozen=True)
class Rejected:
    """A parcel the server refused for good, with its words."""

    parcel: Parcel
    problem: dict[str, Any]


class Spool:
    """Safe to use from several threads of one process; one process at a time."""

    def __init__(self, home: Path) -> None:
        self._outbox = home / "outbox"
        self._refused = home / "rejected"
        self._damaged = home / "damaged"
        self._lock = RLock()
        for folder in (self._outbox, self._refused, self._damaged):
            durable.make_folder(folder)
        self._sweep()

    def put(self, parcel: Parcel, enclosures: Sequence[Enclosure] = ()) -> Parcel:
        """Keep it; when this returns, no power cut can lose it. CannotKeepError leaves nothing behind."""
        with self._lock:
            draft = self._outbox / f".new-{parcel.id}"
            try:
                kept = self._write(draft, parcel, enclosures)
                durable.move(draft, self._outbox / str(parcel.id))
            except OSError as cause:
                durable.remove_tree(draft)
                raise CannotKeepError(cause) from cause
            return kept

    def pending(self) -> list[Parcel]:
        """What has still to be sent, oldest first (ids grow with time)."""
        return list(self._parcels(self._outbox))

    def settle(self, parcel: Parcel) -> None:
        """The server has it: forget it here."""
        with self._lock:
            self._drop(self._outbox / str(parcel.id))

    def reject(self, parcel: Parcel, problem: dict[str, Any]) -> None:
        """Set it aside with the reason, for the employee to correct."""
        with self._lock:
            folder = self._outbox / str(parcel.id)
            words = json.dumps(problem, ensure_ascii=False).encode("utf-8", "backslashreplace")
            durable.replace_file(folder / _PROBLEM, words)
            durable.move(folder, self._refused / str(parcel.id))

    def rejected(self) -> list[Rejected]:
        return [Rejected(parcel, self._problem(parcel)) for parcel in self._parcels(self._refused)]

    def discard(self, parcel: Parcel) -> None:
        """Forget a refused parcel."""
        with self._lock:
            self._drop(self._refused / str(parcel.id))

    def _write(self, draft: Path, parcel: Parcel, enclosures: Sequence[Enclosure]) -> Parcel:
        durable.remove_tree(draft)
        durable.make_folder(draft)
        final = self._outbox / str(parcel.id)
        on_disk = []
        for number, enclosure in enumerate(enclosures, start=1):
            name = f"{number:02}.bin"
            durable.write_new(draft / name, enclosure.content)
            on_disk.append(
                EnclosureOnDisk(enclosure.field, enclosure.name, enclosure.content_type, final / name)
            )
        kept = replace(parcel, enclosures=tuple(on_disk))
        durable.write_new(draft / _MANIFEST, kept.manifest())
        durable.sync_folder(draft)
        return kept

    def _parcels(self, place: Path) -> Iterable[Parcel]:
        with self._lock:
            for folder in sorted(place.iterdir()):
                if folder.name.startswith(".") or not folder.is_dir():
                    continue
                try:
                    yield read_manifest((folder / _MANIFEST).read_bytes(), folder)
                except (OSError, ValueError, KeyError, TypeError):
                    # A disk that lies; it must not stop the others, and a person may still mend it.
                    durable.move(folder, self._free_name(self._damaged / folder.name))

    def _problem(self, parcel: Parcel) -> dict[str, Any]:
        try:
            problem = json.loads((self._refused / str(parcel.id) / _PROBLEM).read_bytes())
        except (OSError, ValueError):
            return {}
        return problem if isinstance(problem, dict) else {}

    def _drop(self, folder: Path) -> None:
        if not folder.is_dir():
            return
        gone = folder.with_name(f".gone-{folder.name}")
        durable.move(folder, gone)
        durable.remove_tree(gone)

    def _sweep(self) -> None:
        for place in (self._outbox, self._refused):
            for folder in place.glob(".*"):
                durable.remove_tree(folder)

    def _free_name(self, path: Path) -> Path:
        number = 0
        candidate = path
        while candidate.exists():
            number += 1
            candidate = path.with_name(f"{path.name}-{number}")
        return candidate
