"""HTTP in: parse, authorise, call one use case, answer."""

from services.reporting.api import files, reports
from services.reporting.api.reports import install_answers

routers = (reports.router, files.router)

__all__ = ["install_answers", "routers"]
