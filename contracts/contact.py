"""How people are reached: e-mail addresses and phones as typed, checked, and as they are compared."""

from __future__ import annotations

import re
import unicodedata
from typing import Annotated

from pydantic import AfterValidator, Field

from contracts.text import Line

LONGEST_EMAIL = 254
LONGEST_PHONE = 60
_LOCAL_PART = re.compile(r"[^\s@()<>\[\],;:\\\"\x00-\x20]{1,64}")
_DOMAIN_LABEL = re.compile(r"(?!-)[\w-]{1,63}(?<!-)")
_PHONE = re.compile(r"[+0-9 ().,#*/-]{2,}(?:(?:доб|вн|ext|x)\.? ?[0-9]{1,10})?", re.IGNORECASE)
_FEWEST_DIGITS, _MOST_DIGITS = 2, 25


def email_key(email: str) -> str:
    """What two spellings of one address have in common; empty for none."""
    return unicodedata.normalize("NFKC", email).casefold().strip()


def phone_digits(phone: str) -> str:
    """Only the digits, with Russia's domestic 8 as the international 7; an extension stays at the end."""
    digits = "".join(character for character in phone if character in "0123456789")
    is_domestic = len(digits) >= 11 and digits[0] == "8" and not phone.lstrip(" (").startswith("+")
    return f"7{digits[1:]}" if is_domestic else digits


def _check_email(email: str) -> str:
    local, at, domain = email.rpartition("@")
    labels = domain.split(".")
    well_formed = at and _LOCAL_PART.fullmatch(local) and ".." not in f".{local}."
    if not (well_formed and len(labels) > 1 and all(map(_DOMAIN_LABEL.fullmatch, labels))):
        raise ValueError("not an e-mail address")
    return email


def _check_phone(phone: str) -> str:
    if not _PHONE.fullmatch(phone) or not _FEWEST_DIGITS <= len(phone_digits(phone)) <= _MOST_DIGITS:
        raise ValueError("not a phone number")
    return phone


def _or_none(text: str) -> str:
    return _check_email(text) if text else text


def _phone_or_none(text: str) -> str:
    return _check_phone(text) if text else text


Email = Annotated[Line, Field(max_length=LONGEST_EMAIL), AfterValidator(_check_email)]
Phone = Annotated[Line, Field(max_length=LONGEST_PHONE), AfterValidator(_check_phone)]
EmailOrNone = Annotated[Line, Field(max_length=LONGEST_EMAIL), AfterValidator(_or_none)]
PhoneOrNone = Annotated[Line, Field(max_length=LONGEST_PHONE), AfterValidator(_phone_or_none)]
