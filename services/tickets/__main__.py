"""`python -m services.tickets`."""

from chassis.serve import serve
from services.tickets.app import build_app
from services.tickets.settings import TicketsSettings

serve("tickets", TicketsSettings, build_app)
