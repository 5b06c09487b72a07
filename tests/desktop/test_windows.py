"""The windows, in this process, on a real screen, against the real little server."""

from __future__ import annotations

import errno
import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTextEdit,
    QWidget,
)

from bureaucrat.app import Bureaucrat
from bureaucrat.canvas import Canvas
from bureaucrat.screenshot import Shot
from bureaucrat.settings import Settings
from bureaucrat.submit_window import SubmitWindow
from tests.desktop.conftest import Until
from tests.desktop.screen import differing_pixels
from tests.unit.bureaucrat.desk_server import Answer, DeskServer

Start = Callable[[Settings], Bureaucrat]
Widget = TypeVar("Widget", bound=QWidget)


def top(name: str) -> QWidget | None:
    """The visible window of this name."""
    windows = (w for w in QApplication.topLevelWidgets() if w.objectName() == name and w.isVisible())
    return next(windows, None)


def part(window: str, kind: type[Widget], name: str) -> Widget:
    owner = top(window)
    assert owner is not None, f"no window {window}"
    found: Any = owner.findChild(kind, name)
    assert isinstance(found, kind), f"no {name} in {window}"
    return found


def click(window: str, name: str) -> None:
    QTest.mouseClick(part(window, QPushButton, name), Qt.MouseButton.LeftButton)


def text(window: str, name: str) -> str:
    return part(window, QLabel, name).text() if top(window) else ""


def drag(canvas: QWidget, start: QPoint, end: QPoint) -> None:
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(canvas, (start + end) / 2)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=end)


def report(program: Bureaucrat, until: Until, title: str) -> None:
    program.report()
    until(lambda: top("submit"))
    part("submit", QLineEdit, "title").setText(title)
    click("submit", "send")


def open_ticket(program: Bureaucrat, desk: DeskServer, until: Until) -> str:
    """A ticket with a number, open in «Мои заявки»."""
    report(program, until, "Не печатает принтер")
    until(lambda: "№ 101" in text("submit", "receipt_headline"))
    click("submit", "to_tickets")
    until(lambda: top("tickets"))
    click("submit", "close")
    return next(iter(desk.submissions))


def test_an_employee_enrols_and_goes_on_to_what_is_wrong(
    settings: Settings, start: Start, until: Until
) -> None:
    program = start(settings)
    program.report()
    part("enrolment", QLineEdit, "code").setText("NOPE")
    click("enrolment", "next")
    until(lambda: "нет" in text("enrolment", "enrolment_message"))
    part("enrolment", QLineEdit, "code").setText("DEMO")
    click("enrolment", "next")
    assert part("enrolment", QPushButton, "next").text() == "Проверяю…"
    until(lambda: text("enrolment", "company") == "ООО «Ромашка»")
    click("enrolment", "enrol")
    assert "как вас зовут" in text("enrolment", "enrolment_message")
    for name, value in (("full_name", "Иванова Анна"), ("phone", "123"), ("email", "anna@example.com")):
        part("enrolment", QLineEdit, name).setText(value)
    click("enrolment", "enrol")
    until(lambda: top("submit") and not top("enrolment"))
    assert (settings.home / "token").stat().st_mode & 0o077 == 0


def test_a_link_of_the_support_is_as_good_as_the_code_and_another_servers_is_told(
    settings: Settings, start: Start, until: Until, desk: DeskServer
) -> None:
    start(settings).report()
    part("enrolment", QLineEdit, "code").setText("https://elsewhere.example/portal/enrol?code=DEMO")
    click("enrolment", "next")
    assert "elsewhere.example" in text("enrolment", "enrolment_message")
    part("enrolment", QLineEdit, "code").setText(f"{desk.url}/portal/enrol?code=DEMO")
    click("enrolment", "next")
    until(lambda: text("enrolment", "company") == "ООО «Ромашка»")
    assert len(desk.asked) == 1


def test_the_window_tells_the_number_and_the_promised_time(
    enrolled: Settings, start: Start, until: Until
) -> None:
    report(start(enrolled), until, "Не открывается 1С")
    until(lambda: text("submit", "receipt_headline") == "Заявка № 101")
    assert "отреагирует" in text("submit", "receipt_words")


def test_without_a_title_nothing_is_sent(
    enrolled: Settings, start: Start, until: Until, desk: DeskServer
) -> None:
    program = start(enrolled)
    report(program, until, "   ")
    assert "что случилось" in text("submit", "message")
    assert program.office.spool.pending() == []


