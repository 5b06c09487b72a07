"""The tray icon where there is a tray, and notifications by whatever the desktop offers."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QSystemTrayIcon, QWidget

from bureaucrat import theme
from bureaucrat.my_tickets import News
from bureaucrat.toast import Toasts
from bureaucrat.translation import _
from bureaucrat.wording import status_name

_LONGEST_TEXT = 300


class Tray(QObject):
    report_wanted = Signal()
    tickets_wanted = Signal()
    preferences_wanted = Signal()
    quit_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._toasts = Toasts()
        self._on_click: Callable[[], None] | None = None
        self._icon = QSystemTrayIcon(theme.icon(), self)
        self._icon.activated.connect(self._activated)
        self._icon.messageClicked.connect(self._message_clicked)
        self._menu = QMenu()
        self.name_things()
        if self.available:
            self._icon.setContextMenu(self._menu)
            self._icon.show()

    @property
    def available(self) -> bool:
        return QSystemTrayIcon.isSystemTrayAvailable()

    def name_things(self) -> None:
        """In the language of the moment."""
        self._icon.setToolTip(_("Bureaucrat: report a problem"))
        self._menu.clear()
        self._menu.addAction(_("Report a problem"), self.report_wanted.emit)
        self._menu.addAction(_("My tickets"), self.tickets_wanted.emit)
        self._menu.addAction(_("Settings…"), self.preferences_wanted.emit)
        self._menu.addSeparator()
        self._menu.addAction(_("Quit"), self.quit_wanted.emit)

    def notify(self, title: str, text: str, on_click: Callable[[], None]) -> None:
        short = text if len(text) <= _LONGEST_TEXT else text[:_LONGEST_TEXT].rstrip() + "…"
        if self.available and QSystemTrayIcon.supportsMessages():
            self._on_click = on_click
            self._icon.showMessage(title, short, theme.icon())
        else:
            self._toasts.show(title, short, on_click)

    @property
    def covering(self) -> Sequence[QWidget]:
        """What we ourselves show on the screen; the desktop's own notifications are not ours to hide."""
        return self._toasts.visible

    def hide(self) -> None:
        self._icon.hide()
        self._toasts.clear()

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason == QSystemTrayIcon.ActivationReason.Trigger:
            self.report_wanted.emit()

    def _message_clicked(self) -> None:
        if self._on_click:
            self._on_click()


def news_words(news: News) -> tuple[str, str]:
    """A notification's title and text."""
    number = _("No. {number}").format(number=news.number) if news.number is not None else ""
    title = " ".join(part for part in (number, news.title) if part)
    if news.kind == "answer":
        return title, f"{news.author}: {news.text}" if news.author else news.text
    words = _("Status: {status}").format(status=status_name(news.status))
    return title, f"{words}\n{news.text}" if news.text else words
