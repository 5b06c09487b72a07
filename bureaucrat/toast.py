"""Toasts: small messages in the corner, for desktops that have no notifications of their own."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from bureaucrat.parts import button, label

_WIDTH = 360
_SHOWN = 12_000
_GAP = 12


class Toast(QWidget):
    """Never takes the keyboard away from what one is typing."""

    def __init__(
        self, title: str, text: str, on_click: Callable[[], None], on_gone: Callable[[], None]
    ) -> None:
        flags = Qt.WindowType.Tool | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint
        super().__init__(None, flags | Qt.WindowType.WindowDoesNotAcceptFocus)
        self.setObjectName("toast")
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._on_click, self._on_gone = on_click, on_gone
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        frame = QFrame()
        frame.setProperty("role", "toast")
        outer.addWidget(frame)
        row = QHBoxLayout(frame)
        row.setContentsMargins(16, 12, 8, 12)
        words = QVBoxLayout()
        words.setSpacing(3)
        words.addWidget(label(title, "heading", "toast_title", wrap=True))
        words.addWidget(label(text, "", "toast_text", wrap=True))
        row.addLayout(words, 1)
        row.addWidget(button("×", "toast_close", self.leave, "quiet"), 0, Qt.AlignmentFlag.AlignTop)
        self.setFixedWidth(_WIDTH)
        QTimer.singleShot(_SHOWN, self, self.leave)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._on_click()
        self.leave()

    def leave(self) -> None:
        self._on_gone()
        self.close()


class Toasts:
    """Stacks them upwards from the corner."""

    def __init__(self) -> None:
        self._shown: list[Toast] = []

    def show(self, title: str, text: str, on_click: Callable[[], None]) -> None:
        toast = Toast(title, text, on_click, lambda: self._gone(toast))
        self._shown.append(toast)
        toast.adjustSize()
        self._arrange()
        toast.show()

    @property
    def visible(self) -> list[Toast]:
        return [toast for toast in self._shown if toast.isVisible()]

    def clear(self) -> None:
        for toast in list(self._shown):
            toast.leave()

    def _gone(self, toast: Toast) -> None:
        if toast in self._shown:
            self._shown.remove(toast)
            self._arrange()

    def _arrange(self) -> None:
        room = QGuiApplication.primaryScreen().availableGeometry()
        bottom = room.bottom() - _GAP
        for toast in self._shown:
            toast.move(room.right() - _WIDTH - _GAP, bottom - toast.height())
            bottom -= toast.height() + _GAP
