"""`python -m deploy.asyncapi`: what other systems can subscribe to, as AsyncAPI 3.0 in docs/asyncapi.json."""

from __future__ import annotations

import json
from pathlib import Path

from faststream.rabbit import RabbitBroker
from faststream.specification import AsyncAPI

from chassis.broker import topic
from contracts.envelope import Envelope
from contracts.feed import PUBLIC_EVENTS
from contracts.queues import EVENTS_EXCHANGE

DOCUMENT = Path(__file__).parents[1] / "docs" / "asyncapi.json"
_ABOUT = (
    "Events of tickets, and of terms that come to their end, as CloudEvents 1.0 (structured JSON) on the "
    "topic exchange helpdesk.events, and the same on the stream helpdesk.feed. At least once; each carries "
    "the state and version of what it is about."
)


def describe() -> str:
    """The document as JSON, made from the very models the services publish."""
    broker = RabbitBroker("amqp://localhost:5672/")
    exchange = topic(EVENTS_EXCHANGE)
    for event in PUBLIC_EVENTS:
        broker.publisher(
            exchange=exchange,
            routing_key=event.TYPE,
            schema=Envelope[event],  # type: ignore[valid-type]
            title=event.TYPE,
            description=(event.__doc__ or "").strip(),
        )
    specification = AsyncAPI(broker, title="HelpDesk events", version="1", description=_ABOUT)
    document = json.loads(specification.to_specification().to_json())
    return json.dumps(document, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def main() -> None:
    DOCUMENT.write_text(describe())


if __name__ == "__main__":
    main()
