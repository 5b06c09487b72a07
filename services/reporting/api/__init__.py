"""HTTP in: parse, authorise, call one use case, answer."""

from fastapi import FastAPI

from services.reporting.api import exports, files, reports, schedules

routers = (reports.router, files.router, schedules.router, exports.router)


def install_answers(app: FastAPI) -> None:
    reports.install_answers(app)
    schedules.install_answers(app)
    exports.install_answers(app)


__all__ = ["install_answers", "routers"]
