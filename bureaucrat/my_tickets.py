"""The employee's tickets as last heard from the server, kept on disk, and what is new in each answer."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from threading import RLock

from bureaucrat import durable
from bureaucrat.failures import Json

_FILE = "tickets.json"
_NEWS = {"answer", "status", "reopening"}


@dataclass(frozen=True)
class News:
    """Something the employee has not been told yet: an answer (with text) or a change of status."""

    submission_id: str
    number: int | None
    title: str
    kind: str
    text: str
    status: str | None
    author: str


class MyTickets:
    """Safe to use from several threads."""

    def __init__(self, home: Path) -> None:
        self._path = home / _FILE
        self._lock = RLock()
        self._known = self._load()

    def all(self) -> list[Json]:
        """Newest first."""
        with self._lock:
            return sorted(self._known.values(), key=lambda s: str(s.get("received_at", "")), reverse=True)

    def get(self, submission_id: str) -> Json | None:
        with self._lock:
            return self._known.get(submission_id)

    def hear(self, submissions: Iterable[Json], *, person_id: str) -> tuple[list[Json], list[News]]:
        """Take in what the server said; return what changed, and what to tell `person_id` of it."""
        changed: list[Json] = []
        news: list[News] = []
        with self._lock:
            for said in submissions:
                before = self._known.get(str(said.get("id", "")))
                after = (before or {}) | said
                if "id" not in said or after == before or _older(said, before):
                    continue
                self._known[str(said["id"])] = after
                changed.append(after)
                if before is not None and _concerns(after, person_id):
                    news += _new_entries(before, after, person_id)
        return changed, news

    def keep(self) -> None:
        """Write it down; after the news have been told, so that a crash tells them again, never not."""
        with self._lock:
            content = json.dumps(list(self._known.values()), ensure_ascii=False)
        durable.make_folder(self._path.parent)
        durable.replace_file(self._path, content.encode("utf-8", "backslashreplace"))

    def clear(self) -> None:
        """Another person's device now."""
        with self._lock:
            self._known.clear()
            self._path.unlink(missing_ok=True)

    def _load(self) -> dict[str, Json]:
        try:
            content = json.loads(self._path.read_bytes())
            return {str(item["id"]): item for item in content}
        except (OSError, ValueError, TypeError, KeyError):
            return {}


def _older(said: Json, before: Json | None) -> bool:
    """Two answers may overtake each other on the way."""
    return before is not None and str(said.get("updated_at") or "~") < str(before.get("updated_at") or "")


def _concerns(submission: Json, person_id: str) -> bool:
    person = submission.get("person") or {}
    return not person_id or str(person.get("id", person_id)) == person_id


def _new_entries(before: Json, after: Json, person_id: str) -> list[News]:
    seen = {entry.get("id") for entry in before.get("log") or []}
    news = []
    for entry in after.get("log") or []:
        author = entry.get("author") or {}
        own = author.get("kind") == "person" and str(author.get("id")) == person_id
        if entry.get("id") in seen or own or entry.get("kind") not in _NEWS:
            continue
        news.append(
            News(
                submission_id=str(after["id"]),
                number=after.get("number"),
                title=str(after.get("title", "")),
                kind=str(entry["kind"]),
                text=str(entry.get("text") or ""),
                status=entry.get("status"),
                author=str(author.get("full_name", "")),
            )
        )
    return news
