"""«Мои заявки»: the list at the left, the ticket at the right, a way to report at the top."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMenu,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from bureaucrat import VERSION
from bureaucrat.office import Office
from bureaucrat.parts import button, label, show_text
from bureaucrat.ticket_list import TicketList
from bureaucrat.ticket_rows import ticket_rows
from bureaucrat.ticket_view import TicketView
from bureaucrat.translation import _


class TicketsWindow(QWidget):
    report_wanted = Signal()
    enrol_wanted = Signal()
    correction_wanted = Signal(object)
    preferences_wanted = Signal()
    quit_wanted = Signal()
    closed = Signal()

    def __init__(self, office: Office) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setObjectName("tickets")
        self.setWindowTitle(_("Bureaucrat: my tickets"))
        self.resize(960, 640)
        self._office = office
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._bar())
        self._notice = label("", "notice", "notice", wrap=True)
        self._notice.setContentsMargins(12, 0, 12, 0)
        layout.addWidget(self._notice)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._empty_page())
        self._pages.addWidget(self._list_page())
        layout.addWidget(self._pages, 1)
        self.refresh()
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        (self._list if self._list.picked_id() else self).setFocus()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closed.emit()
        super().closeEvent(event)

    def open_ticket(self, submission_id: str) -> None:
        self._list.pick(submission_id)
        self._list.doItemsLayout()
        self._list.scrollTo(self._list.currentIndex())

    def refresh(self) -> None:
        """Show what the office knows now, without moving what is read or typed."""
        rows = ticket_rows(self._office)
        self._list.show_rows(rows)
        self._pages.setCurrentIndex(1 if rows else 0)
        if rows and not self._list.picked_id():
            self._list.pick(rows[0].id)
        elif picked := self._list.picked_id():
            self._show(picked)
        show_text(self._notice, self._notice_words())

    def _bar(self) -> QWidget:
        bar = QFrame()
        bar.setProperty("role", "bar")
        row = QHBoxLayout(bar)
        row.setContentsMargins(20, 12, 14, 12)
        row.addWidget(label(_("My tickets"), "title"))
        row.addStretch(1)
        row.addWidget(button(_("Report a problem"), "report", self.report_wanted.emit, "primary"))
        more = QToolButton()
        more.setObjectName("more")
        more.setText("⋯")
        more.setAccessibleName(_("More"))
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        more.setMenu(self._menu())
        row.addWidget(more)
        return bar

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        device = self._office.device
        about = [f"{device.person}, {device.company}" if device else _("Not enrolled")]
        about += [self._office.settings.server, _("Version {version}").format(version=VERSION)]
        for words in about:
            menu.addAction(words).setEnabled(False)
        menu.addSeparator()
        menu.addAction(_("Settings…"), self.preferences_wanted.emit)
        menu.addAction(_("Quit"), self.quit_wanted.emit)
        return menu

    def _empty_page(self) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.addStretch(2)
        for words, role in (
            (_("No tickets yet"), "title"),
            (
                _("When something does not work, press the button: the screenshot is taken by itself."),
                "muted",
            ),
        ):
            one = label(words, role, wrap=True)
            one.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            layout.addWidget(one)
        layout.addStretch(3)
        return page

    def _list_page(self) -> QWidget:
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        self._list = TicketList()
        self._list.setMinimumWidth(240)
        self._list.picked.connect(self._show)
        self._view = TicketView(self._office)
        self._view.setMinimumWidth(360)
        self._view.changed.connect(self.refresh)
        self._view.correction_wanted.connect(self.correction_wanted)
        splitter.addWidget(self._list)
        splitter.addWidget(self._view)
        splitter.setSizes([340, 620])
        splitter.setStretchFactor(1, 1)
        return splitter

    def _show(self, ticket_id: str) -> None:
        for row in self._list.rows.rows:
            if row.id == ticket_id:
                self._view.show_ticket(row)

    def _notice_words(self) -> str:
        if self._office.revoked_device:
            return _("This installation was switched off by your support. Report a problem to enrol again.")
        if self._office.device and not self._office.online:
            return _("No connection to the server. What you write is kept and sent later.")
        if self._office.device and not self._office.device.confirmed:
            return _("Your support has still to confirm who you are. Tickets are accepted already.")
        return ""
