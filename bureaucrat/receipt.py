"""The receipt: what became of a submission, from «saved» to its number and the promised time."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bureaucrat.failures import Json
from bureaucrat.moments import parse_moment, promise
from bureaucrat.parts import button, label
from bureaucrat.translation import _


class Receipt(QWidget):
    close_wanted = Signal()
    tickets_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._numbered = False
        self._joined = False
        layout = QVBoxLayout(self)
        layout.setContentsMargins(32, 32, 32, 24)
        layout.setSpacing(10)
        layout.addStretch(1)
        self._mark = label("✓", "mark", "receipt_mark")
        self._headline = label("", "number", "receipt_headline", wrap=True)
        self._words = label("", "", "receipt_words", wrap=True)
        for one in (self._mark, self._headline, self._words):
            one.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            layout.addWidget(one)
        layout.addStretch(1)
        layout.addSpacing(12)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button(_("My tickets"), "to_tickets", self.tickets_wanted.emit))
        row.addWidget(button(_("Close"), "close", self.close_wanted.emit, "primary"))
        row.addStretch(1)
        layout.addLayout(row)

    def reset(self, *, joined: bool = False) -> None:
        """Before something is sent: a report of one's own, or a word to join a colleague's."""
        self._numbered, self._joined = False, joined
        self._headline.clear()

    def show_kept(self, *, online: bool) -> None:
        if self._headline.text():
            # The sender was quicker than the window.
            return
        if online:
            self._say(_("Saved"), _("Sending…"))
        else:
            self.show_waiting()

    def show_waiting(self) -> None:
        self._say(
            _("Saved"),
            _("Saved, will be sent when there is a connection.")
            + "\n"
            + _("You may close this window and switch the computer off."),
        )

    def show_accepted(self) -> None:
        self._say(_("Accepted"), _("The server has it. The number will be here in a moment."))

    def show_revoked(self) -> None:
        self._say(
            _("Saved"),
            _("This installation was switched off by your support. Enrol again, and it will be sent."),
        )

    def show_number(self, submission: Json) -> None:
        self._numbered = False
        told = _("You will be told of every answer.")
        if self._joined:
            headline = _("You have joined No. {number}")
            words = _("It is in your tickets now.") + "\n" + told
        else:
            headline = _("Ticket No. {number}")
            words = "\n".join(filter(None, (promise(parse_moment(submission.get("reaction_due"))), told)))
        self._say(headline.format(number=submission["number"]), words)
        self._numbered = True

    def show_helped(self) -> None:
        self._say(_("Good to hear"), _("Nothing was sent: there is no ticket."))

    def _say(self, headline: str, words: str) -> None:
        # What came before the number may arrive after it; the number stays.
        if not self._numbered:
            self._headline.setText(headline)
            self._words.setText(words)
