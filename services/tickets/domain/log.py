"""The log of a ticket: what was done, said and changed, by whom and when."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from pydantic import BaseModel, ConfigDict

from contracts.intake import FileRef
from contracts.people import Author
from contracts.tickets import EntryKind, EntryRef, FieldChange
from services.tickets.domain.errors import RuleError


class Corrected(BaseModel):
    """What an entry said before."""

    model_config = ConfigDict(frozen=True)

    at: datetime
    author: Author
    text: str
    minutes: int | None
    additional: bool
    # Of the ticket after it; 0 where that was not kept yet.
    version: int = 0


class Entry(BaseModel):
    """One action; never removed, and a correction keeps what was."""

    model_config = ConfigDict(frozen=True)

    id: UUID
    at: datetime
    author: Author
    kind: EntryKind
    text: str = ""
    minutes: int | None = None
    additional: bool = False
    public: bool = False
    changes: tuple[FieldChange, ...] = ()
    corrections: tuple[Corrected, ...] = ()
    mentions: tuple[UUID, ...] = ()
    files: tuple[FileRef, ...] = ()
    # Of the ticket after it; 0 where that was not kept yet.
    version: int = 0
    # The ticket it was written in, where that was merged into this one.
    origin: int | None = None

    def reference(self) -> EntryRef:
        """As others may see it: an internal text stays here."""
        return EntryRef(
            id=self.id,
            at=self.at,
            author=self.author,
            kind=self.kind,
            public=self.public,
            text=self.text if self.public else None,
            minutes=self.minutes,
            additional=self.additional,
            files=self.files if self.public else (),
        )

    def length(self) -> int:
        """Of all its texts, in characters."""
        return len(self.text) + sum(len(before.text) for before in self.corrections)

    def change_id(self, field: str) -> UUID:
        """Of the entry that tells what this one brought about."""
        return uuid5(self.id, field)

    def that_changed(self, change: FieldChange) -> Entry:
        key = self.change_id(change.field)
        return Entry(id=key, at=self.at, author=self.author, kind="change", changes=(change,))

    def is_corrected_since(self, version: int) -> bool:
        return any(before.version > version for before in self.corrections)

    def first_said(self) -> tuple[str, int | None, bool, bool, list[UUID]]:
        """Text, minutes, additional, public and the files, as they were before any correction."""
        first = self.corrections[0] if self.corrections else self
        return first.text, first.minutes, first.additional, self.public, [file.id for file in self.files]

    def corrected(
        self, author: Author, at: datetime, version: int, *, text: str, minutes: int | None, additional: bool
    ) -> Entry:
        """The entry as it should have been, with what it was."""
        before = Corrected(
            at=at,
            author=author,
            text=self.text,
            minutes=self.minutes,
            additional=self.additional,
            version=version,
        )
        return self.model_copy(
            update={
                "text": text,
                "minutes": minutes,
                "additional": additional,
                "corrections": (*self.corrections, before),
            }
        )


def put_right(before: Entry, wanted: dict[str, Any], author: Author, at: datetime, version: int) -> Entry:
    """The entry with `wanted` fields, or itself where they say the same; raises RuleError.

    `version` is the ticket's after it.
    """
    if before.kind not in ("answer", "note", "work"):
        raise RuleError("id", "only what a specialist wrote can be corrected")
    fields = {"text": before.text, "minutes": before.minutes, "additional": before.additional, **wanted}
    if not (fields["text"] or fields["minutes"] or before.files):
        raise RuleError("text", "an entry needs a text or minutes")
    if before.public and not (fields["text"] or before.files):
        raise RuleError("text", "a public answer needs a text")
    if fields == {name: getattr(before, name) for name in fields}:
        return before
    after = before.corrected(author, at, version, **fields)
    if after.public:
        return after
    return after.model_copy(update={"kind": kind_of(public=False, minutes=after.minutes)})


def kind_of(*, public: bool, minutes: int | None) -> EntryKind:
    """A public text is an answer even if minutes go with it; without minutes an internal one is a note."""
    if public:
        return "answer"
    return "work" if minutes else "note"
