"""Enrolment: the company by its code first, then who sits at this computer."""

from __future__ import annotations

import socket

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from bureaucrat import errands
from bureaucrat.failures import Json, RefusedError
from bureaucrat.invitation import address_of, invitation
from bureaucrat.office import Office
from bureaucrat.parts import button, label, show_text
from bureaucrat.translation import _
from bureaucrat.wording import failure


class EnrolmentWindow(QWidget):
    enrolled = Signal()
    closed = Signal()

    def __init__(self, office: Office) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setObjectName("enrolment")
        self.setWindowTitle(_("Bureaucrat: first meeting"))
        self.setMinimumWidth(480)
        self._office = office
        self._build()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closed.emit()
        super().closeEvent(event)

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(28, 24, 28, 20)
        layout.setSpacing(10)
        revoked = self._office.revoked_device
        layout.addWidget(label(_("Enrol again") if revoked else _("Let us get acquainted"), "title"))
        why = (
            _("This installation was switched off by your support. What you have written is kept.")
            if revoked
            else _("Your support has given your company a code. It is needed only once.")
        )
        layout.addWidget(label(why, "muted", wrap=True))
        layout.addSpacing(6)
        self._code_part, self._person_part = self._ask_code(), self._ask_person()
        self._person_part.hide()
        layout.addWidget(self._code_part)
        layout.addWidget(self._person_part)
        self._message = label("", "error", "enrolment_message", wrap=True)
        self._message.hide()
        layout.addWidget(self._message)
        layout.addSpacing(6)
        layout.addLayout(self._buttons())
        layout.addStretch(1)
        layout.addWidget(label(self._office.settings.server, "muted", "server_address"))

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self._other = button(_("Another code"), "back", self._back, "quiet")
        self._next = button(_("Continue"), "next", self._look_up, "primary")
        self._enrol = button(_("Enrol"), "enrol", self._send, "primary")
        self._other.hide()
        self._enrol.hide()
        row.addWidget(self._other)
        row.addStretch(1)
        row.addWidget(self._next)
        row.addWidget(self._enrol)
        return row

    def _ask_code(self) -> QWidget:
        part = QWidget()
        layout = QVBoxLayout(part)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(label(_("Company code, or the link you were sent")))
        self._code = QLineEdit()
        self._code.setObjectName("code")
        self._code.setAccessibleName(_("Company code"))
        self._code.setMaxLength(500)
        self._code.returnPressed.connect(self._look_up)
        layout.addWidget(self._code)
        return part

    def _ask_person(self) -> QWidget:
        part = QWidget()
        grid = QGridLayout(part)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(10)
        self._company_name = label("", "heading", "company", wrap=True)
        grid.addWidget(self._company_name, 0, 0, 1, 2)
        self._name = self._field(grid, 1, _("Full name"), "full_name", _("Surname, name, patronymic"))
        self._phone = self._field(grid, 2, _("Phone"), "phone", _("where to call you back"))
        self._email = self._field(grid, 3, _("E-mail"), "email", "")
        self._position = self._field(grid, 4, _("Position"), "position", _("optional"))
        return part

    def _field(self, grid: QGridLayout, row: int, title: str, name: str, hint: str) -> QLineEdit:
        field = QLineEdit()
        field.setObjectName(name)
        field.setAccessibleName(title)
        field.setPlaceholderText(hint)
        field.setMaxLength(200)
        field.returnPressed.connect(self._send)
        grid.addWidget(label(title), row, 0)
        grid.addWidget(field, row, 1)
        return field

    def _turn(self, *, to_person: bool) -> None:
        for one in (self._code_part, self._next):
            one.setVisible(not to_person)
        for one in (self._person_part, self._other, self._enrol):
            one.setVisible(to_person)
        (self._name if to_person else self._code).setFocus()
        QTimer.singleShot(0, self, self.adjustSize)

    def _say(self, words: str) -> None:
        show_text(self._message, words)
        QTimer.singleShot(0, self, self.adjustSize)

    def _look_up(self) -> None:
        server, code = invitation(self._code.text())
        if not code or not self._next.isEnabled():
            return
        if server not in {"", address_of(self._office.settings.server)}:
            self._say(_("This link is for another server: {server}.").format(server=server))
            return
        self._wait(self._next, _("Checking…"))
        self._say("")
        errands.send(self, lambda: self._office.company_of_code(code), self._found, self._not_found)

    def _wait(self, pressed: QPushButton, words: str) -> None:
        pressed.setEnabled(False)
        pressed.setText(words)

    def _ready(self) -> None:
        for one, words in ((self._next, _("Continue")), (self._enrol, _("Enrol"))):
            one.setEnabled(True)
            one.setText(words)

    def _found(self, answer: Json) -> None:
        self._ready()
        self._company_name.setText(str((answer.get("company") or {}).get("name", "")))
        self._turn(to_person=True)

    def _not_found(self, trouble: Exception) -> None:
        self._ready()
        wrong = isinstance(trouble, RefusedError) and trouble.status in {403, 404, 422}
        words = _("There is no company with this code. Check it with your support.")
        self._say(words if wrong else failure(trouble))
        self._code.setFocus()

    def _back(self) -> None:
        self._say("")
        self._turn(to_person=False)

    def _send(self) -> None:
        missing = self._first_missing()
        if missing or not self._enrol.isEnabled():
            self._say(missing)
            return
        form = {
            "code": invitation(self._code.text())[1],
            "full_name": " ".join(self._name.text().split()),
            "email": self._email.text().strip(),
            "phone": self._phone.text().strip(),
            "hostname": socket.gethostname(),
        }
        if self._position.text().strip():
            form["position"] = self._position.text().strip()
        self._wait(self._enrol, _("Enrolling…"))
        self._say("")
        errands.send(self, lambda: self._office.enrol(form), self._accepted, self._refused)

    def _first_missing(self) -> str:
        if not self._name.text().strip():
            self._name.setFocus()
            return _("Please write your name.")
        if not self._phone.text().strip():
            self._phone.setFocus()
            return _("Please write a phone number: the specialist may have to call back.")
        if "@" not in self._email.text().strip().strip("@"):
            self._email.setFocus()
            return _("Please write your e-mail address.")
        return ""

    def _accepted(self, _nothing: object) -> None:
        self.enrolled.emit()
        # After the listeners: one of them may open the next window.
        QTimer.singleShot(0, self.close)

    def _refused(self, trouble: Exception) -> None:
        self._ready()
        wrong = isinstance(trouble, RefusedError) and trouble.status == 403
        words = _("The code is not valid any more. Ask your support for a new one.")
        self._say(words if wrong else failure(trouble))
