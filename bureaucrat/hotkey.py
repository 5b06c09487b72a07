"""The global hotkey: a combination that opens the window over any program, where the desktop allows it."""

from __future__ import annotations

import contextlib
import logging
import os
import sys
from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from bureaucrat import errands

_log = logging.getLogger(__name__)
# Function keys say the same in every keyboard layout; letters do not.
COMBINATIONS = ("Ctrl+Shift+F1", "Ctrl+Shift+F9", "Ctrl+Shift+F12")


def can_be_heard() -> bool:
    """Wayland tells a program of no key that is pressed in another's window."""
    if sys.platform != "linux":
        return True
    is_wayland = os.environ.get("XDG_SESSION_TYPE") == "wayland" or "WAYLAND_DISPLAY" in os.environ
    return not is_wayland and QGuiApplication.platformName() == "xcb"


class Listener(Protocol):
    def start(self) -> None: ...
    def wait(self) -> None: ...
    def stop(self) -> None: ...


class Hotkey(QObject):
    """Nobody depends on it: where it cannot be heard, nothing else is different."""

    pressed = Signal()
    heard = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self._wanted = ""
        self._listener: Listener | None = None

    def listen_for(self, combination: str) -> None:
        """From now on this one, or none; begins in a thread, as its library loads slowly."""
        if combination == self._wanted:
            return
        self.stop()
        self._wanted = combination if combination in COMBINATIONS and can_be_heard() else ""
        if wanted := self._wanted:
            errands.send(self, lambda: _begin(wanted, self.pressed.emit), self._begun)

    def stop(self) -> None:
        self._wanted = ""
        if self._listener is not None:
            self._listener.stop()
            self._listener = None

    @property
    def is_heard(self) -> bool:
        return self._listener is not None

    def _begun(self, begun: tuple[str, Listener | None]) -> None:
        combination, listener = begun
        if combination != self._wanted or self._listener is not None:
            if listener is not None:
                listener.stop()
            return
        self._listener = listener
        self.heard.emit(self.is_heard)


def _begin(combination: str, on_pressed: Callable[[], None]) -> tuple[str, Listener | None]:
    """No listener where there is no such keyboard, or the system forbids it."""
    try:
        from pynput.keyboard import GlobalHotKeys

        class Keys(GlobalHotKeys):  # type: ignore[misc]
            def run(self) -> None:
                # At a log-out the screen goes before its listeners: no error of anybody's.
                with contextlib.suppress(Exception):
                    super().run()

        listener: Listener = Keys({_as_pynput(combination): on_pressed}, daemon=True)
        listener.start()
        listener.wait()
    except Exception:
        _log.warning("the hotkey cannot be heard", exc_info=True)
        return combination, None
    return combination, listener


def _as_pynput(combination: str) -> str:
    return "+".join(f"<{key.lower()}>" for key in combination.split("+"))
