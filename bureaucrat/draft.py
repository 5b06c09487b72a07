"""The draft: what was typed into a window that was closed without sending."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

from bureaucrat import durable

_FILE = "draft.json"


class Draft:
    """A convenience, not a promise: a full disk may do without it."""

    def __init__(self, home: Path) -> None:
        self._path = home / _FILE

    def load(self) -> tuple[str, str]:
        try:
            title, details = json.loads(self._path.read_bytes())
        except (OSError, ValueError, TypeError):
            return "", ""
        return str(title), str(details)

    def save(self, title: str, details: str) -> None:
        with contextlib.suppress(OSError):
            if title.strip() or details.strip():
                durable.replace_file(self._path, json.dumps([title, details]).encode())
            else:
                self._path.unlink(missing_ok=True)
