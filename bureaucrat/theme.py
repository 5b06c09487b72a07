"""Colours and shapes, light and dark as the system wants them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from string import Template

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QIcon, QPalette
from PySide6.QtWidgets import QApplication

_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Colours:
    window: str
    surface: str
    raised: str
    text: str
    muted: str
    line: str
    accent: str
    accent_strong: str
    on_accent: str
    own: str
    danger: str
    danger_soft: str
    good: str


LIGHT = Colours(
    window="#f5f6f8",
    surface="#ffffff",
    raised="#eceef2",
    text="#1c2128",
    muted="#5f6873",
    line="#d5dae1",
    accent="#2857c9",
    accent_strong="#1f47a8",
    on_accent="#ffffff",
    own="#e4ebfb",
    danger="#b3261e",
    danger_soft="#fbe9e7",
    good="#1b7a48",
)
DARK = Colours(
    window="#17191d",
    surface="#202328",
    raised="#2b2f36",
    text="#e7e9ec",
    muted="#a0a8b3",
    line="#3a4049",
    accent="#7ea2ff",
    accent_strong="#9cb8ff",
    on_accent="#0d1424",
    own="#26324d",
    danger="#ff8a80",
    danger_soft="#3d2523",
    good="#6fd39b",
)
_chosen = LIGHT


def colours() -> Colours:
    return _chosen


def icon() -> QIcon:
    return QIcon(str(_HERE / "icon.svg"))


def dress(application: QApplication) -> None:
    """Dress the whole program, now and whenever the system turns light or dark."""
    application.setStyle("Fusion")
    wear(application, _system_colours(application))
    hints = application.styleHints()
    hints.colorSchemeChanged.connect(lambda _scheme: wear(application, _system_colours(application)))


def _system_colours(application: QApplication) -> Colours:
    scheme = application.styleHints().colorScheme()
    if scheme == Qt.ColorScheme.Unknown:
        # An old desktop does not say; its window colour does.
        window = application.style().standardPalette().color(QPalette.ColorRole.Window)
        return DARK if window.lightness() < 128 else LIGHT
    return DARK if scheme == Qt.ColorScheme.Dark else LIGHT


def wear(application: QApplication, chosen: Colours) -> None:
    """Put these colours on every window."""
    global _chosen
    _chosen = chosen
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: chosen.window,
        QPalette.ColorRole.WindowText: chosen.text,
        QPalette.ColorRole.Base: chosen.surface,
        QPalette.ColorRole.AlternateBase: chosen.raised,
        QPalette.ColorRole.Text: chosen.text,
        QPalette.ColorRole.PlaceholderText: chosen.muted,
        QPalette.ColorRole.Button: chosen.surface,
        QPalette.ColorRole.ButtonText: chosen.text,
        QPalette.ColorRole.ToolTipBase: chosen.surface,
        QPalette.ColorRole.ToolTipText: chosen.text,
        QPalette.ColorRole.Highlight: chosen.accent,
        QPalette.ColorRole.HighlightedText: chosen.on_accent,
        QPalette.ColorRole.Link: chosen.accent,
        QPalette.ColorRole.Mid: chosen.line,
    }
    for role, colour in roles.items():
        palette.setColor(role, QColor(colour))
        if role in {QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText}:
            palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(chosen.muted))
    application.setPalette(palette)
    application.setStyleSheet(
        Template((_HERE / "theme.qss").read_text()).substitute(vars(chosen), arrow=_arrow())
    )


def _arrow() -> str:
    return (_HERE / ("arrow-dark.svg" if _chosen is DARK else "arrow-light.svg")).as_posix()
