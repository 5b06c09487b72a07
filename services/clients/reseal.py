"""`python -m services.clients.reseal COMPANY_ID ...`, or `--all`: a new data key, all sealed anew with it.

With the environment of clients, while it runs: what was sealed by the former key opens all the while. It may
be cut off and begun again; `--finish` goes on without making one more key.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from uuid import UUID

from chassis.mongo import Database, connect, database
from chassis.serve import read_settings
from services.clients.domain.vault.data_key import CompanyKey
from services.clients.domain.vault.errors import BrokenSealError
from services.clients.settings import ClientsSettings
from services.clients.store.data_keys import DataKeys
from services.clients.store.seals import Sealed, Seals

# Of passes: each meets only what somebody sealed while the one before went by.
_MOST_PASSES = 10


async def reseal(kept: Database, keys: DataKeys, company_id: UUID, *, is_new: bool = True) -> int:
    """Returns how many things could not be opened, and stay as they are. Raises BrokenSealError."""
    key = await (keys.renew(company_id) if is_new else keys.of(company_id))
    if key is None:
        return 0
    seals = Seals(kept)
    for _ in range(_MOST_PASSES):
        done, broken = await _pass(seals, key)
        if not done:
            return broken
    return broken


async def _pass(seals: Seals, key: CompanyKey) -> tuple[int, int]:
    """How many are sealed anew or were changed meanwhile, and how many do not open."""
    met = broken = 0
    async for one in seals.of_company(key.company_id):
        try:
            fresh = _fresh(key, one)
        except BrokenSealError:
            broken += 1
            continue
        if fresh:
            met += 1
            await seals.replace(one, fresh)
    return met, broken


def _fresh(key: CompanyKey, one: Sealed) -> dict[str, bytes]:
    """Those fields that a former key sealed. Raises BrokenSealError."""
    return {
        name: key.seal(one.owner, name, key.open(one.owner, name, sealed))
        for name, sealed in one.fields.items()
        if not key.is_newest_of(one.owner, name, sealed)
    }


async def reseal_several(kept: Database, keys: DataKeys, companies: list[UUID], *, is_new: bool) -> int:
    """Returns of how many companies something does not open; says on the way how far it is."""
    failed = 0
    for done, company_id in enumerate(companies, 1):
        try:
            broken = await reseal(kept, keys, company_id, is_new=is_new)
        except BrokenSealError:
            _say(f"the data key of company {company_id} cannot be opened; it stays as it is")
            failed += 1
            continue
        if broken:
            _say(f"{broken} things of company {company_id} cannot be opened; they stay as they are")
            failed += 1
        _say(f"{done} of {len(companies)} companies sealed anew")
    return failed


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)  # noqa: T201 - a command speaks to whoever called it


async def _run(settings: ClientsSettings, companies: list[UUID], *, is_new: bool) -> int:
    async with connect(settings.mongodb_url.get_secret_value()) as client:
        kept = database(client, settings.mongodb_database)
        keys = DataKeys(kept, settings.masters)
        return await reseal_several(kept, keys, companies or await keys.of_companies(), is_new=is_new)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m services.clients.reseal", description=__doc__)
    parser.add_argument("companies", nargs="*", type=UUID, metavar="COMPANY_ID")
    parser.add_argument("--all", action="store_true", help="every company that has a key")
    parser.add_argument("--finish", action="store_true", help="go on with the key that is the newest")
    chosen = parser.parse_args()
    if bool(chosen.companies) == chosen.all:
        parser.error("name companies, or else say --all")
    settings = read_settings(ClientsSettings, "clients")
    return 1 if asyncio.run(_run(settings, chosen.companies, is_new=not chosen.finish)) else 0


if __name__ == "__main__":
    sys.exit(main())
