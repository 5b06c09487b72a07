"""`python -m tests.desktop.picture URL FOLDER TARGET`: Бюрократ's window as an employee sees it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import requests
from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QTextEdit, QWidget

from bureaucrat.app import Bureaucrat, new_application
from bureaucrat.device import DeviceFolder, new_device
from bureaucrat.settings import Settings
from deploy.demo_screens import screenshot_of

_PATIENCE_MILLISECONDS = 20_000


def main() -> None:
    url, folder, target = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    application = new_application()
    settings = Settings(url, folder, "ru")
    answer = requests.post(f"{url}/api/v1/devices", json=_EMPLOYEE, timeout=10).json()
    DeviceFolder(settings.home).enrol(new_device(answer), answer["token"])
    settings.save()
    desktop = _desktop(application)
    program = Bureaucrat(settings)
    program.open(word="background")
    program.report()
    window = _wait_for_window("submit")
    _part(window, QLineEdit, "title").setText("1С не открывается: «Не обнаружен ключ защиты»")
    details: Any = window.findChild(QPlainTextEdit, "details") or window.findChild(QTextEdit, "details")
    details.setPlainText("С утра ни у кого в отделе не открывается база. Сдача отчётности сегодня!")
    _wait_for_advice(window)
    window.grab().save(str(target))
    desktop.close()
    program.close()


_EMPLOYEE = {
    "code": "DEMO",
    "full_name": "Белякова Наталья Игоревна",
    "email": "belyakova.n@example.ru",
    "phone": "+7 900 123-45-68",
    "hostname": "BUH-PC-03",
}


def _desktop(application: QApplication) -> QLabel:
    """What is on the employee's screen when he clicks."""
    size = application.primaryScreen().size()
    picture = QPixmap()
    picture.loadFromData(screenshot_of("1C:Enterprise"))
    desktop = QLabel()
    desktop.setWindowFlag(Qt.WindowType.FramelessWindowHint)
    desktop.setPixmap(picture.scaled(size))
    desktop.setFixedSize(size)
    desktop.move(0, 0)
    desktop.show()
    QTest.qWaitForWindowExposed(desktop)
    return desktop


def _wait_for_window(name: str) -> QWidget:
    def find() -> QWidget | None:
        windows = (w for w in QApplication.topLevelWidgets() if w.objectName() == name and w.isVisible())
        return next(windows, None)

    waited = 0
    while (window := find()) is None:
        if waited > _PATIENCE_MILLISECONDS:
            raise RuntimeError(f"the window {name} did not come")
        QTest.qWait(50)
        waited += 50
    return window


def _wait_for_advice(window: QWidget) -> None:
    """What is known of the problem already; a server that knows nothing has nothing to show."""
    waited = 0
    while window.findChild(QPushButton, "article") is None and waited < _PATIENCE_MILLISECONDS:
        QTest.qWait(50)
        waited += 50


def _part(window: QWidget, kind: type[QLineEdit], name: str) -> QLineEdit:
    found = window.findChild(kind, name)
    if not isinstance(found, kind):
        raise RuntimeError(f"no {name}")
    return found


if __name__ == "__main__":
    main()
