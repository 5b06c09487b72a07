"""HTTP in: parse, authorise, call one use case, answer."""

from services.intake.api import files, joining, submissions
from services.intake.api.answers import install_answers

ROUTERS = (joining.router, submissions.router, files.router)

__all__ = ["ROUTERS", "install_answers"]
