"""The conversation of one ticket: what was written by whom, oldest first, and what waits to be sent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from bureaucrat.failures import Json
from bureaucrat.moments import moment, parse_moment
from bureaucrat.parcel import Parcel
from bureaucrat.parts import button, label
from bureaucrat.spool import Rejected
from bureaucrat.translation import _
from bureaucrat.wording import megabytes, refused_words, status_name
from bureaucrat.words import LineButton, Words

_WIDEST = 560


class Conversation(QScrollArea):
    file_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("conversation")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._rows = QVBoxLayout()
        # At the bottom one stays at the bottom, however much comes; elsewhere nothing moves.
        self._at_bottom = True
        self._place = 0
        bar = self.verticalScrollBar()
        bar.rangeChanged.connect(self._range_changed)
        bar.actionTriggered.connect(lambda _action: self._note_place())

    def begin(self) -> None:
        """An empty sheet; the pieces are added in the order they are read."""
        sheet = QWidget()
        self._rows = QVBoxLayout(sheet)
        self._rows.setContentsMargins(20, 16, 20, 16)
        self._rows.setSpacing(10)
        self._sheet = sheet

    def end(self, *, to_bottom: bool) -> None:
        self._rows.addStretch(1)
        bar = self.verticalScrollBar()
        self._at_bottom = to_bottom or bar.value() >= bar.maximum()
        self._place = bar.value()
        self.setWidget(self._sheet)
        self._range_changed(0, bar.maximum())

    def _range_changed(self, _lowest: int, highest: int) -> None:
        self.verticalScrollBar().setValue(highest if self._at_bottom else self._place)

    def _note_place(self) -> None:
        bar = self.verticalScrollBar()
        self._place = bar.sliderPosition()
        self._at_bottom = self._place >= bar.maximum()

    def add_request(self, submission: Json) -> None:
        """The submission itself, as the employee's first words."""
        words = str(submission.get("description") or "") or str(submission.get("title") or "")
        person = submission.get("person") or {}
        when = parse_moment(submission.get("received_at"))
        bubble = self._bubble("own", str(person.get("full_name", "")), when, words)
        self._add_files(bubble, submission)

    def add_entry(self, entry: Json, own_id: str) -> None:
        author = entry.get("author") or {}
        when = parse_moment(entry.get("at"))
        text = str(entry.get("text") or "")
        name = str(author.get("full_name", ""))
        match entry.get("kind"):
            case "status":
                self._remark(
                    _("Status: {status}").format(status=status_name(entry.get("status"))), name, when
                )
                self._add_words("theirs", name, when, entry)
            case "rating":
                self._remark(_("You have rated the work."), "", when)
            case "reopening":
                self._remark(_("Not solved: the ticket is open again."), name, when)
                self._add_words("own", name, when, entry)
            case _:
                own = author.get("kind") == "person" and (not own_id or str(author.get("id")) == own_id)
                self._add_files(self._bubble("own" if own else "theirs", name, when, text), entry)

    def _add_words(self, role: str, name: str, when: datetime | None, entry: Json) -> None:
        """What was said beside a remark, where anything was."""
        text = str(entry.get("text") or "")
        if text or entry.get("files"):
            self._add_files(self._bubble(role, name, when, text), entry)

    def add_waiting(self, parcel: Parcel) -> None:
        words = parcel.text
        if parcel.kind == "rating":
            words = _("Rating: {score}").format(score="★" * int(parcel.fields.get("score", 0)))
        names = ", ".join(one.name for one in parcel.enclosures)
        note = _("Saved, will be sent when there is a connection.")
        if names and not parcel.opens_ticket:
            note = _("Files: {names}").format(names=names) + "\n" + note
        self._bubble("own", _("You"), parcel.created_at.astimezone(), words, note)

    def add_refused(
        self, refused: Rejected, on_correct: Callable[[], None], on_discard: Callable[[], None]
    ) -> None:
        parcel = refused.parcel
        bubble = self._bubble(
            "refused",
            _("Not accepted"),
            parcel.created_at.astimezone(),
            parcel.text,
            refused_words(refused),
        )
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button(_("Forget it"), "discard_reply", on_discard, "quiet"))
        if parcel.kind != "rating":
            row.addWidget(button(_("Correct"), "correct_reply", on_correct))
        bubble.addLayout(row)

    def _bubble(
        self, role: str, author: str, when: datetime | None, text: str, note: str = ""
    ) -> QVBoxLayout:
        frame = QFrame()
        frame.setProperty("role", role)
        frame.setMaximumWidth(_WIDEST)
        frame.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(14, 9, 14, 10)
        inside.setSpacing(4)
        head = " · ".join(part for part in (author, moment(when) if when else "") if part)
        inside.addWidget(label(head, "muted"))
        if text:
            inside.addWidget(Words(text))
        if note:
            inside.addWidget(label(note, "muted", wrap=True))
        row = QHBoxLayout()
        if role == "theirs":
            row.addWidget(frame, 5)
            row.addStretch(1)
        else:
            row.addStretch(1)
            row.addWidget(frame, 5)
        self._rows.addLayout(row)
        return inside

    def _add_files(self, bubble: QVBoxLayout, said: Json) -> None:
        """Each opens or is saved by a click."""
        for file in said.get("files") or []:
            name = f"{file.get('name', '')} · {megabytes(int(file.get('size') or 0))}"
            bubble.addWidget(LineButton(name, "file", partial(self.file_wanted.emit, file)))

    def _remark(self, text: str, author: str, when: datetime | None) -> None:
        words = " · ".join(part for part in (text, author, moment(when) if when else "") if part)
        remark = label(words, "muted", wrap=True)
        remark.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._rows.addWidget(remark)
