"""What clients knows around a ticket, in one answer: what a specialist needs in the first minute."""

from __future__ import annotations

from pydantic import BaseModel

from contracts.clients_http import CompanyView, PersonView
from contracts.contracts_http import HoldingContract
from contracts.credentials_http import CredentialView
from contracts.equipment_http import EquipmentView
from contracts.licences_http import LicenceRow


class ClientContext(BaseModel):
    """A part that cannot be read just now is null; the others are there all the same.

    `person` is null as well when nobody was asked for, or that person is not of this company. The lists are
    some of what there is. `equipment`: the piece that is asked about, the person's, then servers and the
    network. `credentials`, without what is secret: the piece's, the person's, then the others. `licences`:
    those that the person or the piece uses, then those whose end is near.
    """

    company: CompanyView | None
    person: PersonView | None
    contract: HoldingContract | None
    equipment: list[EquipmentView] | None
    credentials: list[CredentialView] | None
    licences: list[LicenceRow] | None
