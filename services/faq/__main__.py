"""`python -m services.faq`."""

from chassis.serve import serve
from services.faq.app import build_app
from services.faq.settings import FaqSettings

serve("faq", FaqSettings, build_app)
