"""The words on the screen: English in the code, other languages from the catalogues in `locale/`."""

from __future__ import annotations

import gettext
import io
import os
from pathlib import Path

CATALOGUES = Path(__file__).parent / "locale"
LANGUAGES = {"ru": "Русский", "en": "English"}

_current: gettext.NullTranslations = gettext.NullTranslations()
_language = "en"


def load(language: str) -> gettext.NullTranslations:
    """The catalogue of a language, compiled from its .po; English needs none."""
    source = CATALOGUES / f"{language}.po"
    if not source.is_file():
        return gettext.NullTranslations()
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = io.BytesIO()
    with source.open("rb") as lines:
        write_mo(compiled, read_po(lines, locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def speak(language: str) -> None:
    """From now on the program speaks this language."""
    global _current, _language
    _current, _language = load(language), language


def language() -> str:
    return _language


def system_language() -> str:
    """Russian unless the system is plainly set to English."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "en" if value.lower().startswith("en") else "ru"
    return "ru"


def _(message: str) -> str:
    return _current.gettext(message)


def n_(one: str, many: str, count: int) -> str:
    """The right plural form, with `{count}` filled in."""
    return _current.ngettext(one, many, count).format(count=count)
