"""What may differ between computers: the server, the folder for data, the language."""

from __future__ import annotations

import json
import os
import re
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from bureaucrat import durable
from bureaucrat.translation import LANGUAGES, system_language

DEFAULT_SERVER = "http://127.0.0.1:8080"
_FILE = "settings.json"


@dataclass(frozen=True)
class Settings:
    server: str
    data_dir: Path
    chosen_language: str = ""
    hotkey: str = ""

    @property
    def language(self) -> str:
        return self.chosen_language if self.chosen_language in LANGUAGES else system_language()

    @property
    def home(self) -> Path:
        """What belongs to one server: its token, spool and tickets never meet another server's."""
        address = urlsplit(self.server)
        return self.data_dir / re.sub(r"[^A-Za-z0-9.-]+", "_", f"{address.scheme}-{address.netloc}")

    def choose_language(self, language: str) -> Settings:
        chosen = replace(self, chosen_language=language)
        chosen.save()
        return chosen

    def choose_hotkey(self, combination: str) -> Settings:
        chosen = replace(self, hotkey=combination)
        chosen.save()
        return chosen

    def save(self) -> None:
        durable.make_folder(self.data_dir)
        content = {"server": self.server, "language": self.chosen_language, "hotkey": self.hotkey}
        durable.replace_file(self.data_dir / _FILE, json.dumps(content).encode())


def load_settings(server: str | None, data_dir: Path | None) -> Settings:
    """Command line first, then environment, then what was saved, then defaults."""
    folder = data_dir or Path(os.environ.get("HELPDESK_DATA_DIR") or default_data_dir())
    saved = _saved(folder)
    address = server or os.environ.get("HELPDESK_SERVER") or saved.get("server") or DEFAULT_SERVER
    return Settings(
        address.rstrip("/"), folder.absolute(), saved.get("language", ""), saved.get("hotkey", "")
    )


def _saved(folder: Path) -> dict[str, str]:
    try:
        content = json.loads((folder / _FILE).read_bytes())
    except (OSError, ValueError):
        return {}
    if not isinstance(content, dict):
        return {}
    return {name: value for name, value in content.items() if isinstance(value, str)}


def default_data_dir() -> Path:
    """Where this system keeps a program's data."""
    home = Path.home()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or home / "AppData/Local") / "HelpDesk" / "Bureaucrat"
    if sys.platform == "darwin":
        return home / "Library" / "Application Support" / "HelpDesk Bureaucrat"
    return Path(os.environ.get("XDG_DATA_HOME") or home / ".local/share") / "helpdesk-bureaucrat"
