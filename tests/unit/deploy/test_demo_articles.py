"""The demo's FAQ is such as the service takes it, and worth reading."""

from __future__ import annotations

from datetime import date

from contracts.faq_http import NewArticle
from deploy.demo_articles import demo_articles
from deploy.demo_categories import TREE
from services.faq.domain.rendering import html_of

ARTICLES = [NewArticle.model_validate(one) for one in demo_articles(date(2026, 11, 23))]


def test_there_are_enough_and_each_is_another() -> None:
    assert len(ARTICLES) >= 60
    assert len({article.title for article in ARTICLES}) == len(ARTICLES)


def test_each_has_a_category_tags_and_steps() -> None:
    for article in ARTICLES:
        assert article.category
        assert article.tags
        html = html_of(article.body)
        assert "<li" in html, article.title


def test_they_stand_where_tickets_do() -> None:
    tree = set(TREE) | {f"{group} / {name}" for group, names in TREE.items() for name in names}
    assert {article.category for article in ARTICLES} <= tree
    assert len({article.category for article in ARTICLES}) > 20


def test_a_good_part_is_for_clients_and_some_are_to_be_checked() -> None:
    assert sum(article.visibility == "public" for article in ARTICLES) >= 20
    assert any(article.check_by and article.check_by < date(2026, 11, 23) for article in ARTICLES)
