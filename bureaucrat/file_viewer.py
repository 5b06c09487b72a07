"""Files of a ticket: pictures are shown, anything else is saved where the employee wants it, never opened."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from bureaucrat import errands
from bureaucrat.failures import Json
from bureaucrat.office import Office
from bureaucrat.parts import button
from bureaucrat.translation import _
from bureaucrat.wording import failure

Say = Callable[[str], None]


def open_file(owner: QWidget, office: Office, file: Json, say: Say) -> None:
    """`say` tells how it goes, in the owner's window."""
    name = str(file.get("name") or _("file"))
    if file.get("display_href"):
        say(_("Opening…"))

        def show(content: bytes) -> None:
            say("")
            Picture(owner, name, QImage.fromData(content), lambda: _save(owner, office, file, say)).show()

        href = str(file["display_href"])
        errands.send(owner, lambda: office.file(href), show, lambda trouble: say(failure(trouble)))
    else:
        _save(owner, office, file, say)


def _save(owner: QWidget, office: Office, file: Json, say: Say) -> None:
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation)
    name = Path(str(file.get("name") or _("file"))).name
    chosen, _filter = QFileDialog.getSaveFileName(owner, _("Save the file"), str(Path(folder) / name))
    if not chosen:
        return
    target, href = Path(chosen), str(file.get("href"))
    say(_("Saving…"))
    errands.send(
        owner,
        lambda: target.write_bytes(office.file(href)),
        lambda _count: say(_("Saved: {path}").format(path=target)),
        lambda trouble: say(failure(trouble)),
    )


class Picture(QDialog):
    """As large as the window, never larger than it is."""

    def __init__(
        self, owner: QWidget, name: str, image: QImage, save: Callable[[], None] | None = None
    ) -> None:
        super().__init__(owner)
        self.setObjectName("file_picture")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(name)
        layout = QVBoxLayout(self)
        self.picture = _Sheet(image)
        self.picture.setAccessibleName(name)
        layout.addWidget(self.picture, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        if save:
            row.addWidget(button(_("Save the file"), "file_save", save))
        row.addWidget(button(_("Close"), "file_close", self.close, "primary"))
        layout.addLayout(row)
        room = self.screen().availableGeometry()
        self.resize(int(room.width() * 0.8), int(room.height() * 0.8))


class _Sheet(QWidget):
    def __init__(self, image: QImage) -> None:
        super().__init__()
        self.image = image

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.image.isNull():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        wanted = self.image.size()
        if wanted.width() > self.width() or wanted.height() > self.height():
            wanted = wanted.scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = self.rect()
        painter.drawImage(
            place.adjusted(
                (place.width() - wanted.width()) // 2,
                (place.height() - wanted.height()) // 2,
                -((place.width() - wanted.width() + 1) // 2),
                -((place.height() - wanted.height() + 1) // 2),
            ),
            self.image,
        )
