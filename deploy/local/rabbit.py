"""A private RabbitMQ from the system's package: own node, ports, cookie, folders and accounts."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import os
import shutil
from pathlib import Path
from signal import SIGTERM
from typing import Any
from urllib.parse import quote

import aio_pika
from aio_pika.exceptions import AMQPError

from chassis.delivery import RETRY_PAUSES, retry_name
from contracts.queues import DEAD_EXCHANGE, EVENTS_EXCHANGE
from deploy.local.child import Child
from deploy.local.ports import Ports
from deploy.local.secret_store import ADMINISTRATOR, Secrets, write_private

SERVER = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")
_READY_SECONDS = 90.0
_EXCHANGES = "helpdesk\\.(events|retry\\..*|dead|probe)"
# Who may speak of what on helpdesk.events.
_SPEAKS = {
    "intake": "submission",
    "tickets": "(ticket|plan|category|history)",
    "clients": "(company|person|device|equipment|credential|licence|contract)",
    "reporting": "rebuild",
    "faq": "(article|search)",
    "gateway": "staff",
}
_CONFIGURATION = """\
listeners.tcp.local = 127.0.0.1:{amqp}
load_definitions = {definitions}
max_message_size = 16777216
disk_free_limit.absolute = 200MB
log.console = true
log.console.level = warning
log.file = false
"""


class Rabbit(Child):
    def __init__(self, run_dir: Path, ports: Ports, secrets: Secrets) -> None:
        self._ports = ports
        self._secrets = secrets
        self._home = run_dir / "rabbitmq"
        # Mnesia writes its core dumps to where it stands.
        super().__init__("rabbitmq", [str(SERVER)], self._environment_of(ports), run_dir, self._home)

    def url(self, account: str) -> str:
        password = quote(self._secrets.passwords[account])
        return f"amqp://{account}:{password}@127.0.0.1:{self._ports.amqp}/"

    async def start(self) -> None:
        self._configure()
        await super().start()
        async with asyncio.timeout(_READY_SECONDS):
            await self._until_connected()

    def ask_to_end(self) -> None:
        """SIGTERM to Erlang itself: the server's script would start a second Erlang to stop the first."""
        try:
            os.kill(int((self._home / "pid").read_text()), SIGTERM)
        except (FileNotFoundError, ValueError, ProcessLookupError):
            super().ask_to_end()

    async def stop(self, patience: float = 30.0) -> None:
        await super().stop(patience)
        await self._end_port_mapper()

    @property
    def was_declared(self) -> bool:
        """Whether its queues were once all there, so that they may hold something."""
        return (self._home / "declared").exists()

    @was_declared.setter
    def was_declared(self, _yes: bool) -> None:
        self._home.mkdir(parents=True, exist_ok=True)
        (self._home / "declared").touch()

    async def begin_anew(self) -> None:
        """Forget everything it holds."""
        await self.stop()
        await asyncio.to_thread(shutil.rmtree, self._home / "mnesia", ignore_errors=True)
        await self.start()

    async def _until_connected(self) -> None:
        while True:
            try:
                # aio-pika logs each refused connection; a bare socket is quiet.
                _, writer = await asyncio.open_connection("127.0.0.1", self._ports.amqp)
                writer.close()
                connection = await aio_pika.connect(self.url(ADMINISTRATOR), timeout=2)
            except (AMQPError, OSError, TimeoutError):
                if not self.is_running:
                    raise RuntimeError(f"RabbitMQ ended:\n{self.log_tail()}") from None
                await asyncio.sleep(0.1)
            else:
                await connection.close()
                return

    def _environment_of(self, ports: Ports) -> dict[str, str]:
        return {
            "HOME": str(self._home),
            "ERL_EPMD_PORT": str(ports.epmd),
            "ERL_EPMD_ADDRESS": "127.0.0.1",
            "ERL_CRASH_DUMP": str(self._home / "erl_crash.dump"),
            "RABBITMQ_NODENAME": "helpdesk@localhost",
            "RABBITMQ_DIST_PORT": str(ports.erlang),
            "RABBITMQ_MNESIA_BASE": str(self._home / "mnesia"),
            "RABBITMQ_LOG_BASE": str(self._home / "log"),
            "RABBITMQ_PID_FILE": str(self._home / "pid"),
            "RABBITMQ_CONFIG_FILE": str(self._home / "rabbitmq.conf"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(self._home / "enabled_plugins"),
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "-kernel inet_dist_use_interface {127,0,0,1}",
        }

    def _configure(self) -> None:
        if not SERVER.exists():
            raise RuntimeError("RabbitMQ is not installed: apt-get install rabbitmq-server")
        self._home.mkdir(parents=True, exist_ok=True)
        definitions = self._home / "definitions.json"
        write_private(definitions, json.dumps(self._definitions()))
        configuration = _CONFIGURATION.format(amqp=self._ports.amqp, definitions=definitions)
        (self._home / "rabbitmq.conf").write_text(configuration)
        (self._home / "enabled_plugins").write_text("[].\n")
        cookie = self._home / ".erlang.cookie"
        if not cookie.exists():
            write_private(cookie, self._secrets.cluster_key[:40])
            cookie.chmod(0o400)

    def _definitions(self) -> dict[str, Any]:
        """Accounts, each with its own rights only; the server reads them at every start."""
        return {
            "vhosts": [{"name": "/"}],
            "users": [
                {
                    "name": account,
                    "password_hash": _hashed(password),
                    "hashing_algorithm": "rabbit_password_hashing_sha256",
                    "tags": "administrator" if account == ADMINISTRATOR else "",
                }
                for account, password in self._secrets.passwords.items()
            ],
            "permissions": [_rights(ADMINISTRATOR, ".*", ".*", ".*"), *map(_rights_of, _SPEAKS)],
            "topic_permissions": [right for service in _SPEAKS for right in _topics_of(service)],
        }

    async def _end_port_mapper(self) -> None:
        """Erlang's epmd outlives the node that started it."""
        environment = {**os.environ, "ERL_EPMD_PORT": str(self._ports.epmd)}
        epmd = await asyncio.create_subprocess_exec(
            "epmd",
            "-kill",
            env=environment,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
        await epmd.wait()


def _rights(account: str, configure: str, write: str, read: str) -> dict[str, str]:
    return {"user": account, "vhost": "/", "configure": configure, "write": write, "read": read}


def _rights_of(service: str) -> dict[str, str]:
    if service == "gateway":
        live = "gateway\\.live\\..*"
        return _rights(
            service, f"^{live}$", f"^({_EXCHANGES}|{live})$", f"^(gateway\\..*|{live}|helpdesk\\.events)$"
        )
    return _rights(service, "^$", f"^{_EXCHANGES}$", f"^{service}\\.on\\..*$")


def _topics_of(service: str) -> list[dict[str, str]]:
    own_queues = f"^{service}\\.on\\."
    allowed = {
        EVENTS_EXCHANGE: (f"^helpdesk\\.{_SPEAKS[service]}\\.", ".*"),
        DEAD_EXCHANGE: (own_queues, "^$"),
        **{retry_name(pause): (own_queues, "^$") for pause in RETRY_PAUSES},
    }
    return [
        {"user": service, "vhost": "/", "exchange": exchange, "write": write, "read": read}
        for exchange, (write, read) in allowed.items()
    ]


def _hashed(password: str) -> str:
    """RabbitMQ's salted SHA-256 (rabbitmq.com/docs/passwords); the salt follows from the password."""
    salt = hashlib.sha256(f"salt of {password}".encode()).digest()[:4]
    return base64.b64encode(salt + hashlib.sha256(salt + password.encode()).digest()).decode()
