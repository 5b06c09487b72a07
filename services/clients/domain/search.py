"""How names, addresses and phones are found: by the beginnings of words, however they are spelled."""

from __future__ import annotations

import re
import unicodedata

from contracts.contact import email_key, phone_digits
from services.clients.domain.machine_words import machine_words, parts_of

_LONGEST_WORD = 64
_LONGEST_SORT_KEY = 80
_MOST_WANTED = 8
_GAPS = re.compile(r"[\s«»„“”\"'()\[\]{}<>,;:!?/\\|]+")
_PIECES = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"\+?[0-9][0-9.-]*")
_EXTENSION = re.compile(r"[^0-9+ ().-]")
_PHONE = re.compile(r"[+0-9 ().-]{3,}")
_NATIONAL_DIGITS, _LOCAL_DIGITS, _ENDING_DIGITS = 10, 7, 4


def plain(text: str) -> str:
    """One spelling for sorting and comparing: no case, and ё is е."""
    return unicodedata.normalize("NFKC", text).casefold().replace("ё", "е").strip()


def sort_key(name: str) -> str:
    """Alphabetical, as far as anybody looks; bounded, because it travels in cursors."""
    return plain(name)[:_LONGEST_SORT_KEY]


def wanted_words(query: str) -> list[str]:
    """The beginnings that must all be there; addresses of machines keep their dots."""
    parts = list(parts_of(plain(query)))
    if not any(machine for _, machine in parts):
        return digit_words(query)
    words = [one for word, machine in parts for one in ([machine] if machine else _words(word))]
    return list(dict.fromkeys(words))[:_MOST_WANTED]


def digit_words(query: str) -> list[str]:
    """The same without knowing addresses; a phone may be typed with any spaces, dots and brackets.

    What has no words at all is looked for as it stands, so that it finds nothing rather than everything.
    """
    if _PHONE.fullmatch(query) and (digits := phone_digits(query)):
        return [digits]
    words = list(dict.fromkeys(_words(query)))[:_MOST_WANTED]
    return words or ([plain(query)] if query else [])


def name_keys(text: str) -> set[str]:
    """Words whole, and what they are made of: «Ромашка-Сервис» is found by «сервис» too."""
    words = set(_words(text))
    return words.union(machine_words(plain(text)), *(_PIECES.findall(word) for word in words))


def email_keys(email: str) -> set[str]:
    key = plain(email_key(email))
    return name_keys(key) | {key[:_LONGEST_WORD], key.rpartition("@")[2][:_LONGEST_WORD]} - {""}


def phone_keys(phone: str) -> set[str]:
    """By its beginning with 7, with 8, without either, by its local part, and by its last four digits."""
    number = phone_digits(_EXTENSION.split(phone, maxsplit=1)[0])
    keys = {phone_digits(phone), number, number[-_ENDING_DIGITS:]}
    if len(number) > _NATIONAL_DIGITS and number[0] == "7":
        keys |= {f"8{number[1:]}", number[1:], number[-_LOCAL_DIGITS:]}
    return {key[:_LONGEST_WORD] for key in keys if key}


def _words(text: str) -> list[str]:
    found = []
    for rough in _GAPS.split(plain(text)):
        word = re.sub(r"[^0-9]", "", rough) if _NUMBER.fullmatch(rough) else rough.strip(".-+*#@_№&=~^$%`")
        if word:
            found.append(word[:_LONGEST_WORD])
    return found
