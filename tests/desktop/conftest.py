"""A screen of our own, the tiny server, and the program on it: in this process or in one of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from bureaucrat.app import Bureaucrat, new_application
from bureaucrat.device import DeviceFolder, new_device
from bureaucrat.settings import Settings
from tests.desktop.screen import HEIGHT, WIDTH, Programs, draw_pattern
from tests.unit.bureaucrat.desk_server import TOKEN, DeskServer, me

Until = Callable[[Callable[[], object]], None]


@pytest.fixture(scope="session")
def screen() -> Iterator[str]:
    """An X server nobody else uses, on a number that is free."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{WIDTH}x{HEIGHT}x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    with os.fdopen(reading) as line:
        display = f":{line.readline().strip()}"
    yield display
    server.terminate()
    server.wait(10)


@pytest.fixture(scope="session")
def application(screen: str) -> QApplication:
    os.environ["DISPLAY"] = screen
    os.environ["QT_QPA_PLATFORM"] = "xcb"
    os.environ.pop("WAYLAND_DISPLAY", None)
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
    return new_application()


@pytest.fixture
def desk() -> Iterator[DeskServer]:
    server = DeskServer()
    yield server
    server.close()


@pytest.fixture
def settings(desk: DeskServer, tmp_path: Path) -> Settings:
    return Settings(desk.url, tmp_path / "data", "ru")


@pytest.fixture
def enrolled(desk: DeskServer, settings: Settings, application: QApplication) -> Settings:
    """A data folder as an enrolment leaves it."""
    DeviceFolder(settings.home).enrol(new_device(me(desk)), TOKEN)
    settings.save()
    return settings


@pytest.fixture
def until(application: QApplication) -> Until:
    def wait(condition: Callable[[], object]) -> None:
        deadline = time.monotonic() + 20
        while not condition():
            assert time.monotonic() < deadline, "waited in vain"
            QTest.qWait(10)

    return wait


@pytest.fixture
def start(application: QApplication, until: Until) -> Iterator[Callable[[Settings], Bureaucrat]]:
    """Starts the program in this process; it must end without leaving a thread."""
    started: list[Bureaucrat] = []

    def begin(settings: Settings) -> Bureaucrat:
        program = Bureaucrat(settings)
        started.append(program)
        program.open(word="background")
        return program

    yield begin
    for program in started:
        program.close()
        program.deleteLater()
        # At once: a report it was about to open would be a window of the next test's.
        QCoreApplication.sendPostedEvents(program, QEvent.Type.DeferredDelete)
    until(lambda: not [t for t in threading.enumerate() if t.name in {"sender", "live", "errand", "opening"}])
    assert not [w.objectName() for w in QApplication.topLevelWidgets() if w.isVisible()]


@pytest.fixture
def programs(screen: str) -> Iterator[Programs]:
    """Starts `python -m bureaucrat` as a user would, and ends it by its process id."""
    made = Programs(screen)
    yield made
    made.end()


@pytest.fixture
def pattern(screen: str, tmp_path: Path) -> Iterator[Path]:
    """A window of another program that fills the screen with known colours."""
    picture = tmp_path / "pattern.png"
    draw_pattern(picture)
    environment = os.environ | {"DISPLAY": screen, "QT_QPA_PLATFORM": "xcb"}
    window = subprocess.Popen(
        [sys.executable, "-m", "tests.desktop.pattern_window", str(picture)],
        stdout=subprocess.PIPE,
        env=environment,
        cwd=Path(__file__).parents[2],
    )
    assert window.stdout is not None
    assert window.stdout.readline() == b"painted\n"
    yield picture
    window.terminate()
    window.wait(10)
    window.stdout.close()
