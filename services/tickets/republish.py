"""`python -m services.tickets.republish`: every ticket is told once more, with the work in its log.

`… republish categories`: only the tree of categories, which is told at the beginning in any case.
With the environment of tickets, while it runs or not: the events wait where all others do. Reporting asks for
the same by itself when it is rebuilt; whoever else mirrors tickets is filled anew by this.
"""

from __future__ import annotations

import argparse
import asyncio

import structlog

from chassis.clock import new_id, now
from chassis.mongo import connect, database
from chassis.serve import read_settings
from services.tickets.domain.storage import TellingStorage, TicketStorage
from services.tickets.remembering import until_there_is_room
from services.tickets.settings import TicketsSettings
from services.tickets.store import Categories, Tellings, Tickets
from services.tickets.use_cases.keep_categories import tell_categories
from services.tickets.use_cases.tell_history import tell_some

_log = structlog.get_logger(__name__)


async def republish_all(tickets: TicketStorage, tellings: TellingStorage) -> int:
    """Returns how many were told; waits while too many events do."""
    await tellings.begin(new_id(), now())
    done = 0
    while told := await tell_some(tickets, tellings, now()):
        done += told
        _log.info("told once more", tickets=done)
        await until_there_is_room(tickets)
    return done


async def _run(settings: TicketsSettings, *, with_tickets: bool) -> None:
    async with connect(settings.mongodb_url.get_secret_value()) as client:
        kept = database(client, settings.mongodb_database)
        _log.info("told once more", categories=await tell_categories(Categories(kept), now()))
        if not with_tickets:
            return
        tickets, tellings = Tickets(kept, settings.time_zone), Tellings(kept)
        await tickets.prepare()
        await tellings.prepare()
        _log.info("all is told", tickets=await republish_all(tickets, tellings))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m services.tickets.republish", description=__doc__)
    parser.add_argument("kind", nargs="?", choices=["categories"], help="only these; all without it")
    chosen = parser.parse_args()
    settings = read_settings(TicketsSettings, "tickets")
    asyncio.run(_run(settings, with_tickets=chosen.kind is None))


if __name__ == "__main__":
    main()
