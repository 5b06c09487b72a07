"""A snapshot of the computer, sent with a submission and shown to the employee before."""

from __future__ import annotations

import ctypes
import getpass
import platform
import shutil
import socket
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil

from bureaucrat import VERSION

Snapshot = dict[str, Any]


def take_snapshot() -> Snapshot:
    """May take a second or two: asking for the printer waits for the print service."""
    memory = psutil.virtual_memory()
    return {
        "hostname": socket.gethostname(),
        "os": os_name(),
        "uptime_seconds": int(time.time() - psutil.boot_time()),
        "disks": disks(),
        "memory": {"total_bytes": memory.total, "available_bytes": memory.available},
        "addresses": addresses(),
        "user_name": user_name(),
        "default_printer": default_printer(),
        "taken_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "program": f"Bureaucrat {VERSION}",
    }


def os_name() -> str:
    if sys.platform == "linux":
        try:
            return platform.freedesktop_os_release()["PRETTY_NAME"]
        except (OSError, KeyError):
            pass
    if sys.platform == "darwin":
        return f"macOS {platform.mac_ver()[0]}"
    return f"{platform.system()} {platform.release()} ({platform.version()})"


def user_name() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def disks() -> list[dict[str, Any]]:
    """The system's disk and the one with the employee's files, once if they are the same."""
    found: dict[int, dict[str, Any]] = {}
    for path in (Path(Path.home().anchor or "/"), Path.home()):
        try:
            usage = psutil.disk_usage(str(path))
            found.setdefault(
                path.stat().st_dev, {"path": str(path), "total_bytes": usage.total, "free_bytes": usage.free}
            )
        except OSError:
            continue
    return list(found.values())


def addresses() -> list[str]:
    """Network addresses without loopback and link-local ones, IPv4 first."""
    found: list[str] = []
    for family in (socket.AF_INET, socket.AF_INET6):
        for entries in psutil.net_if_addrs().values():
            found += [e.address.split("%")[0] for e in entries if e.family == family]
    return [a for a in dict.fromkeys(found) if not a.startswith(("127.", "169.254.", "::1", "fe80"))]


def default_printer() -> str:
    """Its name, or nothing where there is none."""
    if sys.platform == "win32":
        return _windows_printer()
    lpstat = shutil.which("lpstat")
    if not lpstat:
        return ""
    try:
        answer = subprocess.run(  # noqa: S603 - the system's own command
            [lpstat, "-d"], capture_output=True, text=True, timeout=2, check=False, env={"LC_ALL": "C"}
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    _, colon, name = answer.stdout.partition("destination:")
    return name.strip() if colon else ""


def _windows_printer() -> str:
    size = ctypes.c_ulong(256)
    name = ctypes.create_unicode_buffer(size.value)
    found = ctypes.WinDLL("winspool.drv").GetDefaultPrinterW(name, ctypes.byref(size))  # type: ignore[attr-defined, unused-ignore]
    return name.value if found else ""
