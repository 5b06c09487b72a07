"""The private mongod of a checkout keeps its data wherever it runs next."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from chassis.mongo import connect, database
from deploy.local.mongo import Mongo
from deploy.local.ports import claimed_ports
from deploy.local.secret_store import load_secrets

_FIRST_PORT = 27_000


async def test_it_starts_again_where_another_checkout_has_its_ports_meanwhile(tmp_path: Path) -> None:
    secrets = load_secrets(tmp_path / "secrets.json")
    with ExitStack() as held:
        for n in range(2):
            mongo = Mongo(tmp_path, held.enter_context(claimed_ports(_FIRST_PORT)).mongo, secrets)
            await mongo.start()
            try:
                async with connect(mongo.url("tickets")) as client:
                    kept = database(client, "tickets")["kept"]
                    assert await kept.count_documents({}) == n
                    await kept.insert_one({"_id": n})
            finally:
                await mongo.stop()
