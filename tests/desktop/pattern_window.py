"""Another program on the employee's screen: a frameless window that shows one picture, pixel by pixel."""

from __future__ import annotations

import sys

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QLabel


def main() -> None:
    application = QApplication([])
    window = QLabel()
    window.setWindowFlags(Qt.WindowType.FramelessWindowHint)
    window.setPixmap(QPixmap(sys.argv[1]))
    window.setFixedSize(window.pixmap().size())
    window.move(0, 0)
    window.show()

    announced: list[bool] = []

    def announce() -> None:
        shown = window.screen().grabWindow(0).toImage()
        painted = window.pixmap().toImage().convertToFormat(shown.format()) == shown
        if painted:
            announced.append(True)
            sys.stdout.write("painted\n")
            sys.stdout.flush()
        else:
            QTimer.singleShot(20, announce)

    announce()
    # Never painted as it should be: the test then reads an end of file.
    QTimer.singleShot(15_000, lambda: None if announced else application.quit())
    application.exec()


if __name__ == "__main__":
    main()
