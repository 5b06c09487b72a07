"""HTTP in: parse, authorise, call one use case, answer."""

from services.tickets.api.answers import install_answers
from services.tickets.api.routes import router

__all__ = ["install_answers", "router"]
