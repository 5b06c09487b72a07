"""The clients service on a real MongoDB; without RabbitMQ, so that its events wait in the outbox."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import itertools
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
from services.clients.settings import ClientsSettings
from tests.contract.clients.service import Service


@pytest.fixture(scope="package")
async def clients_database(mongodb_url: str) -> AsyncIterator[tuple[str, Database]]:
    name = f"clients_{uuid4().hex[:8]}"
    client = connect(mongodb_url)
    yield mongodb_url, database(client, name)
    await client.drop_database(name)
    await client.close()


@pytest.fixture(scope="package")
async def service(clients_database: tuple[str, Database]) -> AsyncIterator[Service]:
    url, kept = clients_database
    private = Ed25519PrivateKey.generate()
    settings = ClientsSettings(
        HELPDESK_ENVIRONMENT="production",
        mongodb_url=url,
        mongodb_database=kept.name,
        amqp_url="amqp://clients:not-published@127.0.0.1:9/",
        principal_public_key=base64.b64encode(private.public_key().public_bytes_raw()).decode(),
        http_port=1,
    )
    signer = Signer(base64.b64encode(private.private_bytes_raw()).decode())
    app = build_app(settings)
    async with _served(app) as address:
        calling = Service(address, app, signer, kept)
        await _until_ready(calling)
        yield calling
        await calling.close()


async def _until_ready(calling: Service) -> None:
    for pause in itertools.repeat(0.02):
        if (await calling.call("GET", "/readyz", who=None)).status == 200:
            return
        await asyncio.sleep(pause)


@contextlib.asynccontextmanager
async def _served(app: FastAPI) -> AsyncIterator[str]:
    """On a free port, in this very loop."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, timeout_graceful_shutdown=5))
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    await serving
