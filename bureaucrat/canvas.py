"""The canvas: shows the chosen monitors, and blacks out what the employee draws over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from bureaucrat.screenshot import Shot
from bureaucrat.theme import colours

_MARGIN = 8.0
_SMALLEST = 4.0


class Canvas(QWidget):
    """Blackouts are stored in the shots, so two canvases of the same shots agree."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shots: Sequence[Shot] = ()
        self._scaled: dict[int, QPixmap] = {}
        self._from: QPointF | None = None
        self._to: QPointF | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(240, 120)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def sizeHint(self) -> QSize:
        return QSize(600, 240)

    def show_shots(self, shots: Sequence[Shot]) -> None:
        self._shots = shots
        self._scaled.clear()
        self.setCursor(Qt.CursorShape.CrossCursor if shots else Qt.CursorShape.ArrowCursor)
        self.update()

    def undo(self) -> None:
        """Take the last blackout back."""
        for shot in reversed(self._shots):
            if shot.blackouts:
                shot.blackouts.pop()
                break
        self.changed.emit()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colours().line), 1))
        painter.setBrush(QColor(colours().raised))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        for shot, place, scale in self._placed():
            painter.drawPixmap(place.topLeft(), self._drawn(shot, place.size().toSize()))
            for area in shot.blackouts:
                painter.fillRect(_scaled(area, place.topLeft(), scale), Qt.GlobalColor.black)
        if self._from is not None and self._to is not None:
            painter.setPen(QPen(QColor("#ffffff"), 1, Qt.PenStyle.DashLine))
            painter.setBrush(QColor(0, 0, 0, 170))
            painter.drawRect(QRectF(self._from, self._to).normalized())
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._shots:
            self._from = self._to = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._from is not None:
            self._to = event.position()
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._from is None:
            return
        drawn = QRectF(self._from, event.position()).normalized()
        self._from = self._to = None
        if drawn.width() >= _SMALLEST and drawn.height() >= _SMALLEST:
            self._black_out(drawn)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and event.key() == Qt.Key.Key_Z:
            self.undo()
        else:
            super().keyPressEvent(event)

    def _black_out(self, drawn: QRectF) -> None:
        for shot, place, scale in self._placed():
            inside = drawn.intersected(place)
            if inside.isEmpty():
                continue
            moved = inside.translated(-place.topLeft())
            area = QRectF(moved.x() / scale, moved.y() / scale, moved.width() / scale, moved.height() / scale)
            # Outwards to whole pixels: nothing of the edge may show.
            shot.blackouts.append(area.toAlignedRect().intersected(shot.image.rect()))
        self.changed.emit()

    def _drawn(self, shot: Shot, size: QSize) -> QPixmap:
        """The picture at the size it is drawn at, scaled once and well: small text should stay readable."""
        ratio = self.devicePixelRatio()
        known = self._scaled.get(id(shot))
        if known is None or known.size() != size * ratio:
            known = QPixmap.fromImage(
                shot.image.scaled(
                    size * ratio,
                    Qt.AspectRatioMode.IgnoreAspectRatio,
                    Qt.TransformationMode.SmoothTransformation,
                )
            )
            known.setDevicePixelRatio(ratio)
            self._scaled[id(shot)] = known
        return known

    def _placed(self) -> Iterator[tuple[Shot, QRectF, float]]:
        """Each shot, where it is drawn, and how many screen points a pixel of it takes."""
        desktop = QRect()
        for shot in self._shots:
            desktop = desktop.united(shot.place)
        if desktop.isEmpty():
            return
        room = QRectF(self.rect()).adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        fit = min(room.width() / desktop.width(), room.height() / desktop.height())
        left = room.x() + (room.width() - desktop.width() * fit) / 2 - desktop.x() * fit
        top = room.y() + (room.height() - desktop.height() * fit) / 2 - desktop.y() * fit
        for shot in self._shots:
            place = shot.place
            where = QRectF(
                left + place.x() * fit, top + place.y() * fit, place.width() * fit, place.height() * fit
            )
            yield shot, where, where.width() / shot.image.width()


def _scaled(area: QRect, origin: QPointF, scale: float) -> QRectF:
    return QRectF(
        origin.x() + area.x() * scale,
        origin.y() + area.y() * scale,
        area.width() * scale,
        area.height() * scale,
    )
