"""The place beside what one writes where advice appears: always there, so that nothing moves for it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from bureaucrat import errands
from bureaucrat.advice import Advice, Article, Colleague
from bureaucrat.moments import ago
from bureaucrat.parts import button, label
from bureaucrat.translation import _
from bureaucrat.words import LineButton, OneLine

PAUSE = 450
_SHORTEST = 4


class AdvicePanel(QScrollArea):
    """Asks when the typing rests, one question at a time; is silent where there is no answer."""

    join_wanted = Signal(object)
    article_wanted = Signal(object)

    def __init__(self, ask: Callable[[str, str], Advice]) -> None:
        super().__init__()
        self.setObjectName("advice")
        self.setProperty("role", "advice")
        self.setAccessibleName(_("What is known already"))
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._ask = ask
        self._typed = ("", "")
        self._asked: tuple[str, str] | None = None
        self.is_asking = False
        self._shown = Advice()
        self._waiting: Advice | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self._send)
        QApplication.instance().focusChanged.connect(self._left)  # type: ignore[union-attr]
        self._fill(Advice())

    def typed(self, title: str, text: str) -> None:
        self._typed = (" ".join(title.split()), text[:5_000])
        self._timer.start()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._left()

    def _left(self, *_what: object) -> None:
        """Not at once: what is just being left must outlive its own leaving."""
        QTimer.singleShot(0, self, self._catch_up)

    @property
    def _is_touched(self) -> bool:
        """Under the mouse, or reached by the keyboard: then nothing in it may change."""
        if self._shown == Advice():
            return False
        focus: QObject | None = QApplication.focusWidget()
        inside = focus is not None and focus is not self and self.isAncestorOf(focus)  # type: ignore[arg-type]
        return self.underMouse() or inside

    def _send(self) -> None:
        title, text = asked = self._typed
        if len(title) < _SHORTEST:
            self._asked = None
            self._show(Advice())
        elif not self.is_asking and asked != self._asked:
            self.is_asking, self._asked = True, asked
            errands.send(self, lambda: self._ask(title, text), self._answered, self._unanswered)

    def _answered(self, advice: Advice) -> None:
        self.is_asking = False
        if self._asked is not None:
            self._show(advice)
        self._send()

    def _unanswered(self, _trouble: Exception) -> None:
        """Nothing is said of it: whoever types on asks again."""
        self.is_asking = False

    def _show(self, advice: Advice) -> None:
        self._waiting = advice
        self._catch_up()

    def _catch_up(self) -> None:
        if self._waiting is None or self._is_touched:
            return
        advice, self._waiting = self._waiting, None
        if advice != self._shown:
            self._shown = advice
            self._fill(advice)

    def _fill(self, advice: Advice) -> None:
        sheet = QWidget()
        rows = QVBoxLayout(sheet)
        rows.setContentsMargins(12, 8, 8, 6)
        rows.setSpacing(2)
        if advice.colleagues:
            rows.addWidget(label(_("Colleagues have reported already:"), "muted", wrap=True))
        for colleague in advice.colleagues:
            rows.addWidget(self._colleague_row(colleague))
        if advice.articles:
            rows.addWidget(label(_("This may help at once:"), "muted", wrap=True))
        for article in advice.articles:
            rows.addWidget(self._article_row(article))
        if advice == Advice():
            words = _("While you write, like tickets of colleagues and articles that may help appear here.")
            rows.addWidget(label(words, "muted", "advice_hint", wrap=True))
        rows.addStretch(1)
        self.setWidget(sheet)

    def _colleague_row(self, colleague: Colleague) -> QWidget:
        row = QFrame()
        inside = QVBoxLayout(row)
        inside.setContentsMargins(0, 0, 0, 3)
        inside.setSpacing(0)
        inside.addWidget(OneLine(colleague.title, "strong"))
        below = QHBoxLayout()
        number = _("No. {number}").format(number=colleague.number)
        when = ago(colleague.when) if colleague.when else ""
        below.addWidget(OneLine(" · ".join(part for part in (number, when) if part), "muted"), 1)
        join = button(_("I have the same"), "join", partial(self.join_wanted.emit, colleague), "small")
        join.setToolTip(_("Join this ticket instead of writing one more: you will get its answers."))
        join.setAccessibleName(f"{join.text()}: {number} {colleague.title}")
        below.addWidget(join)
        inside.addLayout(below)
        return row

    def _article_row(self, article: Article) -> QWidget:
        return LineButton(
            article.title, "article", partial(self.article_wanted.emit, article), tip=article.extract
        )
