"""The rules of an article."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from contracts.faq_http import TicketTale
from contracts.people import StaffRef
from services.faq.domain.article import Article, Revision
from services.faq.domain.differing import changes, differences
from services.faq.domain.drafting import draft_of, step_of
from services.faq.domain.errors import RuleError
from services.faq.domain.ranking import Found, fitting, ranked
from services.faq.domain.rendering import html_of
from services.faq.domain.search import stem

AT = datetime(2026, 11, 23, 12, tzinfo=UTC)
ANNA, BORIS = StaffRef(id=UUID(int=1), full_name="Анна"), StaffRef(id=UUID(int=2), full_name="Борис")


def article(**fields: Any) -> Article:
    given = {"title": "Принтер", "body": "Включите.", **fields}
    return Article(id=UUID(int=9), author=ANNA, updated_by=ANNA, created_at=AT, updated_at=AT, **given)


def test_a_draft_is_nobody_elses_business() -> None:
    assert article().take_events() == []


def test_publishing_and_withdrawing_are_announced() -> None:
    one = article()
    one.take_events()
    one.change({"status": "published"}, BORIS, AT)
    (published,) = one.take_events()
    assert (published.TYPE, one.version, one.updated_by) == ("helpdesk.article.published.v1", 2, BORIS)
    one.change({"status": "withdrawn"}, ANNA, AT + timedelta(1))
    (withdrawn,) = one.take_events()
    assert (withdrawn.TYPE, one.version) == ("helpdesk.article.withdrawn.v1", 3)


def test_an_article_read_again_still_announces_its_withdrawal() -> None:
    one = article(status="published", version=4)
    one.change({"status": "withdrawn"}, ANNA, AT)
    assert [event.TYPE for event in one.take_events()] == ["helpdesk.article.withdrawn.v1"]


def test_a_change_that_changes_nothing_is_none() -> None:
    one = article(version=3, status="published")
    assert one.change({"title": "Принтер"}, BORIS, AT) == ()
    assert one.take_events() == []


def test_what_was_published_is_withdrawn_rather_than_a_draft_again() -> None:
    with pytest.raises(RuleError, match="cannot become draft"):
        article(status="published").change({"status": "draft"}, ANNA, AT)


def test_a_published_article_says_something() -> None:
    with pytest.raises(RuleError, match="needs a text"):
        article(body="").change({"status": "published"}, ANNA, AT)


def test_an_article_is_stale_after_its_day() -> None:
    one = article(status="published", check_by=date(2026, 11, 23))
    assert not one.is_stale(date(2026, 11, 23))
    assert one.is_stale(date(2026, 11, 24))


def test_a_draft_from_a_ticket_shows_words_as_they_were() -> None:
    staff = {"kind": "staff", "id": None, "full_name": "Анна"}
    person = {"kind": "person", "id": None, "full_name": "Олег"}
    log = [
        {"author": staff, "kind": "answer", "text": "Перезапустите *службу* <b>"},
        {"author": person, "kind": "reply", "text": "Спасибо"},
    ]
    tale = TicketTale.model_validate(
        {
            "number": 7,
            "title": "Не печатает",
            "description": "1. раз\n# два\n--\nОлег",
            "category": "Печать",
            "log": log,
        }
    )
    draft = draft_of(tale)
    assert (draft.title, draft.category, draft.status, draft.visibility) == (
        "Не печатает",
        "Печать",
        "draft",
        "internal",
    )
    html = html_of(draft.body)
    assert "Перезапустите *службу* &lt;b&gt;" in html
    assert "<p>1. раз<br>\n# два<br>\n--<br>\nОлег</p>" in html
    assert "Спасибо" not in html


def test_what_was_noted_becomes_a_step_that_shows_it_as_it_was() -> None:
    noted = "перезапуск *spooler*\n- диск: \\\\srv\\share\n2) ждать 3.5 с\n# готово"
    html = html_of(f"1. Раз\n\n2. {step_of(noted)}\n\n3. Три")
    assert "перезапуск *spooler*" in html
    assert r"- диск: \\srv\share" in html
    assert "\n2) ждать 3.5 с" in html
    assert "<h1>" not in html
    assert html.count("<li>") == 3


def test_a_difference_is_told_line_by_line() -> None:
    lines = differences("раз\nдва\nтри", "раз\nдва с половиной\nтри")
    assert [(line.kind, line.text) for line in lines] == [
        ("same", "раз"),
        ("removed", "два"),
        ("added", "два с половиной"),
        ("same", "три"),
    ]


def test_what_changed_beside_the_text_is_told_in_words() -> None:
    one = article(tags=["сеть"], category="Сеть")
    before = Revision.of(one)
    one.change(
        {"title": "Иначе", "tags": ["сеть", "vpn"], "status": "published", "visibility": "public"}, ANNA, AT
    )
    told = [(change.field, change.before, change.after) for change in changes(before, Revision.of(one))]
    assert told == [
        ("title", before.title, "Иначе"),
        ("tags", "сеть", "сеть, vpn"),
        ("status", "draft", "published"),
        ("visibility", "internal", "public"),
    ]
    assert changes(before, before) == []


def found(number: int, words: set[str], **more: Any) -> Found:
    return Found(id=UUID(int=number), words=frozenset(words), title=frozenset(more.pop("title", ())), **more)


def test_titles_come_before_bodies_and_use_decides_between_equals() -> None:
    body, title = found(1, {"a"}), found(2, {"a"}, title={"a"})
    used = found(3, {"a"}, uses=20)
    assert ranked([body, title, used], [{"a": 1.0}]) == [title.id, used.id, body.id]


def test_an_article_that_was_of_use_for_such_words_comes_first() -> None:
    plain, learned = found(1, {"a", "b"}, title={"a"}), found(2, {"a", "b"}, title={"a"}, learned={"b": 3})
    assert fitting([plain, learned], frozenset({"a", "b"}), "", 10)[0] == learned.id


def test_between_like_articles_the_category_decides_then_its_group() -> None:
    same = found(1, {"a"}, title={"a"}, category="Печать / Картриджи")
    group = found(2, {"a"}, title={"a"}, category="Печать")
    other = found(3, {"a"}, title={"a"}, category="Сеть / Картриджи")
    ranked_so = fitting([other, group, same], frozenset({"a"}), "Печать / Картриджи", 10)
    assert ranked_so == [same.id, group.id, other.id]


def test_what_is_said_of_any_problem_tells_little_and_alone_makes_nothing_fit() -> None:
    works, mail = stem("работает"), stem("почта")
    broken, about = found(1, {works}, title={works}), found(2, {mail}, title={mail})
    both = found(3, {works, mail}, title={works})
    assert fitting([broken, both, about], frozenset({works, mail}), "", 10) == [about.id, both.id]


def test_an_article_that_shares_too_little_is_no_suggestion() -> None:
    fits, hardly = found(1, {"a", "b", "c"}, title={"a", "b"}), found(2, {"d"})
    assert fitting([fits, hardly], frozenset({"a"}), "", 10) == [fits.id]
