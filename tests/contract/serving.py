"""A service's real application on a port of its own, in this loop, called as somebody."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import io
import itertools
import json
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any, TypeVar

import aiohttp
import uvicorn
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from fastapi import FastAPI
from multidict import CIMultiDictProxy

from chassis.logs import configure_logs
from chassis.principal import HEADER, Principal, Signer
from chassis.settings import Settings

SettingsT = TypeVar("SettingsT", bound=Settings)
_PRIVATE = Ed25519PrivateKey.generate()
PUBLIC_KEY = base64.b64encode(_PRIVATE.public_key().public_bytes_raw()).decode()
SIGNER = Signer(base64.b64encode(_PRIVATE.private_bytes_raw()).decode())
# Nobody listens there: what a service says waits in its outbox.
NO_RABBIT = "amqp://service:not-published@127.0.0.1:9/"


def production_settings(kind: type[SettingsT], mongo_url: str, database: str, **others: Any) -> SettingsT:
    """Of a service as it would run, but that nobody takes what it says."""
    said = {"HELPDESK_ENVIRONMENT": "production", "amqp_url": NO_RABBIT, "principal_public_key": PUBLIC_KEY}
    return kind(**{**said, "mongodb_url": mongo_url, "mongodb_database": database, "http_port": 1, **others})


@dataclass
class Answer:
    status: int
    body: Any
    headers: CIMultiDictProxy[str]
    content: bytes

    @property
    def fields(self) -> list[str]:
        """The fields at fault, by a problem's own words."""
        return [error["field"] for error in self.body["errors"]]


class Calling:
    """Calls a running service as somebody."""

    def __init__(self, address: tuple[str, int]) -> None:
        self.address = address
        self._http = aiohttp.ClientSession(f"http://{address[0]}:{address[1]}")

    async def close(self) -> None:
        await self._http.close()

    async def __call__(
        self, method: str, path: str, body: Any = None, *, who: Principal | None, **headers: str
    ) -> Answer:
        """`body` is sent as JSON, bytes as they are, an aiohttp form as multipart."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if who:
            sent[HEADER] = SIGNER.sign(who)
        content = body
        if body is not None and not isinstance(body, bytes | aiohttp.FormData):
            content = json.dumps(body).encode()
        if isinstance(content, bytes):
            sent.setdefault("Content-Type", "application/json")
            content = io.BytesIO(content)
        async with self._http.request(method, path, data=content, headers=sent) as answer:
            read = await answer.read()
            is_json = "json" in answer.content_type
            return Answer(answer.status, json.loads(read) if is_json else None, answer.headers, read)


@contextlib.asynccontextmanager
async def serving(app: FastAPI) -> AsyncIterator[Calling]:
    """Until the block ends; begins when the service is ready."""
    configure_logs("tests", level="WARNING", layout="json")
    listening = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        app, log_config=None, http="httptools", timeout_graceful_shutdown=5, timeout_keep_alive=75
    )
    server = uvicorn.Server(config)
    running = asyncio.create_task(server.serve(sockets=[listening]))
    calling = Calling(listening.getsockname())
    try:
        await _until_ready(calling)
        yield calling
    finally:
        await calling.close()
        server.should_exit = True
        await running


async def _until_ready(calling: Calling) -> None:
    for pause in itertools.repeat(0.02):
        if (await calling("GET", "/readyz", who=None)).status == 200:
            return
        await asyncio.sleep(pause)
