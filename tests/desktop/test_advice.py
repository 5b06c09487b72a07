"""Advice beside what one writes: joining a colleague, an article that is enough, silence without a server."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QTextBrowser

from bureaucrat.advice_panel import AdvicePanel
from bureaucrat.app import Bureaucrat
from bureaucrat.draft import Draft
from bureaucrat.settings import Settings
from tests.desktop.conftest import Until
from tests.desktop.test_files import picture
from tests.desktop.test_windows import click, part, text, top
from tests.unit.bureaucrat.desk_server import Answer, DeskServer

Start = Callable[[Settings], Bureaucrat]
TITLE = "Не печатает принтер"
COLLEAGUES = {
    "id": str(uuid4()),
    "number": 77,
    "title": "Принтер в бухгалтерии молчит",
    "status": "new",
    "received_at": "2026-11-23T08:00:00Z",
}
ARTICLE = {
    "id": str(uuid4()),
    "title": "Принтер не печатает: что проверить",
    "extract": [{"text": "Выключите "}, {"text": "принтер", "hit": True}],
    "html": "<h2>По порядку</h2><p>Выключите <strong>принтер</strong>.</p>"
    '<p><a href="https://example.com/manual">сайт</a> <a href="file:///etc/passwd">файл</a></p>',
}


@pytest.fixture
def knowing(desk: DeskServer) -> DeskServer:
    desk.colleagues, desk.articles = [COLLEAGUES], [ARTICLE]
    return desk


@pytest.fixture
def writing(enrolled: Settings, start: Start, until: Until) -> Bureaucrat:
    """An employee who has typed what is wrong."""
    program = start(enrolled)
    program.report()
    until(lambda: top("submit"))
    part("submit", QLineEdit, "title").setText(TITLE)
    return program


def offered(name: str) -> bool:
    window = top("submit")
    return window is not None and window.findChild(QPushButton, name) is not None


def test_a_colleagues_ticket_is_joined_by_one_click_and_is_among_the_own(
    knowing: DeskServer, writing: Bureaucrat, until: Until
) -> None:
    until(lambda: offered("join"))
    owner = top("submit")
    assert owner is not None
    assert any("№ 77" in one.text() for one in owner.findChildren(QLabel))
    click("submit", "join")
    until(lambda: text("submit", "receipt_headline") == "Вы присоединились к № 77")
    [received] = knowing.accepted.values()
    assert received.path == f"/api/v1/submissions/{COLLEAGUES['id']}/join"
    assert received.fields == {"text": TITLE, "channel": "bureaucrat"}
    click("submit", "to_tickets")
    until(lambda: "№ 77" in text("tickets", "ticket_meta"))
    assert Draft(writing.office.settings.home).load() == ("", "")


def test_a_joining_without_a_server_waits_on_disk_and_arrives_once(
    knowing: DeskServer, writing: Bureaucrat, until: Until
) -> None:
    until(lambda: offered("join"))
    knowing.before = lambda _received: Answer(503)
    click("submit", "join")
    until(lambda: "появится связь" in text("submit", "receipt_words"))
    [waiting] = writing.office.spool.pending()
    assert waiting.kind == "joining"
    writing.show_tickets()
    until(lambda: "Ждёт отправки" in text("tickets", "ticket_meta"))
    knowing.before = lambda _received: None
    until(lambda: "№ 77" in text("submit", "receipt_headline"))
    assert list(knowing.accepted) == [str(waiting.id)]


def test_who_joins_what_was_closed_meanwhile_sends_the_same_words_alone(
    knowing: DeskServer, writing: Bureaucrat, until: Until
) -> None:
    until(lambda: offered("join"))
    knowing.before = lambda received: Answer(404) if received.path.endswith("/join") else None
    click("submit", "join")
    until(lambda: "уже закрыта" in text("submit", "message"))
    assert part("submit", QLineEdit, "title").text() == TITLE
    click("submit", "send")
    until(lambda: text("submit", "receipt_headline") == "Заявка № 101")
    assert writing.office.spool.rejected() == []


def test_an_article_that_helps_is_counted_and_makes_no_ticket(
    knowing: DeskServer, writing: Bureaucrat, until: Until
) -> None:
    until(lambda: offered("article"))
    click("submit", "article")
    until(lambda: "По порядку" in part("submit", QTextBrowser, "article_text").toPlainText())
    click("submit", "article_helped")
    assert "не создана" in text("submit", "receipt_words")
    until(lambda: knowing.uses)
    assert knowing.uses == [{"article": ARTICLE["id"], "kind": "helped", "text": TITLE}]
    until(lambda: not writing.office.spool.pending())
    assert knowing.submissions == {}
    assert writing.office.tickets.all() == []
    click("submit", "close")
    assert Draft(writing.office.settings.home).load() == ("", "")


def test_help_is_counted_later_where_the_network_is_gone_and_never_where_the_article_is(
    knowing: DeskServer, writing: Bureaucrat, until: Until
) -> None:
    until(lambda: offered("article"))
    click("submit", "article")
    until(lambda: part("submit", QPushButton, "article_helped").isEnabled())
    knowing.before = lambda _received: Answer(503, headers={"Retry-After": "0"})
    click("submit", "article_helped")
    until(lambda: knowing.attempts)
    assert [parcel.kind for parcel in writing.office.spool.pending()] == ["use"]
    knowing.before = lambda _received: Answer(404)
    until(lambda: not writing.office.spool.pending())
    assert writing.office.spool.rejected() == []


def test_who_comes_back_from_an_article_finds_what_was_typed(
    knowing: DeskServer, writing: Bureaucrat, until: Until
) -> None:
    until(lambda: offered("article"))
    click("submit", "article")
    QTest.keyClick(part("submit", QTextBrowser, "article_text"), Qt.Key.Key_Escape)
    until(lambda: part("submit", QLineEdit, "title").isVisible())
    assert part("submit", QLineEdit, "title").text() == TITLE
    click("submit", "send")
    until(lambda: text("submit", "receipt_headline") == "Заявка № 101")


def test_an_article_fetches_nothing_and_leads_only_where_a_browser_does(
    knowing: DeskServer, writing: Bureaucrat, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda address: opened.append(address.toString()))
    until(lambda: offered("article"))
    click("submit", "article")
    reader = part("submit", QTextBrowser, "article_text")
    until(lambda: "По порядку" in reader.toPlainText())
    picture = QTextDocument.ResourceType.ImageResource.value
    for address in (f"{knowing.url}/api/v1/secret.png", "file:///etc/passwd", "https://example.com/a.png"):
        assert reader.loadResource(picture, QUrl(address)) is None
    for address in ("https://example.com/manual", "file:///etc/passwd", "javascript:alert(1)"):
        reader.anchorClicked.emit(QUrl(address))
    assert opened == ["https://example.com/manual"]


def test_pictures_of_an_article_are_shown_and_open_large(
    knowing: DeskServer, writing: Bureaucrat, until: Until
) -> None:
    address = f"/api/v1/articles/pictures/{uuid4()}"
    knowing.files[address] = picture()
    shown = f'<img src="{address}" alt="" width="3000" height="400" loading="lazy">'
    knowing.articles = [{**ARTICLE, "html": f'<p><a href="{address}">{shown}</a></p>'}]
    until(lambda: offered("article"))
    click("submit", "article")
    reader = part("submit", QTextBrowser, "article_text")
    image = QTextDocument.ResourceType.ImageResource.value
    until(lambda: reader.loadResource(image, QUrl(address)) is not None)
    assert reader.document().size().width() <= reader.viewport().width()
    reader.anchorClicked.emit(QUrl(address))
    until(lambda: top("file_picture"))
    click("file_picture", "file_close")


def test_without_a_server_advice_is_silent_and_sending_is_not_held_up(
    enrolled: Settings, desk: DeskServer, start: Start, until: Until, tmp_path: Path
) -> None:
    desk.tokens.clear()
    program = start(enrolled)
    program.report()
    until(lambda: top("submit"))
    part("submit", QLineEdit, "title").setText(TITLE)
    until(lambda: any("alike" in path for path in desk.asked))
    click("submit", "send")
    until(lambda: part("submit", QLabel, "receipt_headline").isVisible())
    assert len(program.office.spool.pending()) == 1


def test_nothing_changes_under_the_mouse(knowing: DeskServer, writing: Bureaucrat, until: Until) -> None:
    until(lambda: offered("join"))
    place = part("submit", AdvicePanel, "advice")
    QTest.mouseMove(part("submit", QPushButton, "join"), QPoint(5, 5))
    until(place.underMouse)
    knowing.colleagues = []
    part("submit", QLineEdit, "title").setText("Совсем другое")
    until(lambda: any("Совсем" in asked for asked in knowing.asked if asked.startswith("/api/v1/sugg")))
    until(lambda: not place.is_asking)
    assert offered("join")
    QTest.mouseMove(part("submit", QLineEdit, "title"), QPoint(5, 5))
    until(lambda: not offered("join"))
    assert offered("article")


def test_one_asks_when_the_typing_rests_not_at_every_letter(
    knowing: DeskServer, writing: Bureaucrat, until: Until
) -> None:
    until(lambda: offered("join"))
    before = len([path for path in knowing.asked if "alike" in path])
    field = part("submit", QLineEdit, "title")
    field.setFocus()
    QTest.keyClicks(field, " second floor")
    until(lambda: any("floor" in asked for asked in knowing.asked if asked.startswith("/api/v1/sugg")))
    assert len([path for path in knowing.asked if "alike" in path]) == before + 1
