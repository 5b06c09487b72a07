"""The screenshot's part of the submit window: which monitors, what is blacked out, once again."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from bureaucrat.canvas import Canvas
from bureaucrat.parcel import Enclosure
from bureaucrat.parts import button, label
from bureaucrat.screenshot import Shot
from bureaucrat.translation import _

_ALL, _NONE = "all", "none"


class ShotPanel(QWidget):
    retake = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._shots: list[Shot] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        row = QHBoxLayout()
        row.addWidget(label(_("Screenshot"), "heading"))
        row.addSpacing(8)
        self._choice = QComboBox()
        self._choice.setObjectName("screens")
        self._choice.setAccessibleName(_("Which monitors to send"))
        self._choice.currentIndexChanged.connect(self._chosen)
        row.addWidget(self._choice)
        row.addStretch(1)
        self._undo = button(_("Undo black-out"), "undo_blackout", self._take_back, "quiet")
        self._larger = button(_("Larger"), "larger", self._enlarge, "quiet")
        self._retake = button(_("Take again"), "retake", self.retake.emit, "quiet")
        for one in (self._undo, self._larger, self._retake):
            row.addWidget(one)
        layout.addLayout(row)
        self._canvas = Canvas()
        self._canvas.setObjectName("canvas")
        self._canvas.changed.connect(self._refresh)
        layout.addWidget(self._canvas, 1)
        self._hint = label(_("Draw over what should not be seen: it will be sent black."), "muted")
        layout.addWidget(self._hint)

    def show_shots(self, shots: list[Shot]) -> None:
        """New pictures; the choice of monitor stays where it still makes sense."""
        before = self._choice.currentData()
        self._shots = shots
        self._choice.blockSignals(True)
        self._choice.clear()
        if len(shots) == 1:
            self._choice.addItem(_("Whole screen"), _ALL)
        elif shots:
            self._choice.addItem(_("All monitors"), _ALL)
            for number, shot in enumerate(shots, start=1):
                size = f"{shot.image.width()} × {shot.image.height()}"
                self._choice.addItem(
                    _("Monitor {number} ({size})").format(number=number, size=size), str(number)
                )
        self._choice.addItem(_("Without a screenshot"), _NONE)
        self._choice.setCurrentIndex(max(self._choice.findData(before), 0))
        self._choice.blockSignals(False)
        self._chosen()

    def chosen(self) -> list[Shot]:
        choice = self._choice.currentData()
        if choice == _ALL:
            return list(self._shots)
        return [] if choice in {_NONE, None} else [self._shots[int(choice) - 1]]

    def encoder(self) -> Callable[[], list[Enclosure]]:
        """What makes files of the chosen pictures; it takes a while, so it may run in another thread."""
        frozen = [Shot(s.name, s.image, s.place, list(s.blackouts)) for s in self.chosen()]
        return lambda: [shot.enclosure(number) for number, shot in enumerate(frozen, start=1)]

    def _chosen(self) -> None:
        self._canvas.show_shots(self.chosen())
        self._refresh()

    def _refresh(self) -> None:
        chosen = self.chosen()
        self._undo.setEnabled(any(shot.blackouts for shot in chosen))
        self._larger.setEnabled(bool(chosen))
        self._canvas.setVisible(bool(chosen))
        self._hint.setVisible(bool(chosen))

    def _take_back(self) -> None:
        self._canvas.undo()

    def _enlarge(self) -> None:
        dialog = QDialog(self)
        dialog.setObjectName("large_preview")
        dialog.setWindowTitle(_("Screenshot"))
        layout = QVBoxLayout(dialog)
        large = Canvas(dialog)
        large.setObjectName("large_canvas")
        large.show_shots(self.chosen())
        layout.addWidget(large, 1)
        row = QHBoxLayout()
        row.addWidget(self._hint_label(), 1)
        row.addWidget(button(_("Undo black-out"), "large_undo", large.undo))
        done = button(_("Done"), "large_done", dialog.accept, "primary")
        row.addWidget(done)
        layout.addLayout(row)
        available = self.screen().availableGeometry()
        # Never on «Undo»: a key pressed in passing must not uncover anything.
        done.setDefault(True)
        done.setFocus()
        dialog.resize(int(available.width() * 0.9), int(available.height() * 0.9))
        dialog.exec()
        self._refresh()
        self._canvas.update()

    def _hint_label(self) -> QWidget:
        return label(self._hint.text(), "muted")
