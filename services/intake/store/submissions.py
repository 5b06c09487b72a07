"""The submissions: one document each, with what became of it and its unpublished events."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID

from pymongo import ASCENDING, DESCENDING, UpdateOne
from pymongo.errors import BulkWriteError, DuplicateKeyError

from chassis.mongo import (
    DUPLICATE_KEY,
    Client,
    Collection,
    Database,
    Document,
    Session,
    in_transaction,
    insert_each,
)
from chassis.outbox import outbox_fields, with_outbox
from chassis.together import Together
from chassis.wakeup import Wakeup
from contracts.envelope import Event
from contracts.intake_http import LogItem
from contracts.people import PersonRef
from contracts.tickets import MergedInto
from services.intake.domain.access import Position, Scope
from services.intake.domain.errors import SubmissionNotFoundError
from services.intake.domain.files import StoredFile
from services.intake.domain.submission import Progress, Submission
from services.intake.store.files import Files, ReadFile, read_file

_HIDDEN = {"outbox": 0, "outbox_since": 0}
# So much goes into memory and into a transaction with others'; so many do.
_SMALL_BYTES = 1024 * 1024
_MOST_TOGETHER = 16


class _Added(NamedTuple):
    document: Document
    files: Sequence[ReadFile]


class Submissions:
    def __init__(self, client: Client, database: Database, files: Files) -> None:
        self._client = client
        self._files = files
        self.collection: Collection = database["submissions"]
        self.changes = Wakeup(self.collection, {"operationType": "update"})
        self._alone = Together(partial(insert_each, self.collection))
        self._with_files = Together(self._add_together, most=_MOST_TOGETHER)
        self._joined = Together(self._find_joined)
        self._advanced = Together(self._advance_each)

    async def prepare(self) -> None:
        """Create the indexes; harmless where they are."""
        newest = [("received_at", DESCENDING), ("_id", DESCENDING)]
        for owner in ("requester.person.id", "requester.device_id", "requester.company.id"):
            await self.collection.create_index([(owner, ASCENDING), *newest])
        await self.collection.create_index([("joined", ASCENDING)], sparse=True)

    async def get(self, submission_id: UUID) -> Submission:
        """Raises SubmissionNotFoundError."""
        document = await self.collection.find_one({"_id": submission_id}, _HIDDEN)
        if document is None:
            raise SubmissionNotFoundError
        return _to_submission(document)

    async def add(self, submission: Submission, files: Sequence[StoredFile], event: Event) -> bool:
        """Keep it with its files and event, all or nothing; False when its id is taken."""
        document = {**_to_document(submission), **outbox_fields([event], submission.received_at)}
        try:
            if not files:
                await self._alone.of(document)
            elif sum(file.ref.size for file in files) <= _SMALL_BYTES:
                read = [read_file(submission.id, file, submission.received_at) for file in files]
                await self._with_files.of(_Added(document, read))
            else:
                await self._add_large(document, submission, files)
        except DuplicateKeyError:
            return False
        return True

    async def _add_together(self, added: Sequence[_Added]) -> list[None]:
        """In one transaction: one journal flush, and one answer, for all who submit at this moment.

        Raises DuplicateKeyError; then nothing of it is kept, and each is tried by itself.
        """

        async def write(session: Session) -> None:
            await self.collection.insert_many([one.document for one in added], session=session)
            await self._files.write_read([file for one in added for file in one.files], session)

        try:
            await in_transaction(self._client, write)
        except BulkWriteError as error:
            first = error.details["writeErrors"][0]
            if first["code"] != DUPLICATE_KEY:
                raise
            raise DuplicateKeyError(first["errmsg"], DUPLICATE_KEY, first) from error
        return [None] * len(added)

    async def _add_large(
        self, document: Document, submission: Submission, files: Sequence[StoredFile]
    ) -> None:
        async def write(session: Session) -> None:
            await self.collection.insert_one(document, session=session)
            for file in files:
                await self._files.write(submission.id, file, submission.received_at, session)

        await in_transaction(self._client, write)

    async def shows(self, file_id: UUID, scope: Scope) -> bool:
        query = {**_owned_by(scope), "log.files.id": file_id}
        return await self.collection.find_one(query, {"_id": 1}) is not None

    async def changed(self, submission_id: UUID, seconds: float) -> None:
        """Return when this submission changes (a change may be missed), or after `seconds`."""
        await self.changes.for_document(submission_id, seconds)

    async def append(self, submission_id: UUID, item: LogItem, event: Event, rating: int | None) -> bool:
        """Put a requester's word into the log with its event; False when that item is there already."""
        fields: Document = {"updated_at": item.at, **({"rating": rating} if rating else {})}
        update = {"$set": fields, "$push": {"log": item.model_dump()}}
        result = await self.collection.update_one(
            {"_id": submission_id, "log.id": {"$ne": item.id}}, with_outbox(update, [event], item.at)
        )
        return result.matched_count == 1

    async def follow(
        self, submission_id: UUID, version: int, progress: Progress | None, item: LogItem | None
    ) -> None:
        """Take over a line of the log that is not there yet (or was corrected), and a newer progress.

        In this order: who sees a version sees what was said by it. What was merged into it hears the same;
        what was merged itself hears no more of its own ticket.
        """
        for one in (submission_id, *await self._joined.of(submission_id)):
            if item:
                await self._put_item(one, version, item)
            if progress:
                await self._advance(one, submission_id, progress)

    async def _find_joined(self, followed: Sequence[UUID]) -> list[list[UUID]]:
        asked = self.collection.find({"joined": {"$in": list(followed)}}, {"joined": 1})
        found = await asked.to_list()
        return [[one["_id"] for one in found if one["joined"] == key] for key in followed]

    async def _advance(self, submission_id: UUID, followed: UUID, progress: Progress) -> None:
        newer = {"$or": [{"progress": None}, {"progress.version": {"$lt": progress.version}}]}
        own = {"joined": None if submission_id == followed else followed}
        kept = {**progress.model_dump(), "status": progress.status.value}
        same = {"_id": submission_id, **own, **newer}
        await self._advanced.of(UpdateOne(same, {"$set": {"progress": kept}}))
        self.changes.tell(submission_id)

    async def _advance_each(self, updates: Sequence[UpdateOne]) -> list[None]:
        await self.collection.bulk_write(updates, ordered=False)
        return [None] * len(updates)

    async def join(self, submission_id: UUID, into: MergedInto) -> None:
        """Where it stands is from now on where that ticket stands; harmless again, also after a cut."""
        mine = {"$or": [{"_id": submission_id}, {"joined": submission_id}]}
        anew = {"$set": {"joined": into.submission_id, "progress": None}}
        await self.collection.update_many({**mine, "joined": {"$ne": into.submission_id}}, anew)
        there = await self.collection.find_one({"_id": into.submission_id}, {"progress": 1})
        if there and (kept := there.get("progress")):
            newer = {"$or": [{"progress": None}, {"progress.version": {"$lt": kept["version"]}}]}
            joined = {"joined": into.submission_id, **newer}
            await self.collection.update_many(joined, {"$set": {"progress": kept}})
        self.changes.tell(submission_id)

    async def _put_item(self, submission_id: UUID, version: int, item: LogItem) -> None:
        """A line keeps the version that said it, so that a correction is not undone by what it corrects."""
        status = item.status.value if item.status else None
        line = {**item.model_dump(), "status": status, "version": version}
        result = await self.collection.update_one(
            {"_id": submission_id, "log.id": {"$ne": item.id}},
            {"$push": {"log": {"$each": [line], "$sort": {"at": 1}}}, "$max": {"updated_at": item.at}},
        )
        if not result.matched_count:
            older = {"$elemMatch": {"id": item.id, "version": {"$not": {"$gte": version}}}}
            await self.collection.update_one(
                {"_id": submission_id, "log": older},
                {"$set": {"log.$.text": item.text, "log.$.version": version}},
            )

    async def newest_of(self, company: UUID, most: int) -> list[Submission]:
        """A company's, the newest first, without their logs."""
        newest = [("received_at", DESCENDING), ("_id", DESCENDING)]
        found = self.collection.find({"requester.company.id": company}, {**_HIDDEN, "log": 0})
        return [_to_submission(one) for one in await found.sort(newest).limit(most).to_list()]

    async def hand_over(self, person: UUID, into: PersonRef) -> None:
        """What somebody has submitted who was entered twice; what was submitted stays as it is."""
        await self.collection.update_many(
            {"requester.person.id": person}, {"$set": {"requester.person": into.model_dump()}}
        )

    async def page(
        self, scope: Scope, before: Position | None, limit: int
    ) -> tuple[list[Submission], Position | None]:
        """The newest first; and where the next page begins."""
        query: Document = _owned_by(scope)
        if before:
            older = [
                {"received_at": {"$lt": before.at}},
                {"received_at": before.at, "_id": {"$lt": before.id}},
            ]
            query = {"$and": [query, {"$or": older}]}
        newest = [("received_at", DESCENDING), ("_id", DESCENDING)]
        found = await self.collection.find(query, _HIDDEN).sort(newest).limit(limit + 1).to_list()
        page = [_to_submission(document) for document in found[:limit]]
        more = Position(at=page[-1].received_at, id=page[-1].id) if len(found) > limit else None
        return page, more


def _owned_by(scope: Scope) -> Document:
    if scope.device:
        return {"requester.device_id": scope.device}
    if scope.person:
        return {"requester.person.id": scope.person}
    return {} if scope.companies is None else {"requester.company.id": {"$in": list(scope.companies)}}


def _to_document(submission: Submission) -> Document:
    """`diagnostics` is kept as text: its keys are somebody else's and may look like operators."""
    document: dict[str, Any] = submission.model_dump(exclude={"id", "diagnostics"})
    diagnostics = json.dumps(submission.diagnostics, ensure_ascii=False)
    if submission.joined is None:
        # The index of those that joined holds no others.
        del document["joined"]
    return {"_id": submission.id, **document, "diagnostics": diagnostics}


def _to_submission(document: Document) -> Submission:
    diagnostics = json.loads(document["diagnostics"])
    return Submission.model_validate({**document, "id": document["_id"], "diagnostics": diagnostics})
