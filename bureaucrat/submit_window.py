"""The submit window: the form, an article that may help, and what became of what was sent."""

from __future__ import annotations

import contextlib
from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from bureaucrat import errands
from bureaucrat.advice import Article, Colleague
from bureaucrat.article_page import ArticlePage
from bureaucrat.draft import Draft
from bureaucrat.failures import Json
from bureaucrat.office import Office
from bureaucrat.parcel import Enclosure, Parcel, new_joining, new_submission, new_use
from bureaucrat.receipt import Receipt
from bureaucrat.report_form import ReportForm
from bureaucrat.screenshot import Shot
from bureaucrat.snapshot import take_snapshot
from bureaucrat.spool import Rejected
from bureaucrat.translation import _
from bureaucrat.wording import failure, refused_words

_RECEIPT = QSize(480, 320)
# What the desktop puts around a window, about.
_FRAME = QSize(16, 48)
# What is to be kept, made off the window's thread.
Making = Callable[[], tuple[Parcel, list[Enclosure]]]


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
        self._form, self._article, self._receipt = ReportForm(office), ArticlePage(office), Receipt()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        for page in (self._form, self._article, self._receipt):
            whole.addWidget(page)
        self._article.hide()
        self._receipt.hide()
        self._connect()
        self.show_shots(shots)
        room = self.screen().availableGeometry().size() - _FRAME
        self._form_size = QSize(760, 730 if shots else 500).boundedTo(room)
        self.resize(self._form_size)
        errands.send(self, take_snapshot, self._form.snapshot.show_snapshot)
        self._form.write(*self._draft.load())

    def _connect(self) -> None:
        QShortcut(QKeySequence("Ctrl+Return"), self, self._send)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self._leave)
        self._form.send_wanted.connect(self._send)
        self._form.shots.retake.connect(self.retake)
        self._form.advice.join_wanted.connect(self._join)
        self._form.advice.article_wanted.connect(self._read)
        self._article.back_wanted.connect(self._back)
        self._article.helped.connect(self._helped)
        self._receipt.close_wanted.connect(self.close)
        self._receipt.tickets_wanted.connect(self.tickets_wanted)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._keep_draft()
        self.closed.emit()
        super().closeEvent(event)

    def show_shots(self, shots: list[Shot]) -> None:
        self._form.show_shots(shots)

    def correct(self, rejected: Rejected) -> None:
        """Offer a refused submission again, with what the server had against it."""
        self._corrects = rejected.parcel
        fields = rejected.parcel.fields
        self._form.write(str(fields.get("title", "")), str(fields.get("description", "")))
        self._form.say(refused_words(rejected))

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

    def _keep_draft(self) -> None:
        if self._parcel is None and self._corrects is None and self._receipt.isHidden():
            self._draft.save(self._form.title, self._form.details)

    def _leave(self) -> None:
        """One step back: from an article to the form, from the form out."""
        if self._article.isHidden():
            self.close()
        else:
            self._back()

    def _send(self) -> None:
        if self._form.isHidden() or self._form.is_busy or not self._form.is_complete():
            return
        title, details = self._form.title, self._form.details
        encode, known = self._form.shots.encoder(), self._form.snapshot.snapshot
        self._receipt.reset()
        self._keep(lambda: (new_submission(title, details, known or take_snapshot()), encode()))

    def _join(self, colleague: Colleague) -> None:
        """Kept and sent like a report: a network that is gone loses nothing."""
        if self._form.is_busy or not self._form.is_complete():
            return
        title, details = self._form.title, self._form.details
        self._receipt.reset(joined=True)
        self._keep(lambda: (new_joining(colleague.submission_id, title, details), []))

    def _keep(self, make: Making) -> None:
        """Off the window's thread: pictures to files, everything to disk."""
        office, corrects = self._office, self._corrects
        self._form.set_busy(True)

        def keep() -> None:
            parcel, enclosures = make()
            self._parcel = parcel
            office.keep(parcel, enclosures)
            if corrects:
                # The corrected one is kept: a disk that fails now must not make the employee send it twice.
                with contextlib.suppress(OSError):
                    office.spool.discard(corrects)

        errands.send(self, keep, self._kept, self._not_kept)

    def _kept(self, _nothing: object) -> None:
        self._corrects = None
        self._draft.save("", "")
        self._receipt.show_kept(online=self._office.online)
        self._show_receipt()
        if self._office.revoked_device:
            self._receipt.show_revoked()
        self.look()

    def _not_kept(self, trouble: Exception) -> None:
        self._parcel = None
        self._form.say(failure(trouble))
        self._ready_again()

    def _read(self, article: Article) -> None:
        self._form.hide()
        self._article.show()
        self._article.show_article(article)

    def _back(self) -> None:
        self._article.hide()
        self._form.show()
        self._form.focus_title()

    def _helped(self, article: Article) -> None:
        """No ticket; that it helped is counted, later where there is no network, never where no disk is."""
        problem, office = self._form.title, self._office
        errands.send(self, lambda: office.keep(new_use(article.id, problem)))
        self._draft.save("", "")
        self._receipt.show_helped()
        self._show_receipt()

    def _show_receipt(self) -> None:
        self._form_size = self.size()
        self._form.hide()
        self._article.hide()
        self._receipt.show()
        self.resize(_RECEIPT)

    def _ready_again(self) -> None:
        if self._form.isHidden():
            self._receipt.hide()
            self._form.show()
            self.resize(self._form_size)
        self._form.set_busy(False)
        QTimer.singleShot(0, self._form.focus_title)
