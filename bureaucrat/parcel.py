"""A parcel: one thing the employee wants sent, with the id that makes it count once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal
from uuid import UUID

from uuid_utils.compat import uuid7

Kind = Literal["submission", "joining", "reply", "reopening", "rating", "use"]

# Where each kind goes below /api/v1.
_PATHS: dict[Kind, str] = {
    "submission": "/submissions",
    "joining": "/submissions/{}/join",
    "reply": "/submissions/{}/replies",
    "reopening": "/submissions/{}/reopen",
    "rating": "/submissions/{}/rating",
    "use": "/articles/{}/uses",
}
# Makes a ticket of the employee's own, under the parcel's id.
OPENING: frozenset[Kind] = frozenset({"submission", "joining"})


@dataclass(frozen=True)
class Enclosure:
    """A file that goes with a parcel; `field` is the form field the server expects it in."""

    field: Literal["screenshot", "attachment"]
    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True)
class EnclosureOnDisk:
    """The same, once it lies in the spool."""

    field: str
    name: str
    content_type: str
    path: Path


@dataclass(frozen=True)
class Parcel:
    """`submission_id` is what it is about; for what opens a ticket it is the parcel's own id.

    `target` is where it goes where that is another one: the colleague's submission, an article.
    """

    id: UUID
    kind: Kind
    submission_id: UUID
    fields: Mapping[str, Any]
    created_at: datetime
    enclosures: tuple[EnclosureOnDisk, ...] = field(default=())
    target: UUID | None = None

    @property
    def path(self) -> str:
        return _PATHS[self.kind].format(self.target or self.submission_id)

    @property
    def opens_ticket(self) -> bool:
        return self.kind in OPENING

    @property
    def text(self) -> str:
        """What the employee wrote, to show or to offer for correction."""
        return str(self.fields.get("title") or self.fields.get("text") or self.fields.get("comment") or "")

    def manifest(self) -> bytes:
        content = {
            "id": str(self.id),
            "kind": self.kind,
            "submission_id": str(self.submission_id),
            "target": str(self.target) if self.target else None,
            "fields": dict(self.fields),
            "created_at": self.created_at.isoformat(),
            "enclosures": [
                {"field": e.field, "name": e.name, "content_type": e.content_type, "file": e.path.name}
                for e in self.enclosures
            ],
        }
        return json.dumps(content, ensure_ascii=False, indent=1).encode("utf-8", "backslashreplace")


def read_manifest(content: bytes, folder: Path) -> Parcel:
    """The parcel whose manifest this is; ValueError, KeyError or TypeError where it is damaged."""
    record = json.loads(content)
    if record["kind"] not in _PATHS:
        raise ValueError(record["kind"])
    return Parcel(
        id=UUID(record["id"]),
        kind=record["kind"],
        submission_id=UUID(record["submission_id"]),
        fields=dict(record["fields"]),
        created_at=datetime.fromisoformat(record["created_at"]),
        target=UUID(record["target"]) if record.get("target") else None,
        enclosures=tuple(
            EnclosureOnDisk(e["field"], e["name"], e["content_type"], folder / Path(e["file"]).name)
            for e in record["enclosures"]
        ),
    )


def new_submission(title: str, description: str, diagnostics: Mapping[str, Any]) -> Parcel:
    own = uuid7()
    fields = {
        "title": clean(title).strip(),
        "description": clean(description).strip(),
        "diagnostics": dict(diagnostics),
    }
    return Parcel(own, "submission", own, fields, datetime.now(UTC))


def new_joining(colleagues: UUID, title: str, description: str) -> Parcel:
    """What was typed so far goes along, and is there to be sent alone where joining is refused."""
    own = uuid7()
    fields = {"title": clean(title).strip(), "description": clean(description).strip()}
    return Parcel(own, "joining", own, fields, datetime.now(UTC), target=colleagues)


def new_use(article: UUID, problem: str) -> Parcel:
    """An article was enough for what would have become a ticket."""
    own = uuid7()
    fields = {"kind": "helped", "text": clean(problem).strip()}
    return Parcel(own, "use", own, fields, datetime.now(UTC), target=article)


def new_reply(submission_id: UUID, text: str) -> Parcel:
    return Parcel(uuid7(), "reply", submission_id, {"text": clean(text).strip()}, datetime.now(UTC))


def new_reopening(submission_id: UUID, text: str) -> Parcel:
    return Parcel(uuid7(), "reopening", submission_id, {"text": clean(text).strip()}, datetime.now(UTC))


def new_rating(submission_id: UUID, score: int, comment: str = "") -> Parcel:
    fields: dict[str, Any] = {"score": score}
    if comment.strip():
        fields["comment"] = clean(comment).strip()
    return Parcel(uuid7(), "rating", submission_id, fields, datetime.now(UTC))


def clean(text: str) -> str:
    """Without what no server takes and nobody can see: control characters and broken surrogates."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return "".join(sign for sign in whole if sign >= " " or sign in "\n\t").replace("\x7f", "")
