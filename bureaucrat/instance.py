"""One running program for each data folder: a second start only asks the first to open its window."""

from __future__ import annotations

import contextlib
import hashlib
import os
import socket
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

_LONGEST_UNIX_PATH = 100
_WORDS = {"submit", "tickets"}


def address(data_dir: Path) -> str:
    """Where the running program of this folder listens."""
    name = "bureaucrat-" + hashlib.sha256(str(data_dir).encode()).hexdigest()[:16]
    if sys.platform == "win32":
        return rf"\\.\pipe\{name}"
    own = data_dir / "running.socket"
    if len(os.fsencode(own)) <= _LONGEST_UNIX_PATH:
        return str(own)
    folder = os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir()
    return str(Path(folder) / f"{name}.socket")


def ask_running(data_dir: Path, word: str) -> bool:
    """Ask the running program to open a window; False when there is none. Without Qt: it must be quick."""
    try:
        if sys.platform == "win32":
            with Path(address(data_dir)).open("r+b", buffering=0) as pipe:
                pipe.write(word.encode() + b"\n")
                return pipe.read(3) == b"ok\n"
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(5)
            line.connect(address(data_dir))
            line.sendall(word.encode() + b"\n")
            return line.recv(3) == b"ok\n"
    except OSError:
        return False


class Instance:
    """Held by the running program for as long as it lives."""

    def __init__(self, data_dir: Path) -> None:
        from PySide6.QtCore import QLockFile
        from PySide6.QtNetwork import QLocalServer

        self._data_dir = data_dir
        self._lock = QLockFile(str(data_dir / "lock"))
        # A lock is stale when its process is gone, never because it is old.
        self._lock.setStaleLockTime(0)
        self._server = QLocalServer()
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)

    def take(self, word: str) -> bool:
        """Become the running program; False when another one is, and has been asked with `word`."""
        deadline = time.monotonic() + 5
        while not self._lock.tryLock(0):
            # Another one is starting or stopping just now.
            if ask_running(self._data_dir, word):
                return False
            if time.monotonic() > deadline:
                return False
            time.sleep(0.05)
        return True

    def listen(self, on_word: Callable[[str], None]) -> None:
        """From now on other starts are heard."""
        from PySide6.QtNetwork import QLocalServer, QLocalSocket

        # We hold the lock, so a socket that is there is a dead one's.
        QLocalServer.removeServer(address(self._data_dir))
        self._server.listen(address(self._data_dir))

        def accept() -> None:
            while line := self._server.nextPendingConnection():
                line.readyRead.connect(lambda line=line: answer(line))
                line.disconnected.connect(line.deleteLater)

        def answer(line: QLocalSocket) -> None:
            if not line.canReadLine():
                return
            word = bytes(line.readLine().data()).decode("ascii", "replace").strip()
            line.write(b"ok\n")
            line.flush()
            if word in _WORDS:
                on_word(word)

        self._server.newConnection.connect(accept)
        with contextlib.suppress(OSError):
            os.chmod(address(self._data_dir), 0o600)  # noqa: PTH101

    def release(self) -> None:
        self._server.close()
        self._lock.unlock()
