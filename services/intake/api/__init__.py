"""HTTP in: parse, authorise, call one use case, answer."""

from services.intake.api import files, submissions
from services.intake.api.answers import install_answers

ROUTERS = (submissions.router, files.router)

__all__ = ["ROUTERS", "install_answers"]
