"""Made once for each Idempotency-Key: the key's mark is in the document itself, under a unique index."""

from __future__ import annotations

from pymongo.errors import DuplicateKeyError

from chassis.mongo import Collection, Document, Session
from services.clients.domain.creation import Creation
from services.clients.domain.errors import KeyReusedError, MadeBeforeError, TakenError

_INDEX = "creation.key"


async def prepare_creations(collection: Collection) -> None:
    await collection.create_index(
        _INDEX, unique=True, partialFilterExpression={_INDEX: {"$type": "string"}}, name="creation"
    )


def creation_fields(creation: Creation | None) -> Document:
    return {"creation": creation.model_dump()} if creation else {}


async def find_made(collection: Collection, creation: Creation, session: Session | None) -> Document | None:
    """Raises KeyReusedError when the key made something else."""
    # Without the type MongoDB would not see that the partial index holds it, and read everything.
    wanted = {_INDEX: {"$eq": creation.key, "$type": "string"}}
    made = await collection.find_one(wanted, session=session)
    if made and made["creation"]["body"] != creation.body:
        raise KeyReusedError
    return made


def why_duplicate(error: DuplicateKeyError, taken: TakenError) -> Exception:
    """What the violated index means."""
    pattern = (error.details or {}).get("keyPattern", {})
    return MadeBeforeError() if _INDEX in pattern else taken
