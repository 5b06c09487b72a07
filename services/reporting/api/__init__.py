"""HTTP in: parse, authorise, call one use case, answer."""

from services.reporting.api import reports
from services.reporting.api.reports import install_answers

routers = (reports.router,)

__all__ = ["install_answers", "routers"]
