"""The whole product on one machine, for `make run` to keep up and for tests to mistreat."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from deploy.local.child import Child, end_leftovers
from deploy.local.mongo import Mongo
from deploy.local.ports import Ports
from deploy.local.rabbit import Rabbit
from deploy.local.secret_store import ADMINISTRATOR, SERVICES, load_secrets
from deploy.local.services import ROOT, Backing, Service

Say = Callable[[str], None]


def _silent(_line: str) -> None:
    return None


class Stack:
    """Everything under one folder, on one block of ports.

    Where MONGODB_URL or AMQP_URL (an administrator's) is set, that server is used instead of a private one.
    `settings` are further ones for every service.
    """

    def __init__(
        self,
        run_dir: Path,
        ports: Ports,
        *,
        replicas: int = 1,
        say: Say = _silent,
        external: bool = True,
        settings: Mapping[str, str] | None = None,
    ) -> None:
        self.run_dir = run_dir
        self.ports = ports
        self.secrets = load_secrets(run_dir / "secrets.json")
        self.mongo = Mongo(run_dir, ports.mongo, self.secrets)
        self.rabbit = Rabbit(run_dir, ports, self.secrets)
        self._say = say
        self._replicas = replicas
        self._settings = settings
        self._mongodb_url = os.environ.get("MONGODB_URL") if external else None
        self._amqp_url = os.environ.get("AMQP_URL") if external else None
        self.services = {
            service.name: service
            for service in (self._service(name, n) for name in SERVICES for n in range(replicas))
        }

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.ports.gateway}"

    @property
    def amqp_url(self) -> str:
        """The administrator's."""
        return self._amqp_url or self.rabbit.url(ADMINISTRATOR)

    @property
    def mongodb_url(self) -> str:
        """The administrator's."""
        return self._mongodb_url or self.mongo.url(ADMINISTRATOR)

    def _service(self, name: str, replica: int) -> Service:
        backing = Backing(self._mongodb_url or self.mongo.url(name), self._amqp_url or self.rabbit.url(name))
        return self.service(name, replica, backing)

    def service(self, name: str, replica: int, backing: Backing) -> Service:
        """A process of this product on its own connections; `services` holds the usual ones."""
        return Service(
            name,
            replica,
            self.run_dir,
            self.ports,
            backing,
            self.secrets,
            replicas=self._replicas,
            settings=self._settings,
        )

    async def start(self) -> None:
        """Servers, then the topology, then every service until it is ready."""
        for name in await asyncio.to_thread(end_leftovers, self.run_dir):
            self._say(f"ended what an earlier run left behind: {name}")
        await self.start_servers()
        self._say("queues and exchanges")
        await self.declare_topology()
        self._say(f"services: {', '.join(self.services)}")
        await asyncio.gather(*(service.start() for service in self.services.values()))
        await asyncio.gather(*(service.wait_ready() for service in self.services.values()))

    @property
    def private_servers(self) -> list[Child]:
        """Those that are ours to start."""
        servers: list[Child] = [] if self._mongodb_url else [self.mongo]
        return servers if self._amqp_url else [*servers, self.rabbit]

    async def start_servers(self) -> None:
        if private := self.private_servers:
            self._say(f"servers: {', '.join(server.name for server in private)}")
        await asyncio.gather(*(server.start() for server in private))

    async def declare_topology(self) -> None:
        """In a process of its own, as a deployment does it.

        RabbitMQ killed during its very first declarations may not find those queues again. They were never
        used, so a private one begins anew.
        """
        try:
            await self._declare_topology()
        except RuntimeError:
            if self._amqp_url or self.rabbit.was_declared:
                raise
            self._say("RabbitMQ died while its queues were new: it begins anew")
            await self.rabbit.begin_anew()
            await self._declare_topology()
        self.rabbit.was_declared = True

    async def _declare_topology(self) -> None:
        step = Child(
            "topology",
            [sys.executable, "-m", "deploy.topology"],
            {**(self._settings or {}), "AMQP_URL": self.amqp_url, "PYTHONPATH": str(ROOT)},
            self.run_dir,
        )
        await step.start()
        if await step.wait():
            raise RuntimeError(f"the topology could not be declared:\n{step.log_tail()}")
        await step.stop()

    async def stop(self) -> None:
        """First who is asked, then who answers, then the servers; each finishes what it has begun."""
        gateways = [service for service in self.services.values() if service.service == "gateway"]
        others = [service for service in self.services.values() if service.service != "gateway"]
        for group in (gateways, others, [self.rabbit, self.mongo]):
            await asyncio.gather(*(child.stop() for child in group))
