"""The settings: the global hotkey, or why there is none here; and the language."""

from __future__ import annotations

import sys

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from bureaucrat.hotkey import COMBINATIONS, can_be_heard
from bureaucrat.parts import button, label
from bureaucrat.settings import Settings
from bureaucrat.translation import LANGUAGES, _, language


class PreferencesWindow(QWidget):
    hotkey_chosen = Signal(str)
    language_chosen = Signal(str)

    def __init__(self, settings: Settings) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setObjectName("preferences")
        self.setWindowTitle(_("Bureaucrat: settings"))
        self.setMinimumWidth(480)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(28, 24, 28, 20)
        layout.setSpacing(12)
        layout.addWidget(label(_("Settings"), "title"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        grid.addWidget(label(_("Hotkey")), 0, 0)
        grid.addWidget(self._hotkey(settings), 0, 1)
        self._note = self._about_hotkey()
        grid.addWidget(self._note, 1, 1)
        grid.addWidget(label(_("Language")), 2, 0)
        grid.addWidget(self._language(), 2, 1)
        layout.addLayout(grid)
        layout.addStretch(1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button(_("Close"), "preferences_close", self.close, "primary"))
        layout.addLayout(row)

    def hotkey_failed(self) -> None:
        """It was wanted, and the system lets nobody hear it."""
        self._note.setText(_("This system does not let the program hear the keyboard. Use the icon instead."))

    def _hotkey(self, settings: Settings) -> QComboBox:
        choice = QComboBox()
        choice.setObjectName("hotkey")
        choice.setAccessibleName(_("Hotkey"))
        choice.addItem(_("none"), "")
        for combination in COMBINATIONS:
            choice.addItem(combination, combination)
        choice.setCurrentIndex(max(choice.findData(settings.hotkey), 0) if can_be_heard() else 0)
        choice.setEnabled(can_be_heard())
        choice.activated.connect(lambda _index: self.hotkey_chosen.emit(choice.currentData()))
        return choice

    def _about_hotkey(self) -> QLabel:
        words = _(
            "Opens the window from any program. The keyboard is listened to for this alone, nothing is kept."
        )
        if not can_be_heard():
            words = _(
                "Wayland lets no program hear keys of other windows. In the system's settings you can give"
                " the command a key: {command}"
            ).format(command=f"{sys.executable} -m bureaucrat --submit")
        elif sys.platform == "darwin":
            words += " " + _("macOS asks you to allow it in Privacy and Security.")
        note = label(words, "muted", "hotkey_note", wrap=True)
        note.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return note

    def _language(self) -> QComboBox:
        choice = QComboBox()
        choice.setObjectName("language")
        choice.setAccessibleName(_("Language"))
        for code, name in LANGUAGES.items():
            choice.addItem(name, code)
        choice.setCurrentIndex(choice.findData(language()))
        choice.activated.connect(lambda _index: self.language_chosen.emit(choice.currentData()))
        return choice
