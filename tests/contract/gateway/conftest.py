"""The gateway on a real MongoDB and RabbitMQ, with made-up services behind it."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import socket
from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import pytest
import uvicorn
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from starlette.types import ASGIApp

from chassis.broker import Publisher
from chassis.mongo import connect
from chassis.principal import Verifier
from gateway.app import build_app
from gateway.settings import GatewaySettings
from tests.contract.gateway.desk import Desk, eventually
from tests.contract.gateway.services import Services


@pytest.fixture
async def desk(mongo_url: str, amqp_url: str) -> AsyncIterator[Desk]:
    async with running_desk(mongo_url, amqp_url) as running:
        yield running


@contextlib.asynccontextmanager
async def running_desk(mongo_url: str, amqp_url: str, **settings: Any) -> AsyncIterator[Desk]:
    """On a database of its own, ready."""
    private = Ed25519PrivateKey.generate()
    public_key = base64.b64encode(private.public_key().public_bytes_raw()).decode()
    services = Services(Verifier(public_key))
    publisher = Publisher(amqp_url, "tests")
    publisher.start()
    async with _database(mongo_url) as name, _served(services.app()) as behind:
        known: dict[str, Any] = {
            "HELPDESK_ENVIRONMENT": "local",
            "mongodb_url": mongo_url,
            "mongodb_database": name,
            "amqp_url": amqp_url,
            "principal_public_key": public_key,
            "principal_private_key": base64.b64encode(private.private_bytes_raw()).decode(),
            "http_port": 1,
            "internal_port": 1,
            "intake_url": behind,
            "tickets_url": behind,
            "clients_url": behind,
            "faq_url": behind,
            "reporting_url": behind,
        }
        app = build_app(GatewaySettings(**{**known, **settings}))
        async with _served(app, app.state.stopping) as url:
            running = Desk(url, app, services, publisher)
            await _until_ready(running)
            yield running
    await publisher.stop()


@contextlib.asynccontextmanager
async def _database(mongo_url: str) -> AsyncIterator[str]:
    name = f"gateway_{uuid4().hex[:8]}"
    yield name
    async with connect(mongo_url) as client:
        await client.drop_database(name)


async def _until_ready(desk: Desk) -> None:
    async def ready() -> bool:
        health, outcomes = await desk.app.state.health.readiness()
        return health and all(outcome == "ok" for outcome in outcomes.values())

    await eventually(ready)


@contextlib.asynccontextmanager
async def _served(app: ASGIApp, stopping: asyncio.Event | None = None) -> AsyncIterator[str]:
    """On a free port, in this very loop."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(
        uvicorn.Config(app, log_config=None, timeout_graceful_shutdown=5, timeout_keep_alive=75)
    )
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    if stopping:
        stopping.set()
    server.should_exit = True
    await serving
