"""`python -m services.intake`."""

from chassis.serve import serve
from services.intake.app import build_app
from services.intake.settings import IntakeSettings

serve("intake", IntakeSettings, build_app)
