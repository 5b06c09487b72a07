"""Files in the conversation: sent with a reply, pictures shown, anything else saved."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton

from bureaucrat.app import Bureaucrat
from bureaucrat.attachments import Attachments, ReplyField
from bureaucrat.settings import Settings
from tests.desktop.conftest import Until
from tests.desktop.test_windows import click, open_ticket, part, top
from tests.unit.bureaucrat.desk_server import Answer, DeskServer

Start = Callable[[Settings], Bureaucrat]


def picture() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(file, "PNG")
    return file.getvalue()


def drop(*paths: Path) -> None:
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    part("tickets", ReplyField, "reply_text").insertFromMimeData(dropped)


def files() -> list[QPushButton]:
    window = top("tickets")
    return [] if window is None else window.findChildren(QPushButton, "file")


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "plate.png"
    path.write_bytes(picture())
    return path


def test_dropped_and_pasted_files_go_with_the_reply_and_are_kept_without_a_server(
    enrolled: Settings, desk: DeskServer, start: Start, until: Until, photo: Path, tmp_path: Path
) -> None:
    program = start(enrolled)
    ticket = open_ticket(program, desk, until)
    log = tmp_path / "log.txt"
    log.write_text("error 7")
    drop(photo, log)
    pasted = QMimeData()
    pasted.setImageData(QImage.fromData(picture()))
    part("tickets", ReplyField, "reply_text").insertFromMimeData(pasted)
    desk.before = lambda _received: Answer(503, headers={"Retry-After": "0"})
    click("tickets", "reply")
    until(lambda: len(desk.attempts) > 1)
    [waiting] = program.office.spool.pending()
    assert [one.path.exists() for one in waiting.enclosures] == [True, True, True]
    desk.before = lambda _received: None
    until(lambda: len(files()) == 3)
    received = desk.accepted[str(waiting.id)]
    assert received.path == f"/api/v1/submissions/{ticket}/replies"
    assert received.fields == {"text": ""}
    assert [(field, name) for field, name, _ in received.files] == [
        ("screenshot", "plate.png"),
        ("attachment", "log.txt"),
        ("screenshot", "picture.png"),
    ]
    assert received.files[1][2] == b"error 7"
    assert not part("tickets", Attachments, "attachments").isVisible()


def test_files_go_with_what_is_not_solved(
    enrolled: Settings, desk: DeskServer, start: Start, until: Until, photo: Path
) -> None:
    ticket = open_ticket(start(enrolled), desk, until)
    desk.wait_for(lambda: len(desk.streams) == 1)
    desk.answer(ticket, status="resolved")
    until(lambda: part("tickets", QPushButton, "reopen").isVisible())
    drop(photo)
    click("tickets", "reopen")
    until(lambda: len(files()) == 1)
    [said] = [line for line in desk.submissions[ticket]["log"] if line["kind"] == "reopening"]
    assert [file["name"] for file in said["files"]] == ["plate.png"]
    assert not part("tickets", Attachments, "attachments").isVisible()


def test_what_was_taken_out_does_not_go(
    enrolled: Settings, desk: DeskServer, start: Start, until: Until, photo: Path
) -> None:
    ticket = open_ticket(start(enrolled), desk, until)
    drop(photo)
    click("tickets", "take_out")
    part("tickets", ReplyField, "reply_text").setPlainText("Без снимка")
    click("tickets", "reply")
    until(lambda: desk.submissions[ticket]["log"])
    assert desk.submissions[ticket]["log"][-1].get("files") is None


def test_a_picture_of_an_answer_is_shown_and_another_file_saved_where_one_wants_it(
    enrolled: Settings,
    desk: DeskServer,
    start: Start,
    until: Until,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ticket = open_ticket(start(enrolled), desk, until)
    desk.answer(ticket, "Смотрите")
    desk.attach(desk.submissions[ticket], "screenshot", "схема.png", picture())
    desk.attach(desk.submissions[ticket], "attachment", "../инструкция.pdf", b"%PDF-1")
    desk.submissions[ticket]["updated_at"] = "2026-11-23T10:00:00Z"
    desk.tell("ticket", {"submission_id": ticket})
    until(lambda: len(files()) == 2)
    QTest.mouseClick(files()[0], Qt.MouseButton.LeftButton)
    until(lambda: top("file_picture"))
    click("file_picture", "file_close")

    offered: list[str] = []
    target = tmp_path / "сохранено.pdf"

    def choose(_owner: object, _title: str, proposal: str) -> tuple[str, str]:
        offered.append(proposal)
        return str(target), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    QTest.mouseClick(files()[1], Qt.MouseButton.LeftButton)
    until(lambda: "Сохранено" in part("tickets", QLabel, "ticket_note").text())
    assert target.read_bytes() == b"%PDF-1"
    assert Path(offered[0]).name == "инструкция.pdf"
    assert ".." not in offered[0]
