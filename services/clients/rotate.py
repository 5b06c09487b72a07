"""`python -m services.clients.rotate`: wrap every data key by the newest master key, while all runs.

MASTER_KEYS holds the new key first and the old one behind it, here as in the running services. It may be
cut off and begun again anywhere; the old key can go when this says so.
"""

from __future__ import annotations

import asyncio
import sys

from chassis.mongo import connect, database
from services.clients.settings import ClientsSettings
from services.clients.store.data_keys import DataKeys

_TOLD_EVERY = 100


async def rotate(keys: DataKeys) -> int:
    """Returns how many still need another master key; says on the way how far it is."""
    total, newest = sum((await keys.count()).values()), keys.masters.newest
    done = 0
    async for company, went_well in keys.rewrap_all():
        if not went_well:
            _say(f"the data key of company {company} cannot be opened; it stays as it is")
            continue
        done += 1
        if done % _TOLD_EVERY == 0:
            _say(f"{done} of at most {total} data keys wrapped anew")
    left = {master: count for master, count in (await keys.count()).items() if master != newest}
    _say(f"{done} data keys wrapped anew by «{newest}», {total} in all")
    _say(f"still wrapped by others: {left}" if left else "nothing needs another master key any more")
    return sum(left.values())


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)  # noqa: T201 - a command speaks to whoever called it


async def _main() -> int:
    settings = ClientsSettings()
    client = connect(settings.mongodb_url.get_secret_value())
    try:
        return await rotate(DataKeys(database(client, settings.mongodb_database), settings.masters))
    finally:
        await client.close()


if __name__ == "__main__":
    sys.exit(1 if asyncio.run(_main()) else 0)
