"""Errands: what waits for network or disk runs in a thread, its result comes back to the window."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from bureaucrat.wording import EXPECTED

_log = logging.getLogger(__name__)
_under_way: set[_Errand] = set()


class _Errand(QObject):
    """Lives in the window's thread until its result is there, even if the window does not."""

    _ended = Signal(object, object)

    def __init__(
        self,
        owner: QObject,
        on_done: Callable[[Any], None] | None,
        on_failed: Callable[[Exception], None] | None,
    ) -> None:
        super().__init__()
        self._owner, self._on_done, self._on_failed = owner, on_done, on_failed
        self._ended.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(self, work: Callable[[], Any]) -> None:
        try:
            result = work()
        except Exception as trouble:
            if not isinstance(trouble, EXPECTED):
                _log.exception("an errand failed")
            self._ended.emit(None, trouble)
        else:
            self._ended.emit(result, None)

    def _deliver(self, result: Any, trouble: Exception | None) -> None:
        _under_way.discard(self)
        if not shiboken6.isValid(self._owner):
            return
        if trouble is None and self._on_done:
            self._on_done(result)
        elif trouble is not None and self._on_failed:
            self._on_failed(trouble)


def send(
    owner: QObject,
    work: Callable[[], Any],
    on_done: Callable[[Any], None] | None = None,
    on_failed: Callable[[Exception], None] | None = None,
) -> None:
    """Do `work` elsewhere, then call back here, unless `owner` is gone by then."""
    errand = _Errand(owner, on_done, on_failed)
    _under_way.add(errand)
    threading.Thread(target=errand.run, args=(work,), name="errand", daemon=True).start()
