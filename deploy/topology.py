"""`python -m deploy.topology`: the step before traffic that declares every exchange and queue."""

from __future__ import annotations

import asyncio
import json
import os

from chassis.delivery import RETRY_PAUSES
from chassis.topology import declare_topology
from contracts.feed import PUBLIC_EVENTS
from contracts.queues import LISTENINGS

PUBLIC_KEYS = tuple(event.TYPE for event in PUBLIC_EVENTS)


def main() -> None:
    """AMQP_URL is an administrator's: the services' own users cannot declare. RETRY_PAUSES as theirs."""
    pauses = json.loads(os.environ.get("RETRY_PAUSES", "null")) or RETRY_PAUSES
    asyncio.run(declare_topology(os.environ["AMQP_URL"], LISTENINGS, PUBLIC_KEYS, retry_pauses=pauses))


if __name__ == "__main__":
    main()
