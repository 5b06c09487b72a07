"""The form of the submit window: what is wrong, advice beside it, and what goes with it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from bureaucrat.advice_panel import AdvicePanel
from bureaucrat.office import Office
from bureaucrat.parcel import clean
from bureaucrat.parts import button, label, show_text
from bureaucrat.screenshot import Shot
from bureaucrat.shot_panel import ShotPanel
from bureaucrat.snapshot_panel import SnapshotPanel
from bureaucrat.translation import _

LONGEST_TITLE = 200
LONGEST_DETAILS = 20_000
# As tall as two colleagues' tickets and two articles.
_BESIDE = 168


class ReportForm(QWidget):
    send_wanted = Signal()

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office = office
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        body = QWidget()
        inside = QVBoxLayout(body)
        inside.setContentsMargins(24, 20, 24, 16)
        inside.setSpacing(10)
        inside.addWidget(label(_("What is wrong?"), "title"))
        inside.addWidget(self._title_field())
        inside.addLayout(self._details_and_advice())
        self.shots = ShotPanel()
        inside.addSpacing(4)
        inside.addWidget(self.shots, 1)
        self._no_shots = label("", "notice", "no_screenshot", wrap=True)
        inside.addWidget(self._no_shots)
        self.snapshot = SnapshotPanel()
        inside.addWidget(self.snapshot)
        self._filler = QWidget()
        inside.addWidget(self._filler, 1)
        self._message = label("", "error", "message", wrap=True)
        self._message.hide()
        inside.addWidget(self._message)
        layout.addWidget(body, 1)
        layout.addWidget(self._foot())

    @property
    def title(self) -> str:
        return self._title.text()

    @property
    def details(self) -> str:
        return self._details.toPlainText()

    def write(self, title: str, details: str) -> None:
        self._title.setText(title)
        self._details.setPlainText(details)

    def say(self, words: str) -> None:
        show_text(self._message, words)

    def show_shots(self, shots: list[Shot]) -> None:
        allowed = self._office.screenshots_allowed
        self.shots.setVisible(allowed and bool(shots))
        words = ""
        if not allowed:
            words = _("Your company has switched screenshots off: only text is sent.")
        elif not shots:
            words = _("This system did not let us take a screenshot: only text is sent.")
        show_text(self._no_shots, words)
        self._filler.setVisible(not (allowed and shots))
        self.shots.show_shots(shots if allowed else [])

    @property
    def is_busy(self) -> bool:
        return not self._send_button.isEnabled()

    def set_busy(self, busy: bool) -> None:
        """While it is being kept, nothing can be sent a second time."""
        self._send_button.setEnabled(not busy)
        self.advice.setEnabled(not busy)
        self._send_button.setText(_("Saving…") if busy else _("Send"))

    def focus_title(self) -> None:
        self._title.setFocus()

    def is_complete(self) -> bool:
        """Says what is missing or too long."""
        if not clean(self.title).strip():
            self.say(_("Please write in a few words what is wrong."))
            self.focus_title()
            return False
        if len(self.details) > LONGEST_DETAILS:
            self.say(_("The details are too long: at most 20,000 characters."))
            return False
        self.say("")
        return True

    def _title_field(self) -> QLineEdit:
        self._title = QLineEdit()
        self._title.setObjectName("title")
        self._title.setAccessibleName(_("What is wrong?"))
        self._title.setPlaceholderText(_("For example: the printer in accounting does not print"))
        self._title.setMaxLength(LONGEST_TITLE)
        self._title.textEdited.connect(lambda _text: self.say(""))
        self._title.returnPressed.connect(self.send_wanted)
        return self._title

    def _details_and_advice(self) -> QHBoxLayout:
        self._details = QPlainTextEdit()
        self._details.setObjectName("details")
        self._details.setAccessibleName(_("Details"))
        self._details.setPlaceholderText(_("Details, if you like: what you did, what you see"))
        self._details.setTabChangesFocus(True)
        self.advice = AdvicePanel(self._office.advice)
        row = QHBoxLayout()
        row.setSpacing(12)
        for field, share in ((self._details, 11), (self.advice, 9)):
            field.setFixedHeight(_BESIDE)
            row.addWidget(field, share)
        for changed in (self._title.textChanged, self._details.textChanged):
            changed.connect(lambda *_text: self.advice.typed(self.title, self.details))
        return row

    def _foot(self) -> QWidget:
        foot = QFrame()
        foot.setProperty("role", "foot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(24, 12, 24, 12)
        device = self._office.device
        who = f"{device.person} · {device.company}" if device else ""
        row.addWidget(label(who, "muted", "who", wrap=True), 1)
        self._send_button = button(_("Send"), "send", self.send_wanted.emit, "primary")
        self._send_button.setToolTip("Ctrl+Enter")
        row.addWidget(self._send_button)
        return foot
