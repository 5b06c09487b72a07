"""The intake service on a real MongoDB; without RabbitMQ, so that its events wait in the outbox."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID, uuid4

import aiohttp
import pytest
from PIL import Image

from chassis.clock import new_id
from chassis.mongo import Database, connect, database
from chassis.principal import HEADER, Principal
from services.intake.app import build_app
from services.intake.settings import IntakeSettings
from services.intake.store import Files, Submissions
from tests.contract.serving import SIGNER, Answer, Calling, production_settings, serving

COMPANY, OTHER_COMPANY = new_id(), new_id()
Part = tuple[str, bytes | str] | tuple[str, bytes | str, str]


def device(company: UUID = COMPANY, **fields: Any) -> Principal:
    said = {"kind": "device", "id": new_id(), "full_name": "Иванова Мария", "person_id": new_id()}
    return Principal(**{**said, "company_id": company, "company_name": "ООО «Ромашка»", **fields})


DEVICE = device()
STAFF = Principal(kind="staff", id=new_id(), full_name="Орлов Пётр", roles=("specialist",))


def screenshot(size: tuple[int, int] = (64, 48)) -> bytes:
    content = io.BytesIO()
    Image.effect_noise(size, 80).convert("RGB").save(content, "PNG")
    return content.getvalue()


class Reception:
    """The service and what it keeps."""

    def __init__(self, calling: Calling, kept: Database, submissions: Submissions) -> None:
        self._calling = calling
        self.kept = kept
        self.submissions = submissions

    async def __call__(
        self, method: str, path: str, body: Any = None, *, who: Principal | None = DEVICE, **headers: str
    ) -> Answer:
        return await self._calling(method, path, body, who=who, **headers)

    async def submit(
        self,
        *parts: Part,
        who: Principal = DEVICE,
        key: UUID | None = None,
        title: str | None = "Не печатает",
    ) -> Answer:
        """As multipart; a part is a field's name and text, or a file's name, bytes and file name."""
        form = aiohttp.FormData(quote_fields=False, default_to_multipart=True)
        if title is not None:
            form.add_field("title", title)
        for name, content, *file_name in parts:
            sent = io.BytesIO(content) if isinstance(content, bytes) else content
            form.add_field(name, sent, filename=file_name[0] if file_name else None)
        return await self("POST", "/submissions", form, who=who, Idempotency_Key=str(key or new_id()))

    async def raw(self, head: str, *pieces: bytes, who: Principal = DEVICE, shut: bool = False) -> bytes:
        """The answer to exactly these bytes, sent over a bare connection."""
        reader, writer = await asyncio.open_connection(*self._calling.address)
        token = f"{HEADER}: {SIGNER.sign(who)}\r\nIdempotency-Key: {new_id()}\r\nHost: intake\r\n"
        writer.write(f"POST /submissions HTTP/1.1\r\n{token}{head}\r\n\r\n".encode())
        try:
            for piece in pieces:
                writer.write(piece)
                await writer.drain()
            if shut:
                writer.write_eof()
            async with asyncio.timeout(30):
                return await reader.read(64 * 1024)
        except ConnectionError:
            return b""
        finally:
            writer.close()

    async def stored(self) -> tuple[int, ...]:
        """How many submissions, files and pieces of files there are."""
        names = ("submissions", "files.files", "files.chunks")
        return tuple([await self.kept[name].count_documents({}) for name in names])

    async def events(self, submission_id: str) -> list[dict[str, Any]]:
        document = await self.kept["submissions"].find_one({"_id": UUID(submission_id)})
        assert document is not None
        return [json.loads(pending["body"]) for pending in document.get("outbox", [])]


@pytest.fixture(scope="package")
async def served(mongo_url: str) -> AsyncIterator[Reception]:
    client = connect(mongo_url)
    kept = database(client, f"intake_{uuid4().hex[:8]}")
    settings = production_settings(IntakeSettings, mongo_url, kept.name)
    async with serving(build_app(settings)) as calling:
        yield Reception(calling, kept, Submissions(client, kept, Files(kept)))
    await client.drop_database(kept.name)
    await client.close()


@pytest.fixture
async def reception(served: Reception) -> Reception:
    """Without the submissions of the tests before."""
    names = ("submissions", "files.files", "files.chunks", "displays")
    await asyncio.gather(*(served.kept[name].delete_many({}) for name in names))
    return served
