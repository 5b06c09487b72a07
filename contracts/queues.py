"""Who listens to what: every exchange and queue of the system, declared before traffic by `python -m deploy.topology`."""

from __future__ import annotations

from dataclasses import dataclass

EVENTS_EXCHANGE = "helpdesk.events"
RETRY_EXCHANGE = "helpdesk.retry"
DEAD_EXCHANGE = "helpdesk.dead"
PROBE_EXCHANGE = "helpdesk.probe"
FEED = "helpdesk.feed"


@dataclass(frozen=True)
class Listening:
    """One queue: `<listener>.on.<what>`, bound to the routing keys it hears."""

    listener: str
    what: str
    keys: tuple[str, ...]

    @property
    def queue(self) -> str:
        return f"{self.listener}.on.{self.what}"

    @property
    def dead(self) -> str:
        return f"{self.queue}.dead"


TICKETS_ON_SUBMISSION_RECEIVED = Listening(
    "tickets", "submission.received", ("helpdesk.submission.received.v1",)
)
TICKETS_ON_SUBMISSION_REPLIED = Listening("tickets", "submission.replied", ("helpdesk.submission.replied.v1",))
TICKETS_ON_SUBMISSION_REOPENED = Listening(
    "tickets", "submission.reopened", ("helpdesk.submission.reopened.v1",)
)
TICKETS_ON_SUBMISSION_RATED = Listening("tickets", "submission.rated", ("helpdesk.submission.rated.v1",))
TICKETS_ON_STAFF_SAVED = Listening("tickets", "staff.saved", ("helpdesk.staff.saved.v1",))
INTAKE_ON_TICKET = Listening("intake", "ticket", ("helpdesk.ticket.*.v1",))
GATEWAY_ON_DEVICE = Listening("gateway", "device", ("helpdesk.device.*.v1",))

LISTENINGS: tuple[Listening, ...] = (
    TICKETS_ON_SUBMISSION_RECEIVED,
    TICKETS_ON_SUBMISSION_REPLIED,
    TICKETS_ON_SUBMISSION_REOPENED,
    TICKETS_ON_SUBMISSION_RATED,
    TICKETS_ON_STAFF_SAVED,
    INTAKE_ON_TICKET,
    GATEWAY_ON_DEVICE,
)
