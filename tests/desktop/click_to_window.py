"""`python -m tests.desktop.click_to_window [RUNS]`: from a click to the window with its screenshot.

A running program on a screen of 1920 × 1080; «tray» is the icon or the hotkey, «shortcut» a second start, as
the desktop's shortcut makes one, its Python included. Beside the clock the processor's time of the running
program, which other work on the machine changes less.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from bureaucrat.app import Bureaucrat, new_application
from bureaucrat.canvas import Canvas
from bureaucrat.device import DeviceFolder, new_device
from bureaucrat.instance import Instance
from bureaucrat.settings import Settings
from tests.unit.bureaucrat.desk_server import TOKEN, DeskServer, me

_RUNS = 15
_PATIENCE_MILLISECONDS = 60_000


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else _RUNS
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1920x1080x24", "-nolisten", "tcp"]
    screen = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    with os.fdopen(reading) as line:
        os.environ["DISPLAY"] = f":{line.readline().strip()}"
    os.environ["QT_QPA_PLATFORM"] = "xcb"
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
    desk = DeskServer()
    try:
        with tempfile.TemporaryDirectory() as folder:
            _measure(desk, Path(folder), runs)
    finally:
        desk.close()
        screen.terminate()
        screen.wait(10)


def _measure(desk: DeskServer, folder: Path, runs: int) -> None:
    application = new_application()
    settings = Settings(desk.url, folder, "ru")
    DeviceFolder(settings.home).enrol(new_device(me(desk)), TOKEN)
    settings.save()
    instance = Instance(folder)
    instance.take("submit")
    program = Bureaucrat(settings)
    instance.listen(program.answer)
    program.open(word="background")
    _wait(application, lambda: bool(desk.streams))
    second = [sys.executable, "-m", "bureaucrat", "--data-dir", str(folder)]

    started: list[subprocess.Popen[bytes]] = []

    def start_again() -> None:
        started.append(subprocess.Popen(second))

    for name, click in (("tray", program.report), ("shortcut", start_again)):
        taken = [_once(application, click) for _ in range(runs + 1)][1:]
        clock, cpu = ([one[kind] * 1000 for one in taken] for kind in (0, 1))
        sys.stdout.write(
            f"{name}: median {statistics.median(clock):.0f} ms, worst {max(clock):.0f} ms of {runs};"
            f" processor {statistics.median(cpu):.0f} ms\n"
        )
    for one in started:
        one.wait(30)
    own = resource.getrusage(resource.RUSAGE_CHILDREN)
    sys.stdout.write(
        f"a second start itself: processor {(own.ru_utime + own.ru_stime) * 1000 / len(started):.0f} ms\n"
    )
    program.close()
    instance.release()


def _once(application: QApplication, click: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the clock and of the processor, until the window is on the screen with its picture."""
    began, worked = time.perf_counter(), time.process_time()
    click()
    _wait(application, lambda: _shown() is not None)
    window = _shown()
    assert window is not None
    QTest.qWaitForWindowExposed(window)
    application.processEvents()
    taken = time.perf_counter() - began, time.process_time() - worked
    window.close()
    _wait(application, lambda: _shown() is None)
    return taken


def _shown() -> QWidget | None:
    for window in QApplication.topLevelWidgets():
        if window.objectName() == "submit" and window.isVisible():
            canvas = window.findChild(Canvas, "canvas")
            return window if isinstance(canvas, Canvas) and canvas.isVisible() else None
    return None


def _wait(application: QApplication, condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + _PATIENCE_MILLISECONDS / 1000
    while not condition():
        if time.monotonic() > deadline:
            raise RuntimeError("waited in vain")
        application.processEvents()
        time.sleep(0.001)


if __name__ == "__main__":
    main()
