"""What a company is called, without what people leave out or write otherwise: legal form, quotes, commas."""

from __future__ import annotations

import re

from services.clients.domain.search import plain

_WORDS = re.compile(r"[^\W_]+")
_SPELLED_OUT = re.compile(
    r"общество с ограниченной ответственностью"
    r"|(?:публичное |непубличное |закрытое |открытое )?акционерное общество"
    r"|индивидуальный предприниматель|автономная некоммерческая организация"
)
_RUSSIAN = {"ооо", "оао", "зао", "пао", "нао", "ао", "ип", "ано", "гуп", "муп", "фгуп", "мбоу", "гбоу", "тоо"}
_FORMS = _RUSSIAN | {"llc", "ltd", "inc", "gmbh"}


def bare_words(name: str) -> list[str]:
    """«ООО "Ромашка-Сервис"» is «ромашка», «сервис»; a name that is nothing but a form is left as it is."""
    words = _WORDS.findall(_SPELLED_OUT.sub(" ", plain(name)))
    return [word for word in words if word not in _FORMS] or words
