"""HTTP in: parse, authorise, call one use case, answer."""

from services.clients.api import codes, companies, devices, enrolment, people
from services.clients.api.answers import install_answers

routers = (companies.router, people.router, devices.router, codes.router, enrolment.router)

__all__ = ["install_answers", "routers"]
