"""What goes along about the computer: one line, and all of it on a click."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from bureaucrat.parts import button, label
from bureaucrat.snapshot import Snapshot
from bureaucrat.translation import _
from bureaucrat.wording import snapshot_lines


class SnapshotPanel(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.snapshot: Snapshot | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        row = QHBoxLayout()
        self._summary = label(_("Looking at the computer…"), "muted", "snapshot_summary")
        row.addWidget(self._summary, 1)
        self._more = button(_("What is sent"), "snapshot_more", self._toggle, "quiet")
        self._more.setEnabled(False)
        row.addWidget(self._more)
        layout.addLayout(row)
        self._table = QFrame()
        self._table.setObjectName("snapshot_table")
        self._table.setProperty("role", "card")
        self._table.hide()
        layout.addWidget(self._table)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self._summary.setText(
            _("With it goes: computer {name}, {system}").format(
                name=snapshot["hostname"], system=snapshot["os"]
            )
        )
        self._more.setEnabled(True)
        grid = QGridLayout(self._table)
        grid.setContentsMargins(14, 10, 14, 10)
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(3)
        grid.setColumnStretch(1, 1)
        for row, (name, value) in enumerate(snapshot_lines(snapshot)):
            grid.addWidget(label(name, "muted"), row, 0)
            grid.addWidget(label(value, wrap=True), row, 1)

    def _toggle(self) -> None:
        shown = not self._table.isVisible()
        self._table.setVisible(shown)
        self._more.setText(_("Hide") if shown else _("What is sent"))
