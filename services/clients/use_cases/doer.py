"""Who stands behind a change, as its history names them."""

from __future__ import annotations

from chassis.principal import Principal
from contracts.history_http import Doer


class Importing(Principal):
    """A member of the staff whose table is written, row by row."""


def doer_of(principal: Principal) -> Doer:
    kind = "import" if isinstance(principal, Importing) else "staff"
    return Doer(kind=kind, id=principal.id, full_name=principal.full_name)
