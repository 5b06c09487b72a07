"""The settings: a hotkey that is heard over other programs, and words where it cannot be."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QWidget

from bureaucrat.app import Bureaucrat
from bureaucrat.settings import Settings, load_settings
from tests.desktop.conftest import Until
from tests.desktop.screen import Programs
from tests.desktop.test_windows import part, text, top

Start = Callable[[Settings], Bureaucrat]
KEYS = ("key", "--clearmodifiers", "ctrl+shift+F9")


def choose(name: str, value: str) -> None:
    box = part("preferences", QComboBox, name)
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())


def test_the_hotkey_opens_the_window_over_another_program_until_it_is_taken_away(
    enrolled: Settings, start: Start, until: Until, programs: Programs, pattern: Path
) -> None:
    program = start(enrolled)
    program.show_preferences()
    choose("hotkey", "Ctrl+Shift+F9")
    until(lambda: program._hotkey.is_heard)
    programs.press(*KEYS)
    until(lambda: top("submit"))
    (top("submit") or QWidget()).close()
    until(lambda: not top("submit"))
    assert load_settings(None, enrolled.data_dir).hotkey == "Ctrl+Shift+F9"

    choose("hotkey", "")
    assert not program._hotkey.is_heard
    programs.press(*KEYS)
    program.show_tickets()
    until(lambda: top("tickets"))
    assert not top("submit")


def test_the_next_start_listens_for_what_was_chosen(
    enrolled: Settings, start: Start, until: Until, programs: Programs
) -> None:
    program = start(enrolled.choose_hotkey("Ctrl+Shift+F9"))
    until(lambda: program._hotkey.is_heard)
    programs.press(*KEYS)
    until(lambda: top("submit"))


def test_where_wayland_forbids_a_hotkey_the_settings_say_what_serves_instead(
    enrolled: Settings, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_SESSION_TYPE", "wayland")
    program = start(enrolled.choose_hotkey("Ctrl+Shift+F9"))
    program.show_preferences()
    assert "-m bureaucrat --submit" in text("preferences", "hotkey_note")
    assert not part("preferences", QComboBox, "hotkey").isEnabled()
    assert not program._hotkey.is_heard


def test_the_language_can_be_changed(enrolled: Settings, start: Start, until: Until) -> None:
    program = start(enrolled)
    program.show_tickets()
    program.show_preferences()
    choose("language", "en")
    until(lambda: (top("tickets") or QWidget()).windowTitle() == "Bureaucrat: my tickets")
    assert (top("preferences") or QWidget()).windowTitle() == "Bureaucrat: settings"
