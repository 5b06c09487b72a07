"""`python -m services.reporting`."""

from chassis.serve import serve
from services.reporting.app import build_app
from services.reporting.settings import ReportingSettings

serve("reporting", ReportingSettings, build_app)
