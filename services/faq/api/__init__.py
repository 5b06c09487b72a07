"""HTTP in: parse, authorise, call one use case, answer."""

from services.faq.api import articles, finding, pictures, revisions
from services.faq.api.answers import install_answers

# What is fixed comes before what takes an id: /articles/misses before /articles/{…}.
routers = (finding.router, pictures.router, articles.router, revisions.router)

__all__ = ["install_answers", "routers"]
