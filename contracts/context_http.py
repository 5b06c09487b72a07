"""What clients knows around a ticket, in one answer: what a specialist needs in the first minute."""

from __future__ import annotations

from pydantic import BaseModel

from contracts.clients_http import CompanyView, PersonView
from contracts.contracts_http import HoldingContract
from contracts.licences_http import LicenceRow


class ClientContext(BaseModel):
    """A part that cannot be read just now is null; the others are there all the same.

    `person` is null as well when nobody was asked for, or that person is not of this company. `licences` are
    some: first those that the person or the piece of equipment uses, then those whose end is near.
    """

    company: CompanyView | None
    person: PersonView | None
    contract: HoldingContract | None
    licences: list[LicenceRow] | None
