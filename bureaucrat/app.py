"""The program: wires windows, tray and office, and takes the screenshot before anything covers the screen."""

from __future__ import annotations

import contextlib
import signal
import socket
from collections.abc import Callable, Iterator

import shiboken6
from PySide6.QtCore import QObject, QSocketNotifier, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from bureaucrat import theme, translation
from bureaucrat.bridge import Bridge
from bureaucrat.enrolment_window import EnrolmentWindow
from bureaucrat.failures import Json
from bureaucrat.hotkey import Hotkey
from bureaucrat.my_tickets import News
from bureaucrat.office import Office
from bureaucrat.parcel import Parcel
from bureaucrat.preferences_window import PreferencesWindow
from bureaucrat.screenshot import Shot, grab_monitors, shot_from_file
from bureaucrat.settings import Settings
from bureaucrat.spool import Rejected
from bureaucrat.submit_window import SubmitWindow
from bureaucrat.tickets_window import TicketsWindow
from bureaucrat.translation import _
from bureaucrat.tray import Tray, news_words
from bureaucrat.wording import refused_words

# Long enough for the desktop to repaint where a window or menu of ours was.
_REPAINT = 180


class Bureaucrat(QObject):
    def __init__(self, settings: Settings) -> None:
        super().__init__()
        translation.speak(settings.language)
        self._settings = settings
        self._bridge = Bridge()
        self.office = Office(settings, self._bridge)
        self._tray = Tray()
        self._hotkey = Hotkey()
        self._preferences: PreferencesWindow | None = None
        self._enrolment: EnrolmentWindow | None = None
        self._submit: SubmitWindow | None = None
        self._tickets: TicketsWindow | None = None
        self._submit_after_enrolment = False
        self._taking_pictures = False
        self._connect()

    def open(self, *, word: str) -> None:
        """Show what was asked for first; what loads slowly comes after."""
        self.answer(word)
        QTimer.singleShot(0, self, self._open_the_rest)

    def _open_the_rest(self) -> None:
        self.office.open()
        self._hotkey.listen_for(self._settings.hotkey)

    def close(self) -> None:
        self._hotkey.stop()
        for window in (self._enrolment, self._submit, self._tickets, self._preferences):
            if window:
                window.close()
        self._tray.hide()
        self.office.close()

    def answer(self, word: str) -> None:
        """A word from the command line or from a second start."""
        if word == "submit":
            self.report()
        elif word == "tickets":
            self.show_tickets()

    def report(self) -> None:
        """The click: pictures first, then the window."""
        if not self.office.enrolled:
            self._submit_after_enrolment = True
            self.show_enrolment()
        elif self._submit:
            _raise(self._submit)
        else:
            self._with_bare_screen(self._open_submit)

    def show_tickets(self) -> None:
        if not self.office.enrolled and self.office.device is None:
            self.show_enrolment()
            return
        if self._tickets is None:
            self._tickets = TicketsWindow(self.office)
            self._tickets.report_wanted.connect(self.report)
            self._tickets.correction_wanted.connect(self._correct)
            self._tickets.preferences_wanted.connect(self.show_preferences)
            self._tickets.quit_wanted.connect(QApplication.quit)
        _raise(self._tickets)

    def show_preferences(self) -> None:
        if self._preferences is None:
            self._preferences = PreferencesWindow(self._settings)
            self._preferences.hotkey_chosen.connect(self._choose_hotkey)
            self._preferences.language_chosen.connect(self._speak)
        _raise(self._preferences)

    def show_enrolment(self) -> None:
        if self._enrolment is None:
            self._enrolment = EnrolmentWindow(self.office)
            self._enrolment.enrolled.connect(self._enrolled)
            self._enrolment.closed.connect(self._enrolment_closed)
        _raise(self._enrolment)

    def _connect(self) -> None:
        self._tray.report_wanted.connect(lambda: QTimer.singleShot(_REPAINT, self, self.report))
        self._tray.tickets_wanted.connect(self.show_tickets)
        self._tray.preferences_wanted.connect(self.show_preferences)
        self._hotkey.pressed.connect(self.report)
        self._hotkey.heard.connect(self._hotkey_heard)
        self._tray.quit_wanted.connect(QApplication.quit)
        self._bridge.sent.connect(self._sent)
        self._bridge.rejected.connect(self._rejected)
        self._bridge.delayed.connect(self._delayed)
        self._bridge.tickets.connect(self._refresh)
        self._bridge.link.connect(self._refresh)
        self._bridge.device.connect(self._refresh)
        self._bridge.news.connect(self._tell)
        self._bridge.revoked.connect(self._revoked)

    def _with_bare_screen(self, then: Callable[[list[Shot]], None]) -> None:
        """Take the pictures without our own windows in them, at once when none is shown."""
        if not self.office.screenshots_allowed:
            then([])
            return
        if self._taking_pictures:
            # A second click while our windows are out of the way for the first.
            return
        windows = (self._tickets, self._submit, self._enrolment, self._preferences)
        covering = [*(w for w in windows if w and w.isVisible()), *self._tray.covering]
        if not covering:
            then(grab_monitors())
            return
        self._taking_pictures = True
        for window in covering:
            window.hide()

        def grab() -> None:
            self._taking_pictures = False
            shots = grab_monitors()
            for window in covering:
                # A notification's time may have run out meanwhile.
                if shiboken6.isValid(window):
                    window.show()
            then(shots)

        QTimer.singleShot(_REPAINT, self, grab)

    def _open_submit(self, shots: list[Shot]) -> None:
        self._submit = SubmitWindow(self.office, shots)
        self._submit.retake.connect(self._retake)
        self._submit.tickets_wanted.connect(self.show_tickets)
        self._submit.closed.connect(self._submit_closed)
        _raise(self._submit)

    def _retake(self) -> None:
        window = self._submit
        if window:
            self._with_bare_screen(lambda shots: window.show_shots(shots))

    def _correct(self, rejected: Rejected) -> None:
        if self._submit:
            self._submit.close()
        pictures = (shot_from_file(e.path, e.name) for e in rejected.parcel.enclosures)
        self._open_submit([picture for picture in pictures if picture])
        if self._submit:
            self._submit.correct(rejected)

    def _submit_closed(self) -> None:
        if self._submit:
            self._submit.deleteLater()
            self._submit = None

    def _enrolment_closed(self) -> None:
        if self._enrolment:
            self._enrolment.deleteLater()
            self._enrolment = None

    def _enrolled(self) -> None:
        if self._submit_after_enrolment:
            self._submit_after_enrolment = False
            QTimer.singleShot(_REPAINT, self, self.report)
        else:
            self.show_tickets()

    def _sent(self, parcel: Parcel, submission: Json) -> None:
        if self._submit:
            self._submit.sent(parcel, submission)
        self._refresh()

    def _delayed(self, parcel: Parcel, _reason: str) -> None:
        if self._submit:
            self._submit.delayed(parcel)
        self._refresh()

    def _rejected(self, parcel: Parcel, problem: Json) -> None:
        rejected = Rejected(parcel, problem)
        if self._submit:
            self._submit.rejected(rejected)
        self._refresh()
        if not (self._submit and self._submit.isActiveWindow()):
            title = _("Not accepted: {title}").format(title=parcel.text)
            about = str(parcel.submission_id)
            self._tray.notify(title, refused_words(rejected), lambda: self._open_ticket(about))

    def _revoked(self) -> None:
        if self._submit:
            self._submit.revoked()
        self._refresh()
        words = _("This installation was switched off by your support. What you have written is kept.")
        self._tray.notify(_("Enrol again"), words, self.show_enrolment)

    def _refresh(self, _anything: object = None) -> None:
        if self._submit:
            self._submit.look()
        if self._tickets:
            self._tickets.refresh()

    def _tell(self, news: News) -> None:
        title, text = news_words(news)
        self._tray.notify(title, text, lambda: self._open_ticket(news.submission_id))

    def _open_ticket(self, submission_id: str) -> None:
        self.show_tickets()
        if self._tickets:
            self._tickets.open_ticket(submission_id)

    def _choose_hotkey(self, combination: str) -> None:
        self._settings = self._settings.choose_hotkey(combination)
        self._hotkey.listen_for(combination)

    def _hotkey_heard(self, heard: bool) -> None:
        if self._preferences and not heard:
            self._preferences.hotkey_failed()

    def _speak(self, language: str) -> None:
        """The windows are built anew in the language chosen."""
        self._settings = self._settings.choose_language(language)
        translation.speak(language)
        self._tray.name_things()
        if self._tickets:
            is_shown = self._tickets.isVisible()
            self._tickets.close()
            self._tickets.deleteLater()
            self._tickets = None
            if is_shown:
                self.show_tickets()
        if self._preferences:
            self._preferences.close()
            self._preferences.deleteLater()
            self._preferences = None
            self.show_preferences()


def _raise(window: QWidget) -> None:
    """In front of everybody, also where it was minimised."""
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()


def new_application() -> QApplication:
    application = QApplication(["bureaucrat"])
    application.setApplicationName("bureaucrat")
    application.setDesktopFileName("helpdesk-bureaucrat")
    application.setWindowIcon(theme.icon())
    application.setQuitOnLastWindowClosed(False)
    theme.dress(application)
    return application


@contextlib.contextmanager
def quitting_on_signals(application: QApplication) -> Iterator[None]:
    """SIGTERM and Ctrl-C end the program in order; Python hears them only when Qt wakes it."""
    inside, outside = socket.socketpair()
    outside.setblocking(False)
    with inside, outside:
        before = signal.set_wakeup_fd(outside.fileno())
        notifier = QSocketNotifier(inside.fileno(), QSocketNotifier.Type.Read)
        notifier.activated.connect(lambda *_socket: inside.recv(1))
        for one in (signal.SIGINT, signal.SIGTERM):
            signal.signal(one, lambda *_signal: application.quit())
        yield
        notifier.setEnabled(False)
        signal.set_wakeup_fd(before)
