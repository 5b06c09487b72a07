"""The bridge from the office's threads to the windows: each call becomes a signal in the windows' thread."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from bureaucrat.failures import Json
from bureaucrat.my_tickets import News
from bureaucrat.parcel import Parcel


class Bridge(QObject):
    """An OfficeListener whose words are Qt signals."""

    sent = Signal(object, object)
    rejected = Signal(object, object)
    delayed = Signal(object, str)
    tickets = Signal()
    news = Signal(object)
    link = Signal(bool)
    device = Signal()
    revoked = Signal()

    def parcel_sent(self, parcel: Parcel, submission: Json) -> None:
        self.sent.emit(parcel, submission)

    def parcel_rejected(self, parcel: Parcel, problem: Json) -> None:
        self.rejected.emit(parcel, problem)

    def parcel_delayed(self, parcel: Parcel, reason: str) -> None:
        self.delayed.emit(parcel, reason)

    def tickets_changed(self) -> None:
        self.tickets.emit()

    def news_came(self, news: News) -> None:
        self.news.emit(news)

    def link_changed(self, online: bool) -> None:
        self.link.emit(online)

    def device_changed(self) -> None:
        self.device.emit()

    def device_revoked(self) -> None:
        self.revoked.emit()
