"""Screenshots: one picture for each monitor, with what the employee has blacked out."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, Qt
from PySide6.QtGui import QGuiApplication, QImage, QImageWriter, QPainter

from bureaucrat.parcel import Enclosure

# A PNG above this is a photograph of a desktop rather than a drawing; JPEG keeps it readable and sendable.
_BIG_PNG = 6_000_000
_JPEG_QUALITY = 90


@dataclass
class Shot:
    """`place` is where the monitor lies on the desktop; `blackouts` are in the picture's own pixels."""

    name: str
    image: QImage
    place: QRect
    blackouts: list[QRect] = field(default_factory=list)

    def redacted(self) -> QImage:
        """The picture as it is sent: what was blacked out is gone, not covered."""
        picture = self.image.convertToFormat(QImage.Format.Format_RGB32)
        picture.setDevicePixelRatio(1)
        painter = QPainter(picture)
        for area in self.blackouts:
            painter.fillRect(area, Qt.GlobalColor.black)
        painter.end()
        return picture

    def enclosure(self, number: int) -> Enclosure:
        picture = self.redacted()
        content = encoded(picture, b"PNG", -1)
        if len(content) <= _BIG_PNG:
            return Enclosure("screenshot", f"screen-{number}.png", "image/png", content)
        content = encoded(picture, b"JPEG", _JPEG_QUALITY)
        return Enclosure("screenshot", f"screen-{number}.jpg", "image/jpeg", content)


def grab_monitors() -> list[Shot]:
    """All monitors as they look this moment; empty where the system does not let us see them."""
    shots = []
    for screen in QGuiApplication.screens():
        image = screen.grabWindow(0).toImage()
        if not image.isNull():
            shots.append(Shot(screen.name(), image, screen.geometry()))
    return shots


def shot_from_file(path: Path, name: str) -> Shot | None:
    """A picture from the spool, to be sent again."""
    image = QImage(str(path))
    return None if image.isNull() else Shot(name, image, QRect(0, 0, image.width(), image.height()))


def encoded(picture: QImage, layout: bytes, quality: int) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(layout))
    writer.setQuality(quality)
    writer.write(picture)
    return bytes(buffer.data().data())
