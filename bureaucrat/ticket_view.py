"""One ticket: its head, the conversation, and what the employee can do: reply, «не решено», rate."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from functools import partial
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from bureaucrat import errands
from bureaucrat.attachments import Attachments, ReplyField, enclosure_of
from bureaucrat.conversation import Conversation
from bureaucrat.file_viewer import open_file
from bureaucrat.moments import moment, parse_moment
from bureaucrat.office import Office
from bureaucrat.parcel import Enclosure, Parcel, clean, new_rating, new_reopening, new_reply
from bureaucrat.parts import button, label, show_text
from bureaucrat.spool import Rejected
from bureaucrat.ticket_rows import TicketRow, pending_of, refused_of
from bureaucrat.translation import _
from bureaucrat.wording import failure, refused_words, status_name

_LONGEST_REPLY = 20_000
_OVER = {"cancelled", "merged"}
_SOLVED = {"resolved", "closed"}


class TicketView(QWidget):
    """Drafts of replies are kept for each ticket while the window lives."""

    correction_wanted = Signal(object)
    changed = Signal()

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office = office
        self._row: TicketRow | None = None
        self._drafts: dict[str, tuple[str, list[Enclosure]]] = {}
        self._shown: tuple[object, ...] = ()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._head())
        self._conversation = Conversation()
        self._conversation.file_wanted.connect(
            lambda file: open_file(self, self._office, file, self._say_of_file)
        )
        layout.addWidget(self._conversation, 1)
        layout.addWidget(self._foot())
        QShortcut(QKeySequence("Ctrl+Return"), self, self._reply)

    def show_ticket(self, row: TicketRow) -> None:
        other = self._row is None or self._row.id != row.id
        if other:
            if self._row:
                self._drafts[self._row.id] = (self._text.toPlainText(), self._attachments.all)
            text, attached = self._drafts.pop(row.id, ("", []))
            self._text.setPlainText(text)
            self._attachments.put(attached)
            show_text(self._message, "")
        self._row = row
        self._title.setText(row.title)
        self._meta.setText(self._meta_line(row))
        self._offer(row)
        unheard = (pending_of(self._office, row.id), refused_of(self._office, row.id))
        # What one reads or has selected stays untouched by news of other tickets.
        if self._shown != (row, *unheard):
            self._shown = (row, *unheard)
            self._fill(row, *unheard, to_bottom=other)

    def _head(self) -> QWidget:
        head = QFrame()
        head.setProperty("role", "bar")
        layout = QVBoxLayout(head)
        layout.setContentsMargins(20, 14, 20, 12)
        layout.setSpacing(3)
        self._title = label("", "heading", "ticket_title", wrap=True)
        self._meta = label("", "muted", "ticket_meta", wrap=True)
        layout.addWidget(self._title)
        layout.addWidget(self._meta)
        return head

    def _foot(self) -> QWidget:
        foot = QFrame()
        foot.setProperty("role", "foot")
        layout = QVBoxLayout(foot)
        layout.setContentsMargins(20, 12, 20, 12)
        layout.setSpacing(8)
        self._verdict = self._verdict_bar()
        layout.addWidget(self._verdict)
        self._text = ReplyField()
        self._text.setObjectName("reply_text")
        self._text.setAccessibleName(_("Reply"))
        self._text.setPlaceholderText(_("Write to the specialist"))
        self._text.setTabChangesFocus(True)
        self._text.setFixedHeight(76)
        layout.addWidget(self._text)
        self._attachments = Attachments()
        self._attachments.trouble.connect(self._say_trouble)
        self._text.files_came.connect(self._attachments.add_files)
        self._text.picture_came.connect(self._attachments.add_picture)
        layout.addWidget(self._attachments)
        self._message = label("", "error", "reply_message", wrap=True)
        self._message.hide()
        layout.addWidget(self._message)
        row = QHBoxLayout()
        self._note = label("", "muted", "ticket_note", wrap=True)
        row.addWidget(self._note, 1)
        self._forget = button(_("Forget it"), "discard", self._discard, "quiet")
        self._correct = button(_("Correct"), "correct", self._ask_correction, "primary")
        self._not_solved = button(_("Not solved"), "reopen", self._reopen)
        self._send = button(_("Reply"), "reply", self._reply, "primary")
        self._attach = button(_("Attach"), "attach", self._attachments.choose, "quiet")
        self._attach.setToolTip(_("Pictures can also be pasted, files dropped into the text."))
        for one in (self._forget, self._correct, self._attach, self._not_solved, self._send):
            row.addWidget(one)
        layout.addLayout(row)
        return foot

    def _verdict_bar(self) -> QWidget:
        bar = QWidget()
        row = QHBoxLayout(bar)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        self._verdict_words = label("", "", "verdict")
        row.addWidget(self._verdict_words)
        row.addSpacing(8)
        self._stars: list[QPushButton] = []
        for score in range(1, 6):
            star = button("☆", f"star_{score}", partial(self._rate, score), "star")
            star.setAccessibleName(_("Rate {score} of 5").format(score=score))
            star.setToolTip(star.accessibleName())
            self._stars.append(star)
            row.addWidget(star)
        row.addStretch(1)
        return bar

    def _meta_line(self, row: TicketRow) -> str:
        number = _("No. {number}").format(number=row.number) if row.number is not None else ""
        words = _("received {moment}") if row.submission else _("written {moment}")
        when = words.format(moment=moment(row.when)) if row.when else ""
        due = parse_moment((row.submission or {}).get("reaction_due"))
        promised = _("reaction by {moment}").format(moment=moment(due)) if due and row.status == "new" else ""
        return " · ".join(part for part in (number, status_name(row.status), when, promised) if part)

    def _fill(
        self, row: TicketRow, waiting: list[Parcel], refused: list[Rejected], *, to_bottom: bool
    ) -> None:
        self._conversation.begin()
        if row.submission:
            own = self._office.device.person_id if self._office.device else ""
            self._conversation.add_request(row.submission)
            for entry in row.submission.get("log") or []:
                self._conversation.add_entry(entry, own)
        else:
            self._add_unsent(row)
        self._add_unheard(waiting, refused)
        self._conversation.end(to_bottom=to_bottom)

    def _add_unheard(self, waiting: list[Parcel], refused: list[Rejected]) -> None:
        """What has not reached the server, and what it would not take, in the order it was written."""
        against = {one.parcel.id: one for one in refused}
        for parcel in sorted(waiting + [one.parcel for one in refused], key=lambda one: one.id):
            if parcel.id in against:
                take_back = partial(self._take_back, against[parcel.id])
                self._conversation.add_refused(against[parcel.id], take_back, partial(self._drop, parcel))
            else:
                self._conversation.add_waiting(parcel)

    def _add_unsent(self, row: TicketRow) -> None:
        for parcel in self._office.spool.pending():
            if str(parcel.id) == row.id:
                self._conversation.add_waiting(parcel)

    def _offer(self, row: TicketRow) -> None:
        """Show what makes sense for this ticket now, and nothing else."""
        own = row.submission is not None and not row.person
        talking = own and row.status not in _OVER
        rating = (row.submission or {}).get("rating")
        self._verdict.setVisible(own and row.status in _SOLVED)
        self._verdict_words.setText(_("Thank you for the rating.") if rating else _("Rate the work:"))
        for score, star in enumerate(self._stars, start=1):
            star.setText("★" if rating and score <= rating else "☆")
            star.setProperty("lit", bool(rating and score <= rating))
            star.setEnabled(not rating)
            star.style().polish(star)
        self._text.setVisible(talking)
        # Whatever is said to a closed one brings it back: by the button that says so.
        self._send.setVisible(talking and row.status != "closed")
        self._attach.setVisible(talking)
        self._attachments.setVisible(talking and bool(self._attachments.all))
        self._not_solved.setVisible(own and row.status in _SOLVED)
        self._correct.setVisible(row.rejected is not None)
        self._forget.setVisible(row.rejected is not None)
        note = ""
        if row.rejected:
            note = refused_words(row.rejected)
        elif own and row.status in _OVER:
            note = _("This ticket is finished. If something is wrong again, report it anew.")
        self._note.setText(note)

    def _say_of_file(self, words: str) -> None:
        self._note.setText(words)

    def _say_trouble(self, words: str) -> None:
        show_text(self._message, words)

    def _reply(self) -> None:
        if self._row and self._send.isVisible():
            self._write(new_reply, with_files=True)

    def _reopen(self) -> None:
        if self._row:
            self._write(new_reopening, _("Please write what is still wrong."), with_files=True)

    def _write(self, make: Callable[[UUID, str], Parcel], ask: str = "", *, with_files: bool = False) -> None:
        text = clean(self._text.toPlainText()).strip()
        attached = self._attachments.all if with_files else []
        if not (text or attached) or len(text) > _LONGEST_REPLY:
            too_long = _("The text is too long: at most 20,000 characters.")
            show_text(self._message, too_long if text else ask)
            self._text.setFocus()
            return
        assert self._row is not None  # noqa: S101 - the buttons are hidden without a ticket
        self._keep(make(UUID(self._row.id), text), attached, clear=True)

    def _rate(self, score: int) -> None:
        if self._row:
            self._keep(new_rating(UUID(self._row.id), score), [], clear=False)

    def _keep(self, parcel: Parcel, attached: list[Enclosure], *, clear: bool) -> None:
        """The words leave the field only when they are on disk."""
        show_text(self._message, "")
        written = self._text.toPlainText()

        def kept(_nothing: object) -> None:
            if clear and self._text.toPlainText() == written:
                self._text.clear()
            if attached and self._attachments.all == attached:
                self._attachments.put([])
            self.changed.emit()

        errands.send(
            self,
            lambda: self._office.keep(parcel, attached),
            kept,
            lambda trouble: show_text(self._message, failure(trouble)),
        )

    def _take_back(self, refused: Rejected) -> None:
        """A refused reply goes back into the field, with its files."""
        with contextlib.suppress(OSError):
            again = [enclosure_of(one.name, one.path.read_bytes()) for one in refused.parcel.enclosures]
            self._attachments.put([*self._attachments.all, *again])
        before = self._text.toPlainText().strip()
        self._text.setPlainText("\n".join(part for part in (before, refused.parcel.text) if part))
        self._text.setFocus()
        self._drop(refused.parcel)

    def _drop(self, parcel: Parcel) -> None:
        self._office.spool.discard(parcel)
        self.changed.emit()

    def _ask_correction(self) -> None:
        if self._row and self._row.rejected:
            self.correction_wanted.emit(self._row.rejected)

    def _discard(self) -> None:
        if self._row and self._row.rejected:
            self._drop(self._row.rejected.parcel)
