"""The parts windows are made of: labels, buttons and lines in their roles."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QWidget


def label(text: str = "", role: str = "", name: str = "", *, wrap: bool = False) -> QLabel:
    """Always plain text: what a server or a person wrote is never taken for markup."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("role", role)
    made.setObjectName(name)
    made.setWordWrap(wrap)
    return made


def button(text: str, name: str, on_click: Callable[[], object], role: str = "") -> QPushButton:
    made = QPushButton(text)
    made.setObjectName(name)
    made.setProperty("role", role)
    made.setAutoDefault(False)
    made.clicked.connect(lambda _checked=False: on_click())
    return made


def line() -> QFrame:
    made = QFrame()
    made.setProperty("role", "line")
    return made


def set_role(widget: QWidget, role: str) -> None:
    """Change the role of a widget that is already dressed."""
    widget.setProperty("role", role)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def show_text(target: QLabel, text: str) -> None:
    """A message line: there when it has something to say."""
    target.setText(text)
    target.setVisible(bool(text))
