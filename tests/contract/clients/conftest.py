"""The clients service on a real MongoDB; mostly without RabbitMQ, so that its events wait in the outbox."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import socket
from collections.abc import AsyncIterator
from uuid import uuid4

import pytest
import uvicorn
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from fastapi import FastAPI

from chassis.mongo import Database, connect, database
from chassis.principal import Signer
from services.clients.app import build_app
from services.clients.domain.vault.master_keys import MasterKeys
from services.clients.settings import ClientsSettings
from services.clients.store import Registry
from tests.contract.clients.service import Service, eventually

MASTER_KEYS = f"test:{base64.b64encode(bytes(range(32))).decode()}"
# Nobody listens there.
_NO_RABBIT = "amqp://clients:not-published@127.0.0.1:9/"


@pytest.fixture(scope="package")
async def service(mongo_url: str) -> AsyncIterator[Service]:
    async with _running(mongo_url, _NO_RABBIT) as running:
        yield running


@pytest.fixture
async def announcing_service(mongo_url: str, amqp_url: str) -> AsyncIterator[Service]:
    """The same with RabbitMQ, on a database of its own."""
    async with _running(mongo_url, amqp_url) as running:
        yield running


@pytest.fixture
async def registry(mongo_url: str) -> AsyncIterator[Registry]:
    """An empty one, without a service around it."""
    async with _database(mongo_url) as kept:
        registry = Registry(kept.client, kept, masters=MasterKeys.read(MASTER_KEYS))
        await registry.prepare()
        yield registry


@contextlib.asynccontextmanager
async def _database(mongo_url: str) -> AsyncIterator[Database]:
    client = connect(mongo_url)
    kept = database(client, f"clients_{uuid4().hex[:8]}")
    yield kept
    await client.drop_database(kept.name)
    await client.close()


@contextlib.asynccontextmanager
async def _running(mongo_url: str, amqp_url: str) -> AsyncIterator[Service]:
    private = Ed25519PrivateKey.generate()
    signer = Signer(base64.b64encode(private.private_bytes_raw()).decode())
    async with _database(mongo_url) as kept:
        settings = ClientsSettings(
            HELPDESK_ENVIRONMENT="production",
            mongodb_url=mongo_url,
            mongodb_database=kept.name,
            amqp_url=amqp_url,
            principal_public_key=base64.b64encode(private.public_key().public_bytes_raw()).decode(),
            http_port=1,
            master_keys=MASTER_KEYS,
        )
        app = build_app(settings)
        async with _served(app) as address:
            calling = Service(address, app, signer, kept)
            await _until_ready(calling)
            yield calling
            await calling.close()


async def _until_ready(calling: Service) -> None:
    async def ready() -> bool:
        return (await calling.call("GET", "/readyz", who=None)).status == 200

    await eventually(ready)


@contextlib.asynccontextmanager
async def _served(app: FastAPI) -> AsyncIterator[str]:
    """On a free port, in this very loop."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(
        uvicorn.Config(app, log_config=None, timeout_graceful_shutdown=5, timeout_keep_alive=75)
    )
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    await serving