def test_what_is_blacked_out_is_black_for_the_server_and_the_rest_untouched(
    enrolled: Settings, start: Start, until: Until, desk: DeskServer, pattern: Path
) -> None:
    program = start(enrolled)
    program.report()
    until(lambda: top("submit"))
    canvas = part("submit", Canvas, "canvas")
    drag(canvas, canvas.rect().center(), canvas.rect().center() + QPoint(60, 40))
    part("submit", QLineEdit, "title").setText("С секретом")
    click("submit", "send")
    until(lambda: desk.accepted)
    [(_, _, content)] = next(iter(desk.accepted.values())).files
    received = Image.open(io.BytesIO(content)).convert("RGB")
    middle = (received.width // 2 + 20, received.height // 2 + 20)
    assert received.getpixel(middle) == (0, 0, 0)
    black = received.convert("L").point(lambda value: 0 if value else 255).histogram()[255]
    scale = received.width / canvas.width()
    assert black > 60 * 40
    assert 0 < differing_pixels(content, pattern) < 60 * 40 * (scale + 2) ** 2


def test_a_key_pressed_in_passing_uncovers_nothing(enrolled: Settings, start: Start, until: Until) -> None:
    program = start(enrolled)
    program.report()
    until(lambda: top("submit"))
    canvas = part("submit", Canvas, "canvas")
    drag(canvas, canvas.rect().center(), canvas.rect().center() + QPoint(40, 40))
    undo = part("submit", QPushButton, "undo_blackout")
    assert undo.isEnabled()

    def press() -> None:
        until(lambda: QApplication.focusWidget() is not None)
        focused = QApplication.focusWidget()
        assert focused
        QTest.keyClick(focused, Qt.Key.Key_Space)
        if dialog := top("large_preview"):
            dialog.close()

    QTimer.singleShot(0, press)
    click("submit", "larger")
    assert undo.isEnabled()


def test_a_blackout_can_be_taken_back(
    enrolled: Settings, start: Start, until: Until, desk: DeskServer, pattern: Path
) -> None:
    program = start(enrolled)
    program.report()
    until(lambda: top("submit"))
    canvas = part("submit", Canvas, "canvas")
    drag(canvas, canvas.rect().center(), canvas.rect().center() + QPoint(60, 40))
    click("submit", "undo_blackout")
    part("submit", QLineEdit, "title").setText("Без секрета")
    click("submit", "send")
    until(lambda: desk.accepted)
    assert differing_pixels(next(iter(desk.accepted.values())).files[0][2], pattern) == 0


@pytest.mark.parametrize(("choice", "sent"), [(0, ["red", "blue"]), (1, ["red"]), (2, ["blue"]), (3, [])])
def test_the_employee_chooses_all_monitors_one_or_none(
    enrolled: Settings, start: Start, until: Until, desk: DeskServer, choice: int, sent: list[str]
) -> None:
    program = start(enrolled)
    program.report()
    until(lambda: top("submit"))
    window = top("submit")
    assert isinstance(window, SubmitWindow)
    window.show_shots([monitor("red", 0), monitor("blue", 640)])
    part("submit", QComboBox, "screens").setCurrentIndex(choice)
    part("submit", QLineEdit, "title").setText("Мониторы")
    click("submit", "send")
    until(lambda: desk.accepted)
    files = next(iter(desk.accepted.values())).files
    assert [Image.open(io.BytesIO(c)).convert("RGB").getpixel((5, 5)) for _, _, c in files] == [
        QColor(colour).getRgb()[:3]  # type: ignore[index]
        for colour in sent
    ]


def monitor(colour: str, left: int) -> Shot:
    image = QImage(640, 400, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    return Shot(colour, image, QRect(left, 0, 640, 400))


def test_the_program_is_not_in_its_own_screenshot(
    enrolled: Settings, start: Start, until: Until, desk: DeskServer, pattern: Path
) -> None:
    program = start(enrolled)
    program.show_tickets()
    until(lambda: top("tickets"))
    click("tickets", "report")
    until(lambda: top("submit"))
    click("submit", "retake")
    until(lambda: not top("submit"))
    until(lambda: top("submit"))
    part("submit", QLineEdit, "title").setText("Снимок без нас")
    click("submit", "send")
    until(lambda: desk.accepted)
    assert differing_pixels(next(iter(desk.accepted.values())).files[0][2], pattern) == 0


def test_a_notification_of_ours_is_not_in_the_picture(
    enrolled: Settings, start: Start, until: Until, desk: DeskServer, pattern: Path
) -> None:
    program = start(enrolled)
    program._tray.notify("№ 101", "Готово, проверьте.", lambda: None)
    until(lambda: top("toast"))
    program.report()
    until(lambda: top("submit"))
    assert top("toast")
    part("submit", QLineEdit, "title").setText("Снимок без уведомления")
    click("submit", "send")
    until(lambda: desk.accepted)
    assert differing_pixels(next(iter(desk.accepted.values())).files[0][2], pattern) == 0


def test_a_notification_that_goes_while_the_picture_is_taken_does_not_take_the_report_along(
    enrolled: Settings, start: Start, until: Until
) -> None:
    program = start(enrolled)
    program._tray.notify("№ 101", "Готово, проверьте.", lambda: None)
    until(lambda: top("toast"))
    program.report()
    program._tray.hide()
    until(lambda: top("submit"))
    assert not top("toast")


def test_a_double_click_opens_one_window_with_a_picture_without_us(
    enrolled: Settings, start: Start, until: Until, desk: DeskServer, pattern: Path
) -> None:
    program = start(enrolled)
    program.show_tickets()
    until(lambda: top("tickets"))
    program.report()
    program.report()
    until(lambda: top("submit") and top("tickets"))
    assert len([w for w in QApplication.topLevelWidgets() if w.objectName() == "submit"]) == 1
    part("submit", QLineEdit, "title").setText("Дважды")
    click("submit", "send")
    until(lambda: desk.accepted)
    assert differing_pixels(next(iter(desk.accepted.values())).files[0][2], pattern) == 0


def test_a_minimised_window_comes_back_when_it_is_asked_for(
    enrolled: Settings, start: Start, until: Until
) -> None:
    program = start(enrolled)
    program.report()
    until(lambda: top("submit"))
    window = top("submit")
    assert window
    window.showMinimized()
    until(window.isMinimized)
    program.report()
    assert not window.isMinimized()


def test_a_company_without_screenshots_sends_none(
    enrolled: Settings, start: Start, until: Until, desk: DeskServer
) -> None:
    desk.screenshots_allowed = False
    program = start(enrolled)
    until(lambda: not program.office.screenshots_allowed)
    report(program, until, "Только текст")
    until(lambda: desk.accepted)
    assert next(iter(desk.accepted.values())).files == []


def test_without_a_server_the_window_says_that_it_is_kept(
    enrolled: Settings, start: Start, until: Until, desk: DeskServer
) -> None:
    desk.before = lambda _received: Answer(503)
    program = start(enrolled)
    report(program, until, "Нет сети")
    until(lambda: "отправлю, когда появится связь" in text("submit", "receipt_words"))
    assert len(program.office.spool.pending()) == 1
    click("submit", "to_tickets")
    until(lambda: "написана" in text("tickets", "ticket_meta"))
    desk.before = lambda _received: None
    until(lambda: text("submit", "receipt_headline") == "Заявка № 101")
    until(lambda: not program.office.spool.pending())


def test_what_the_server_refuses_can_be_corrected_and_sent(
    enrolled: Settings, start: Start, until: Until, desk: DeskServer
) -> None:
    desk.before = lambda _received: Answer(413)
    program = start(enrolled)
    report(program, until, "Большой снимок")
    until(lambda: "слишком велик" in text("submit", "message"))
    assert len(program.office.spool.rejected()) == 1
    desk.before = lambda _received: None
    click("submit", "send")
    until(lambda: text("submit", "receipt_headline") == "Заявка № 101")
    assert program.office.spool.rejected() == []
    assert len(desk.accepted) == 1


def test_a_correction_is_kept_once_even_if_the_refused_one_cannot_be_forgotten(
    enrolled: Settings, start: Start, until: Until, desk: DeskServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(_parcel: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    desk.before = lambda _received: Answer(413)
    program = start(enrolled)
    report(program, until, "Большой снимок")
    until(lambda: "слишком велик" in text("submit", "message"))
    desk.before = lambda _received: None
    monkeypatch.setattr(program.office.spool, "discard", failing)
    click("submit", "send")
    until(lambda: text("submit", "receipt_headline") == "Заявка № 101")
    assert len(desk.accepted) == 1


def test_a_full_disk_is_said_and_the_text_stays(
    enrolled: Settings, start: Start, until: Until, monkeypatch: pytest.MonkeyPatch, desk: DeskServer
) -> None:
    def full(*_arguments: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    program = start(enrolled)
    until(lambda: program.office.online)
    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", full)
        report(program, until, "Место кончилось")
        until(lambda: "кончилось место" in text("submit", "message"))
    assert part("submit", QLineEdit, "title").text() == "Место кончилось"
    assert program.office.spool.pending() == []
    click("submit", "send")
    until(lambda: desk.accepted)


def test_a_revoked_device_is_asked_to_enrol_and_then_sends_what_was_kept(
    enrolled: Settings, start: Start, until: Until, desk: DeskServer
) -> None:
    program = start(enrolled)
    until(lambda: program.office.online)
    desk.tokens.clear()
    report(program, until, "Отозвано")
    until(lambda: "отключила" in text("submit", "receipt_words"))
    desk.tokens.add("device-token")
    click("submit", "close")
    program.report()
    part("enrolment", QLineEdit, "code").setText("DEMO")
    click("enrolment", "next")
    until(lambda: text("enrolment", "company"))
    for name, value in (("full_name", "Иванова Анна"), ("phone", "123"), ("email", "anna@example.com")):
        part("enrolment", QLineEdit, name).setText(value)
    click("enrolment", "enrol")
    until(lambda: desk.accepted)


def test_an_answer_comes_as_a_notification_and_into_the_conversation(
    enrolled: Settings, start: Start, until: Until, desk: DeskServer
) -> None:
    program = start(enrolled)
    ticket = open_ticket(program, desk, until)
    desk.wait_for(lambda: len(desk.streams) == 1)
    desk.answer(ticket, "Перезагрузите <b>принтер</b>")
    until(lambda: "Перезагрузите <b>принтер</b>" in text("toast", "toast_text"))
    until(lambda: "Перезагрузите <b>принтер</b>" in all_text("tickets"))
    desk.answer(ticket, status="resolved")
    until(lambda: "Решена" in text("tickets", "ticket_meta"))


def all_text(window: str) -> str:
    owner = top(window)
    return "\n".join(one.toPlainText() for one in owner.findChildren(QTextEdit)) if owner else ""


def test_reply_not_solved_and_rating_reach_the_server(
    enrolled: Settings, start: Start, until: Until, desk: DeskServer
) -> None:
    program = start(enrolled)
    ticket = open_ticket(program, desk, until)
    desk.wait_for(lambda: len(desk.streams) == 1)
    part("tickets", QPlainTextEdit, "reply_text").setPlainText("Всё ещё мигает")
    click("tickets", "reply")
    until(lambda: any(entry["kind"] == "reply" for entry in desk.submissions[ticket]["log"]))
    until(lambda: part("tickets", QPlainTextEdit, "reply_text").toPlainText() == "")
    desk.answer(ticket, status="resolved")
    until(lambda: part("tickets", QPushButton, "reopen").isVisible())
    click("tickets", "reopen")
    assert "осталось не так" in text("tickets", "reply_message")
    part("tickets", QPlainTextEdit, "reply_text").setPlainText("Снова мигает")
    click("tickets", "reopen")
    until(lambda: desk.submissions[ticket]["status"] == "in_progress")
    until(lambda: not part("tickets", QPushButton, "reopen").isVisible())
    desk.answer(ticket, status="resolved")
    until(lambda: part("tickets", QPushButton, "star_4").isVisible())
    click("tickets", "star_4")
    until(lambda: desk.submissions[ticket]["rating"] == 4)
    until(lambda: "Спасибо за оценку" in text("tickets", "verdict"))


def test_a_closed_ticket_is_taken_back_into_work_too(
    enrolled: Settings, start: Start, until: Until, desk: DeskServer
) -> None:
    program = start(enrolled)
    ticket = open_ticket(program, desk, until)
    desk.wait_for(lambda: len(desk.streams) == 1)
    desk.answer(ticket, status="closed")
    until(lambda: part("tickets", QPushButton, "reopen").isVisible())
    assert not part("tickets", QPushButton, "reply").isVisible()
    part("tickets", QPlainTextEdit, "reply_text").setPlainText("Через неделю снова мигает")
    click("tickets", "reopen")
    until(lambda: desk.submissions[ticket]["status"] == "in_progress")
    until(lambda: part("tickets", QPushButton, "reply").isVisible())


def test_a_half_written_reply_survives_news(
    enrolled: Settings, start: Start, until: Until, desk: DeskServer
) -> None:
    program = start(enrolled)
    ticket = open_ticket(program, desk, until)
    desk.wait_for(lambda: len(desk.streams) == 1)
    part("tickets", QPlainTextEdit, "reply_text").setPlainText("Я как раз пи")
    desk.answer(ticket, "Что у вас?")
    until(lambda: "Что у вас?" in all_text("tickets"))
    assert part("tickets", QPlainTextEdit, "reply_text").toPlainText() == "Я как раз пи"


def test_text_of_a_closed_window_is_there_again(enrolled: Settings, start: Start, until: Until) -> None:
    program = start(enrolled)
    program.report()
    until(lambda: top("submit"))
    part("submit", QLineEdit, "title").setText("Недописано")
    closed = top("submit")
    assert closed is not None
    closed.close()
    until(lambda: not top("submit"))
    program.report()
    until(lambda: top("submit"))
    assert part("submit", QLineEdit, "title").text() == "Недописано"
