"""The submit window: what is wrong, what goes with it, «Отправить», and what became of it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from bureaucrat import errands
from bureaucrat.draft import Draft
from bureaucrat.failures import Json
from bureaucrat.office import Office
from bureaucrat.parcel import Enclosure, Parcel, clean, new_submission
from bureaucrat.parts import button, label, show_text
from bureaucrat.receipt import Receipt
from bureaucrat.screenshot import Shot
from bureaucrat.shot_panel import ShotPanel
from bureaucrat.snapshot import take_snapshot
from bureaucrat.snapshot_panel import SnapshotPanel
from bureaucrat.spool import Rejected
from bureaucrat.translation import _
from bureaucrat.wording import failure, refusal

_LONGEST_TITLE = 200
_LONGEST_DETAILS = 20_000
_RECEIPT = QSize(480, 320)


class SubmitWindow(QWidget):
    """One window for one submission; `retake` asks the program for fresh pictures."""

    retake = Signal()
    closed = Signal()
    tickets_wanted = Signal()

    def __init__(self, office: Office, shots: list[Shot]) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setObjectName("submit")
        self.setWindowTitle(_("Bureaucrat: report a problem"))
        self._office = office
        self._parcel: Parcel | None = None
        # A refused parcel that this window corrects: forgotten once the corrected one is kept.
        self._corrects: Parcel | None = None
        self._draft = Draft(office.settings.home)
        self._form = self._form_page()
        self._receipt = Receipt()
        self._receipt.hide()
        self._receipt.close_wanted.connect(self.close)
        self._receipt.tickets_wanted.connect(self.tickets_wanted)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._form)
        whole.addWidget(self._receipt)
        self.show_shots(shots)
        self._form_size = QSize(680, 680 if shots else 460)
        self.resize(self._form_size)
        QShortcut(QKeySequence("Ctrl+Return"), self, self._send)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.close)
        errands.send(self, take_snapshot, self._snapshot.show_snapshot)
        title, details = self._draft.load()
        self._title.setText(title)
        self._details.setPlainText(details)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._keep_draft()
        self.closed.emit()
        super().closeEvent(event)

    def show_shots(self, shots: list[Shot]) -> None:
        allowed = self._office.screenshots_allowed
        self._shots.setVisible(allowed and bool(shots))
        words = ""
        if not allowed:
            words = _("Your company has switched screenshots off: only text is sent.")
        elif not shots:
            words = _("This system did not let us take a screenshot: only text is sent.")
        show_text(self._no_shots, words)
        self._filler.setVisible(not shots)
        self._shots.show_shots(shots if allowed else [])

    def correct(self, rejected: Rejected) -> None:
        """Offer a refused submission again, with what the server had against it."""
        self._corrects = rejected.parcel
        self._title.setText(str(rejected.parcel.fields.get("title", "")))
        self._details.setPlainText(str(rejected.parcel.fields.get("description", "")))
        show_text(self._message, refusal(rejected.problem))

    def sent(self, parcel: Parcel, submission: Json) -> None:
        """The server has taken a parcel; it may be ours."""
        if self._parcel is None or parcel.id != self._parcel.id:
            return
        if submission.get("number") is not None:
            self._receipt.show_number(submission)
            return
        self._receipt.show_accepted()
        errands.send(self, lambda: self._office.await_number(parcel.id))

    def look(self) -> None:
        """The tickets have changed: perhaps our number has come."""
        found = self._office.tickets.get(str(self._parcel.id)) if self._parcel else None
        if found and found.get("number") is not None:
            self._receipt.show_number(found)

    def delayed(self, parcel: Parcel) -> None:
        if self._parcel and parcel.id == self._parcel.id:
            self._receipt.show_waiting()

    def rejected(self, rejected: Rejected) -> None:
        if self._parcel and rejected.parcel.id == self._parcel.id:
            self._parcel = None
            self._receipt.reset()
            self.correct(rejected)
            self._ready_again()

    def revoked(self) -> None:
        if self._parcel:
            self._receipt.show_revoked()

    def _form_page(self) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        body = QWidget()
        inside = QVBoxLayout(body)
        inside.setContentsMargins(24, 20, 24, 16)
        inside.setSpacing(10)
        inside.addWidget(label(_("What is wrong?"), "title"))
        inside.addWidget(self._title_field())
        inside.addWidget(self._details_field())
        self._shots = ShotPanel()
        self._shots.retake.connect(self.retake)
        inside.addSpacing(4)
        inside.addWidget(self._shots, 1)
        self._no_shots = label("", "notice", "no_screenshot", wrap=True)
        inside.addWidget(self._no_shots)
        self._snapshot = SnapshotPanel()
        inside.addWidget(self._snapshot)
        self._filler = QWidget()
        inside.addWidget(self._filler, 1)
        self._message = label("", "error", "message", wrap=True)
        self._message.hide()
        inside.addWidget(self._message)
        layout.addWidget(body, 1)
        layout.addWidget(self._foot())
        return page

    def _title_field(self) -> QLineEdit:
        self._title = QLineEdit()
        self._title.setObjectName("title")
        self._title.setAccessibleName(_("What is wrong?"))
        self._title.setPlaceholderText(_("For example: the printer in accounting does not print"))
        self._title.setMaxLength(_LONGEST_TITLE)
        self._title.textEdited.connect(lambda _text: show_text(self._message, ""))
        self._title.returnPressed.connect(self._send)
        return self._title

    def _details_field(self) -> QPlainTextEdit:
        self._details = QPlainTextEdit()
        self._details.setObjectName("details")
        self._details.setAccessibleName(_("Details"))
        self._details.setPlaceholderText(_("Details, if you like: what you did, what you see"))
        self._details.setTabChangesFocus(True)
        self._details.setFixedHeight(84)
        return self._details

    def _foot(self) -> QWidget:
        foot = QFrame()
        foot.setProperty("role", "foot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(24, 12, 24, 12)
        device = self._office.device
        who = f"{device.person} · {device.company}" if device else ""
        row.addWidget(label(who, "muted", "who", wrap=True), 1)
        self._send_button = button(_("Send"), "send", self._send, "primary")
        self._send_button.setToolTip("Ctrl+Enter")
        row.addWidget(self._send_button)
        return foot

    def _keep_draft(self) -> None:
        if self._parcel is None and self._corrects is None:
            self._draft.save(self._title.text(), self._details.toPlainText())

    def _send(self) -> None:
        if self._form.isHidden() or not self._send_button.isEnabled():
            return
        if not clean(self._title.text()).strip():
            show_text(self._message, _("Please write in a few words what is wrong."))
            self._title.setFocus()
            return
        if len(self._details.toPlainText()) > _LONGEST_DETAILS:
            show_text(self._message, _("The details are too long: at most 20,000 characters."))
            return
        self._send_button.setEnabled(False)
        self._send_button.setText(_("Saving…"))
        show_text(self._message, "")
        errands.send(self, self._keeping(), self._kept, self._not_kept)

    def _keeping(self) -> Callable[[], Parcel]:
        """What happens off the window's thread: pictures to files, everything to disk."""
        title, details = self._title.text(), self._details.toPlainText()
        encode, known, office, corrects = (
            self._shots.encoder(),
            self._snapshot.snapshot,
            self._office,
            self._corrects,
        )

        def keep() -> Parcel:
            parcel = new_submission(title, details, known or take_snapshot())
            enclosures: list[Enclosure] = encode()
            self._parcel = parcel
            office.keep(parcel, enclosures)
            if corrects:
                # The corrected one is kept: a disk that fails now must not make the employee send it twice.
                with contextlib.suppress(OSError):
                    office.spool.discard(corrects)
            return parcel

        return keep

    def _kept(self, _parcel: Parcel) -> None:
        self._corrects = None
        self._draft.save("", "")
        self._receipt.show_kept(online=self._office.online)
        self._form_size = self.size()
        self._form.hide()
        self._receipt.show()
        self.resize(_RECEIPT)
        if self._office.revoked_device:
            self._receipt.show_revoked()
        self.look()

    def _not_kept(self, trouble: Exception) -> None:
        self._parcel = None
        show_text(self._message, failure(trouble))
        self._ready_again()

    def _ready_again(self) -> None:
        if self._form.isHidden():
            self._receipt.hide()
            self._form.show()
            self.resize(self._form_size)
        self._send_button.setEnabled(True)
        self._send_button.setText(_("Send"))
        QTimer.singleShot(0, self._title.setFocus)
