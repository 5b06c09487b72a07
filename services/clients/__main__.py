"""`python -m services.clients`."""

from chassis.serve import serve
from services.clients.app import build_app
from services.clients.settings import ClientsSettings

serve("clients", ClientsSettings, build_app)
