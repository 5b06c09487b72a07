"""The processes of the product: what runs where, with which settings."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import aiohttp

from deploy.local.child import Child
from deploy.local.ports import Ports
from deploy.local.secret_store import Secrets

ROOT = Path(__file__).parents[2]
# A busy machine starts six interpreters slowly; one that ended is told at once.
_READY_SECONDS = 180.0
_MODULES = {
    "intake": "services.intake",
    "tickets": "services.tickets",
    "clients": "services.clients",
    "reporting": "services.reporting",
    "faq": "services.faq",
    "gateway": "gateway",
}
# Positions in the port block: a second replica of a service listens six ports on.
_POSITIONS = {"intake": 0, "tickets": 1, "clients": 2, "reporting": 3, "faq": 4, "gateway": 5}
_REPLICA_STEP = 6
# What is worth trying otherwise than by default; everything else a service is told by us.
_TRIED = frozenset(
    {
        *("SMTP_HOST", "SMTP_PORT", "SMTP_SECURITY", "SMTP_USER", "SMTP_PASSWORD", "SMTP_SENDER"),
        *("MODERNISATION_THRESHOLD", "CLOSE_AFTER_DAYS"),
    }
)
# Who signs the acts of the demo.
_CONTRACTOR = {"CONTRACTOR_NAME": "ООО «Опора ИТ»", "CONTRACTOR_TAX_ID": "7840000011"}


def tried_settings(environment: Mapping[str, str]) -> dict[str, str]:
    """Of what `make run` was called with, the settings that it hands on (docs/operations.md)."""
    return {name: value for name, value in environment.items() if name in _TRIED}


class Backing(NamedTuple):
    """Connection strings of one service."""

    mongodb_url: str
    amqp_url: str


class Service(Child):
    """One replica of one service."""

    def __init__(
        self,
        service: str,
        replica: int,
        run_dir: Path,
        ports: Ports,
        backing: Backing,
        secrets: Secrets,
        *,
        replicas: int = 1,
        settings: Mapping[str, str] | None = None,
    ) -> None:
        """`replicas`: how many of each service the gateway calls; `settings` are further ones."""
        self.service = service
        self.port = port_of(service, replica, ports)
        self.internal_port = ports.gateway_internal(replica) if service == "gateway" else self.port
        name = service if replica == 0 else f"{service}-{replica + 1}"
        environment = {**_environment(service, self.port, ports, backing, secrets), **(settings or {})}
        if service == "gateway":
            environment |= _gateway_environment(self.internal_port, replicas, ports, secrets)
        if service == "reporting":
            environment |= _CONTRACTOR
        if service == "clients":
            environment["MASTER_KEYS"] = secrets.master_keys
        super().__init__(name, [sys.executable, "-m", _MODULES[service]], environment, run_dir)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def wait_ready(self, seconds: float = _READY_SECONDS) -> None:
        """Until /readyz says yes; raises RuntimeError with the end of its log when that does not come."""
        try:
            async with asyncio.timeout(seconds), aiohttp.ClientSession() as http:
                while not await self._is_ready(http):
                    if not self.is_running:
                        raise RuntimeError(f"{self.name} ended:\n{self.log_tail()}")
                    await asyncio.sleep(0.1)
        except TimeoutError:
            raise RuntimeError(f"{self.name} is not ready after {seconds} s:\n{self.log_tail()}") from None

    async def _is_ready(self, http: aiohttp.ClientSession) -> bool:
        try:
            async with http.get(f"http://127.0.0.1:{self.internal_port}/readyz") as answer:
                state = await answer.json()
                return answer.status == 200 and all(check == "ok" for check in state["checks"].values())
        except (aiohttp.ClientError, OSError, ValueError):
            return False


def port_of(service: str, replica: int, ports: Ports) -> int:
    if service == "gateway" and replica == 0:
        return ports.gateway
    return ports.service(_POSITIONS[service] + replica * _REPLICA_STEP)


def _environment(
    service: str, port: int, ports: Ports, backing: Backing, secrets: Secrets
) -> Mapping[str, str]:
    return {
        "HELPDESK_ENVIRONMENT": "local",
        "MONGODB_URL": backing.mongodb_url,
        "MONGODB_DATABASE": service,
        "AMQP_URL": backing.amqp_url,
        "HTTP_PORT": str(port),
        "PRINCIPAL_PUBLIC_KEY": secrets.principal_public_key,
        "PYTHONPATH": str(ROOT),
    }


def _gateway_environment(
    internal_port: int, replicas: int, ports: Ports, secrets: Secrets
) -> Mapping[str, str]:
    called = {
        f"{name.upper()}_URL": ",".join(
            f"http://127.0.0.1:{port_of(name, replica, ports)}" for replica in range(replicas)
        )
        for name in ("intake", "tickets", "clients", "reporting", "faq")
    }
    return {
        "INTERNAL_PORT": str(internal_port),
        "PRINCIPAL_PRIVATE_KEY": secrets.principal_private_key,
        **called,
    }
