"""The list of tickets: two calm lines each, drawn by hand so that hundreds stay quick."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from bureaucrat.moments import short_moment
from bureaucrat.theme import Colours, colours
from bureaucrat.ticket_rows import TicketRow
from bureaucrat.translation import _
from bureaucrat.wording import status_name

_HEIGHT = 60
_PAD = 14
_ROW = Qt.ItemDataRole.UserRole
_Index = QModelIndex | QPersistentModelIndex


def row_line(row: TicketRow) -> str:
    """The second line: number, date, and whose it is when it is not one's own."""
    number = _("No. {number}").format(number=row.number) if row.number is not None else ""
    when = short_moment(row.when) if row.when else ""
    return " · ".join(part for part in (number, when, row.person) if part)


class TicketModel(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.rows: list[TicketRow] = []

    def rowCount(self, parent: _Index | None = None) -> int:
        return len(self.rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        if role == _ROW:
            return row
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return f"{row.title}, {row_line(row)}, {status_name(row.status)}"
        return None

    def replace(self, rows: list[TicketRow]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()


class TicketList(QListView):
    """Keeps its selection and place when the rows are renewed."""

    picked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("ticket_list")
        self.setAccessibleName(_("My tickets"))
        self.setItemDelegate(_Delegate(self))
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._renewing = False
        self.rows = TicketModel()
        self.setModel(self.rows)
        self.selectionModel().currentChanged.connect(self._current_changed)

    def show_rows(self, rows: list[TicketRow]) -> None:
        if rows == self.rows.rows:
            return
        picked, place = self.picked_id(), self.verticalScrollBar().value()
        self._renewing = True
        self.rows.replace(rows)
        if picked:
            self.pick(picked)
        self._renewing = False
        # The rows must have their places before one can be returned to.
        self.doItemsLayout()
        self.verticalScrollBar().setValue(place)

    def picked_id(self) -> str:
        index = self.currentIndex()
        return self.rows.rows[index.row()].id if index.isValid() else ""

    def pick(self, ticket_id: str) -> None:
        for position, row in enumerate(self.rows.rows):
            if row.id == ticket_id:
                self.setCurrentIndex(self.rows.index(position))

    def _current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid() and not self._renewing:
            self.picked.emit(self.rows.rows[current.row()].id)


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(200, _HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        row: TicketRow = index.data(_ROW)
        chosen = colours()
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        font: QFont = option.font
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(area, QColor(chosen.own))
            painter.fillRect(QRect(area.x(), area.y(), 3, area.height()), QColor(chosen.accent))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, QColor(chosen.raised))
        inside = area.adjusted(_PAD, 9, -_PAD, -9)
        heavy = QFont(font)
        heavy.setWeight(QFont.Weight.DemiBold)
        _line(painter, heavy, chosen.text, QRect(inside.x(), inside.y(), inside.width(), 20), row.title)
        taken = _status(painter, font, chosen, inside, row.status)
        below = QRect(inside.x(), inside.y() + 23, inside.width() - taken - 8, 20)
        _line(painter, font, chosen.muted, below, row_line(row))
        painter.setPen(QColor(chosen.line))
        painter.drawLine(
            QPointF(area.left(), area.bottom() + 0.5), QPointF(area.right(), area.bottom() + 0.5)
        )
        painter.restore()


def _line(painter: QPainter, font: QFont, colour: str, area: QRect, text: str) -> None:
    painter.setFont(font)
    painter.setPen(QColor(colour))
    short = QFontMetrics(font).elidedText(" ".join(text.split()), Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, short)


def status_colour(status: str, chosen: Colours) -> str:
    """Colour only where the employee has something to do, or may be glad."""
    if status in {"refused", "waiting"}:
        return chosen.danger
    return {"resolved": chosen.good, "in_progress": chosen.accent}.get(status, chosen.muted)


def _status(painter: QPainter, font: QFont, chosen: Colours, inside: QRect, status: str) -> int:
    """Draw the status at the right of the second line; return the width it took."""
    name, colour = status_name(status), QColor(status_colour(status, chosen))
    width = QFontMetrics(font).horizontalAdvance(name) + 14
    place = QRectF(inside.right() - width, inside.y() + 23, width, 20)
    painter.setBrush(colour)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawEllipse(QPointF(place.x() + 4, place.center().y()), 3.5, 3.5)
    painter.setPen(colour)
    painter.setFont(font)
    painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, name)
    return width
