"""HTTP in: parse, authorise, call one use case, answer."""

from services.clients.api import (
    audit,
    codes,
    companies,
    context,
    contracts,
    credentials,
    devices,
    enrolment,
    equipment,
    exports,
    history,
    holding,
    imports,
    licences,
    people,
    places,
    search,
    terms,
)
from services.clients.api.answers import install_answers

routers = (
    companies.router,
    people.router,
    devices.router,
    codes.router,
    enrolment.router,
    equipment.router,
    places.router,
    credentials.router,
    audit.router,
    licences.router,
    contracts.router,
    context.router,
    holding.router,
    terms.router,
    imports.router,
    exports.router,
    history.router,
    search.router,
)

__all__ = ["install_answers", "routers"]
