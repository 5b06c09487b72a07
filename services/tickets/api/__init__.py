"""HTTP in: parse, authorise, call one use case, answer."""

from services.tickets.api import (
    alike,
    assignment,
    board,
    bulk,
    categories,
    desk,
    desk_work,
    guesses,
    minutes,
    notices,
    open_tickets,
    plans,
    routes,
    templates,
    unread,
    views,
)
from services.tickets.api.answers import install_answers

routers = (
    routes.router,
    assignment.router,
    board.router,
    bulk.router,
    categories.router,
    desk.router,
    guesses.router,
    desk_work.router,
    minutes.router,
    open_tickets.router,
    plans.router,
    templates.router,
    unread.router,
    views.router,
    notices.router,
    alike.router,
)

__all__ = ["install_answers", "routers"]
