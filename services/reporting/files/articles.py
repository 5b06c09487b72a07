"""The report of the FAQ as a document."""

from __future__ import annotations

from contracts.reports_http import ArticlesReport
from services.reporting.files.document import Document
from services.reporting.files.figures import Maker


def articles_document(report: ArticlesReport, lang: str) -> Document:
    make = Maker("articles", report, lang)
    make.table(
        "use of articles",
        [
            ("article", "text", 4), ("category", "text", 3), ("put into answers", "number", 1),
            ("linked", "number", 1), ("helped", "number", 1),
        ],
        [
            (row.article.title, row.article.category or None, row.inserted, row.linked, row.helped)
            for row in report.rows
        ],
    )  # fmt: skip
    make.table(
        "handling time",
        [
            ("article", "text", 4), ("category", "text", 3), ("tickets with it", "number", 1),
            ("median with it", "minutes", 1), ("tickets without it", "number", 1),
            ("median without it", "minutes", 1), ("difference", "change", 1),
        ],
        [
            (
                row.article.title, one.category, one.with_article.tickets, one.with_article.median,
                one.without.tickets, one.without.median, one.difference,
            )
            for row in report.rows
            for one in row.comparisons
        ],
    )  # fmt: skip
    make.table(
        "what to write next",
        [
            ("category", "text", 3), ("tickets", "number", 1), ("minutes", "minutes", 1),
            ("articles of the group", "number", 1),
        ],
        [(one.category, one.tickets, one.minutes, one.in_group) for one in report.uncovered],
    )  # fmt: skip
    make.table(
        "missed searches",
        [("searched for", "text", 4), ("times", "number", 1), ("last time", "moment", 1.5)],
        [(one.query, one.count, one.last_at) for one in report.misses],
    )
    return make.document((make.say("difference"), make.say("what it compares").format(num=report.fewest)))
