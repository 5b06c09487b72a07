"""Words that somebody wrote: plain, and never wider than their place; whole, or cut to one line."""

from __future__ import annotations

import html
from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent, QTextOption
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QTextEdit


class Words(QTextEdit):
    """A label cannot break an address of 200 letters; this can, and copies it whole."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.setProperty("role", "words")
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.document().setDocumentMargin(0)
        self.setPlainText(text)

    def sizeHint(self) -> QSize:
        # Only a width to wish for; the height follows from the one that is given.
        return QSize(400, 20)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setFixedHeight(int(self.document().size().height()) + 2)


class OneLine(QLabel):
    """Cut where its place ends; the whole of it under the mouse."""

    def __init__(self, text: str, role: str = "") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self._whole = " ".join(text.split())
        self.setAccessibleName(self._whole)
        self.setText(self._whole)

    def minimumSizeHint(self) -> QSize:
        return QSize(20, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        shown = _cut(self, self._whole, self.contentsRect().width())
        self.setText(shown)
        self.setToolTip("" if shown == self._whole else _plain_tip(self._whole))


class LineButton(QPushButton):
    """A link of one line, cut where its place ends; `tip` says more of where it leads."""

    def __init__(self, text: str, name: str, on_click: Callable[[], object], *, tip: str = "") -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("role", "link")
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._whole = " ".join(text.split())
        self._tip = tip
        self.setAccessibleName(self._whole)
        self.clicked.connect(lambda _checked=False: on_click())

    def sizeHint(self) -> QSize:
        return QSize(100, self.fontMetrics().height() + 6)

    def minimumSizeHint(self) -> QSize:
        return QSize(20, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        shown = _cut(self, self._whole, self.width() - 6)
        # A single & would underline the letter after it.
        self.setText(shown.replace("&", "&&"))
        more = [self._whole] if shown != self._whole else []
        self.setToolTip(_plain_tip("\n".join([*more, self._tip])) if more or self._tip else "")


def _cut(widget: QLabel | QPushButton, text: str, width: int) -> str:
    return widget.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, width)


def _plain_tip(text: str) -> str:
    """A tooltip guesses whether it is markup: this one never is."""
    lines = html.escape(text).replace("\n", "<br>")
    return f"<qt>{lines}</qt>"
