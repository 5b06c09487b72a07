"""A secret spelled for the phone: each sign with a word that cannot be misheard."""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

from gateway.web.language import words_of

_LATIN_WORDS = (
    "Alfa Bravo Charlie Delta Echo Foxtrot Golf Hotel India Juliett Kilo Lima Mike November Oscar Papa "
    "Quebec Romeo Sierra Tango Uniform Victor Whiskey X-ray Yankee Zulu"
)
_CYRILLIC_WORDS = (
    "Анна;Борис;Василий;Григорий;Дмитрий;Елена;Ёлка;Женя;Зинаида;Иван;Иван краткий;Константин;Леонид;"
    "Михаил;Николай;Ольга;Павел;Роман;Семён;Татьяна;Ульяна;Фёдор;Харитон;Цапля;Человек;Шура;Щука;"
    "твёрдый знак;еры;мягкий знак;Эхо;Юрий;Яков"
)
_LATIN = dict(zip("abcdefghijklmnopqrstuvwxyz", _LATIN_WORDS.split(" "), strict=True))
_CYRILLIC = dict(zip("абвгдеёжзийклмнопрстуфхцчшщъыьэюя", _CYRILLIC_WORDS.split(";"), strict=True))


class Spelled(NamedTuple):
    sign: str
    said: str


def _(message: str) -> str:
    """Marks a message for the catalogue; it is translated where it is shown."""
    return message


_SIGNS = {
    " ": _("space"),
    "!": _("exclamation mark"),
    '"': _("double quote"),
    "#": _("hash"),
    "$": _("dollar"),
    "%": _("percent"),
    "&": _("ampersand"),
    "'": _("apostrophe"),
    "(": _("opening bracket"),
    ")": _("closing bracket"),
    "*": _("asterisk"),
    "+": _("plus"),
    ",": _("comma"),
    "-": _("hyphen"),
    ".": _("full stop"),
    "/": _("slash"),
    ":": _("colon"),
    ";": _("semicolon"),
    "<": _("less than"),
    "=": _("equals"),
    ">": _("greater than"),
    "?": _("question mark"),
    "@": _("at sign"),
    "[": _("opening square bracket"),
    "\\": _("backslash"),
    "]": _("closing square bracket"),
    "^": _("caret"),
    "_": _("underscore"),
    "`": _("backtick"),
    "{": _("opening curly bracket"),
    "|": _("vertical bar"),
    "}": _("closing curly bracket"),
    "~": _("tilde"),
}


def spelled(secret: str, lang: str) -> list[Spelled]:
    return [Spelled(sign, _said(sign, lang)) for sign in secret]


def _said(sign: str, lang: str) -> str:
    gettext = words_of(lang).gettext
    if sign.isascii() and sign.isdigit():
        return gettext("digit %s") % sign
    small = sign.lower()
    word, alphabet = (
        (_LATIN.get(small), _("Latin")) if small in _LATIN else (_CYRILLIC.get(small), _("Cyrillic"))
    )
    if word is not None:
        size = _("capital") if sign != small else _("small")
        return f"{word}, {gettext(alphabet)}, {gettext(size)}"
    if sign in _SIGNS:
        return gettext(_SIGNS[sign])
    return unicodedata.name(sign, f"U+{ord(sign):04X}").lower()
