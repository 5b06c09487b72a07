"""Who listens to what: every exchange and queue; `python -m deploy.topology` declares them."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase

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


def _one(listener: str, event: str) -> Listening:
    return Listening(listener, event, (f"helpdesk.{event}.v1",))


TICKETS_ON_SUBMISSION_RECEIVED = _one("tickets", "submission.received")
TICKETS_ON_SUBMISSION_REPLIED = _one("tickets", "submission.replied")
TICKETS_ON_SUBMISSION_REOPENED = _one("tickets", "submission.reopened")
TICKETS_ON_SUBMISSION_RATED = _one("tickets", "submission.rated")
TICKETS_ON_STAFF_SAVED = _one("tickets", "staff.saved")
TICKETS_ON_EQUIPMENT_SAVED = _one("tickets", "equipment.saved")
TICKETS_ON_COMPANY_SAVED = _one("tickets", "company.saved")
TICKETS_ON_CONTRACT_SAVED = _one("tickets", "contract.saved")
TICKETS_ON_PERSON_MERGED = _one("tickets", "person.merged")
CLIENTS_ON_PLAN_SAVED = _one("clients", "plan.saved")
TICKETS_ON_REBUILD_WANTED = _one("tickets", "rebuild.wanted")
REPORTING_ON_TICKET = Listening("reporting", "ticket", ("helpdesk.ticket.*.v1",))
REPORTING_ON_HISTORY = Listening("reporting", "history", ("helpdesk.history.*.v1",))
REPORTING_ON_COMPANY_SAVED = _one("reporting", "company.saved")
REPORTING_ON_ARTICLE = Listening("reporting", "article", ("helpdesk.article.*.v1",))
REPORTING_ON_SEARCH_MISSED = _one("reporting", "search.missed")
REPORTING_ON_STAFF_SAVED = _one("reporting", "staff.saved")
REPORTING_ON_CONTRACT_SAVED = _one("reporting", "contract.saved")
INTAKE_ON_PERSON_MERGED = _one("intake", "person.merged")
INTAKE_ON_TICKET = Listening("intake", "ticket", ("helpdesk.ticket.*.v1",))
FAQ_ON_CATEGORY_SAVED = _one("faq", "category.saved")
GATEWAY_ON_DEVICE = Listening("gateway", "device", ("helpdesk.device.*.v1",))

LISTENINGS: tuple[Listening, ...] = (
    TICKETS_ON_SUBMISSION_RECEIVED,
    TICKETS_ON_SUBMISSION_REPLIED,
    TICKETS_ON_SUBMISSION_REOPENED,
    TICKETS_ON_SUBMISSION_RATED,
    TICKETS_ON_STAFF_SAVED,
    TICKETS_ON_EQUIPMENT_SAVED,
    TICKETS_ON_PERSON_MERGED,
    TICKETS_ON_COMPANY_SAVED,
    TICKETS_ON_CONTRACT_SAVED,
    CLIENTS_ON_PLAN_SAVED,
    INTAKE_ON_TICKET,
    INTAKE_ON_PERSON_MERGED,
    GATEWAY_ON_DEVICE,
    TICKETS_ON_REBUILD_WANTED,
    REPORTING_ON_TICKET,
    REPORTING_ON_HISTORY,
    REPORTING_ON_COMPANY_SAVED,
    REPORTING_ON_STAFF_SAVED,
    REPORTING_ON_CONTRACT_SAVED,
    REPORTING_ON_ARTICLE,
    REPORTING_ON_SEARCH_MISSED,
    FAQ_ON_CATEGORY_SAVED,
)


def is_heard(event_type: str) -> bool:
    """Whether some queue must receive this event, so that one that reaches none is an error."""
    return any(fnmatchcase(event_type, key) for listening in LISTENINGS for key in listening.keys)
