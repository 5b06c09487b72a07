"""The languages of the pages: catalogues compiled in memory from `locale/*/LC_MESSAGES/gateway.po`."""

from __future__ import annotations

from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).parents[2] / "locale"
DOMAIN = "gateway"
DEFAULT = "ru"
LANGUAGES = {"ru": "Русский", "en": "English"}


def known_language(wanted: str | None) -> str:
    """The language asked for, or Russian: the choice is the reader's, not the browser's."""
    return wanted if wanted in LANGUAGES else DEFAULT


@cache
def words_of(lang: str) -> NullTranslations:
    """The catalogue of a language; English needs none, because the message ids are English."""
    source = LOCALE / lang / "LC_MESSAGES" / f"{DOMAIN}.po"
    if not source.exists():
        return NullTranslations()
    compiled = BytesIO()
    with source.open("rb") as file:
        write_mo(compiled, read_po(file, locale=lang))
    compiled.seek(0)
    return GNUTranslations(compiled)
