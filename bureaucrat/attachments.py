"""What goes with a reply: files chosen, dropped or pasted, each can be taken out before it is sent."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, QStandardPaths, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from bureaucrat.parcel import Enclosure
from bureaucrat.parts import button
from bureaucrat.screenshot import encoded
from bureaucrat.translation import _
from bureaucrat.wording import megabytes
from bureaucrat.words import OneLine

# The server's own bounds, with room for the form around them.
_MOST_FILES = 20
_MOST_BYTES = 60_000_000
_LARGEST_PICTURE = 16 * 1024 * 1024
_PICTURES = {"image/png", "image/jpeg", "image/webp"}


class ReplyField(QPlainTextEdit):
    """Takes text as text, and what is no text as files."""

    files_came = Signal(object)
    picture_came = Signal(object)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasImage() or bool(_local(source)) or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        if paths := _local(source):
            self.files_came.emit(paths)
        elif source.hasImage() and not source.hasText():
            self.picture_came.emit(QImage(source.imageData()))
        else:
            super().insertFromMimeData(source)


class Attachments(QWidget):
    trouble = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("attachments")
        self._kept: list[Enclosure] = []
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self.put([])

    @property
    def all(self) -> list[Enclosure]:
        return list(self._kept)

    def put(self, enclosures: Sequence[Enclosure]) -> None:
        self._kept = list(enclosures)
        while item := self._rows.takeAt(0):
            if row := item.widget():
                row.deleteLater()
        for one in self._kept:
            self._rows.addWidget(self._row(one))
        self.setVisible(bool(self._kept))

    def choose(self) -> None:
        home = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.HomeLocation)
        paths, _filter = QFileDialog.getOpenFileNames(self, _("Attach files"), home)
        self.add_files([Path(path) for path in paths])

    def add_files(self, paths: Iterable[Path]) -> None:
        for path in paths:
            try:
                content = path.read_bytes() if path.stat().st_size <= _MOST_BYTES else b""
            except OSError:
                self.trouble.emit(_("The file {name} cannot be read.").format(name=path.name))
                continue
            if not content:
                self.trouble.emit(_("The file {name} is empty or too large.").format(name=path.name))
                continue
            self._add(enclosure_of(path.name, content))

    def add_picture(self, picture: QImage) -> None:
        self._add(enclosure_of("picture.png", encoded(picture, b"PNG", -1)))

    def _add(self, one: Enclosure) -> None:
        size = sum(len(kept.content) for kept in self._kept) + len(one.content)
        if len(self._kept) >= _MOST_FILES or size > _MOST_BYTES:
            self.trouble.emit(_("That is too much for one reply: 20 files, 60 MB."))
            return
        self.put([*self._kept, one])

    def _row(self, one: Enclosure) -> QWidget:
        row = QWidget()
        inside = QHBoxLayout(row)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(OneLine(f"{one.name} · {megabytes(len(one.content))}", "muted"), 1)
        remove = button(_("Take out"), "take_out", partial(self._take_out, one), "quiet")
        remove.setAccessibleName(f"{remove.text()}: {one.name}")
        inside.addWidget(remove)
        return row

    def _take_out(self, one: Enclosure) -> None:
        self.put([kept for kept in self._kept if kept is not one])


def enclosure_of(name: str, content: bytes) -> Enclosure:
    """A picture that the server shows, or a file that it only keeps."""
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    shown = kind in _PICTURES and len(content) <= _LARGEST_PICTURE and not QImage.fromData(content).isNull()
    return Enclosure("screenshot" if shown else "attachment", name, kind, content)


def _local(source: QMimeData) -> list[Path]:
    paths = [Path(url.toLocalFile()) for url in source.urls() if url.isLocalFile()]
    return [path for path in paths if path.is_file()]
