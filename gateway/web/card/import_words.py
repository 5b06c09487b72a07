"""What the kinds, fields and outcomes of imports are called on the screen."""

from __future__ import annotations

import re
from collections.abc import Mapping

from gateway.web.language import words_of


def _(message: str) -> str:
    """Marks a message for the catalogue; it is translated where it is shown."""
    return message


KINDS = {
    "people": _("People"),
    "companies": _("Companies"),
    "equipment": _("Equipment"),
    "licences": _("Licences"),
}
OUTCOMES = {
    "create": _("add"),
    "update": _("change"),
    "skip": _("as it is"),
    "error": _("error"),
}
OUTCOMES_DONE = {**OUTCOMES, "create": _("added"), "update": _("changed afterwards")}
FIELDS = {
    "id": _("Identifier"),
    "name": _("Name"),
    "short_name": _("Short name"),
    "tax_id": _("Tax id"),
    "screenshots_allowed": _("Screenshots"),
    "notes": _("Notes"),
    "company_id": _("Company's identifier"),
    "company": _("Company"),
    "company_tax_id": _("Company's tax id"),
    "full_name": _("Full name"),
    "position": _("Position"),
    "email": _("E-mail"),
    "phone": _("Phone"),
    "is_manager": _("Manager"),
    "product": _("Product"),
    "vendor": _("Vendor"),
    "seats": _("Seats"),
    "valid_until": _("Valid until"),
    "people": _("Who uses it"),
    "kind": _("Kind"),
    "model": _("Model"),
    "serial": _("Serial number"),
    "hostname": _("Host name"),
    "addresses": _("Addresses"),
    "mac": _("MAC address"),
    "place": _("Place"),
    "person": _("Who uses it"),
    "connected_to": _("Connected to"),
    "warranty_until": _("Warranty until"),
}
STATES = {
    "matching": _("columns to be named"),
    "checking": _("rows are looked at"),
    "checked": _("to be written"),
    "applying": _("being written"),
    "done": _("written"),
    "failed": _("failed"),
}
REASONS = {
    "it is missing": _("it is missing"),
    "it is archived": _("it is in the archive"),
    "neither yes nor no": _("neither yes nor no"),
    "not a whole number": _("not a whole number"),
    "not a day such as 31.12.2026 or 2026-12-31": _("not a day such as 31.12.2026"),
    "not an e-mail address": _("not an e-mail address"),
    "not a phone number": _("not a phone number"),
    "it is not said whose it is": _("it is not said whose it is"),
    "there is none of this name or tax id": _("there is none of this name or tax id"),
    "there are several of this name; say its tax id": _("there are several of this name; say its tax id"),
    "there are several of this name; say which by its id": _("there are several of this name"),
    "it belongs to another one": _("it belongs to another company"),
    "nothing changes": _("nothing changes"),
    "there is no such thing": _("there is no such thing"),
    "somebody changed it since the preview": _("somebody changed it since the preview"),
    "somebody added it since the preview": _("somebody added it since the preview"),
    "we made a mistake; it is in our log": _("we made a mistake; it is in our log"),
    "there are more cells than columns": _("there are more cells than columns"),
    "nothing is said in the columns that count": _("nothing is said in the columns that count"),
    "you look after certain companies only; a new one is for somebody else to add": _(
        "you look after certain companies only; a new one is for somebody else to add"
    ),
    "there is no such company": _("there is no such company"),
    "this company is archived": _("it is in the archive"),
    "there is nobody like that at this company": _("there is nobody like that at this company"),
    "somebody named is not at this company": _("there is nobody like that at this company"),
    "the company has no such piece of equipment": _("the company has no such piece of equipment"),
    "something named is not of this company": _("the company has no such piece of equipment"),
    "it would hang on itself": _("it would hang on itself"),
    "not an IPv4 or IPv6 address": _("not an IPv4 or IPv6 address"),
    "not a MAC address": _("not a MAC address"),
}
# What says a name or a number as well: how it is written, and how it is told.
PATTERNS = {
    r"row ([0-9]+) says the same thing": _("row %s says the same thing"),
    r"(?:nobody|nothing) is called (.+) at this company": _(
        "nobody and nothing is called %s at this company"
    ),
    r"several (?:pieces )?are called (.+) at this company": _("several are called %s at this company"),
    r"([0-9]+) would use it, and there are [0-9]+ seats": _(
        "%s would use it, which is more than there are seats"
    ),
    r"String should have at most ([0-9]+) characters": _("longer than %s characters"),
    r"Input should be less than or equal to ([0-9]+)": _("more than %s"),
    r"Input should be ('.+)": _("none of these: %s"),
    r"String should match pattern '(.+)'": _("characters that do not belong there"),
}


def reason(lang: str, why: str) -> str:
    """«email: not an e-mail address», in words; what is not known is shown as it came."""
    field, colon, message = why.partition(": ")
    if not colon or field not in FIELDS:
        return _told(lang, why)
    return f"{said(lang, FIELDS, field)}: {_told(lang, message.removeprefix('Value error, '))}"


def _told(lang: str, message: str) -> str:
    for pattern, words in PATTERNS.items():
        if found := re.fullmatch(pattern, message):
            told = words_of(lang).gettext(words)
            return told % found[1] if "%s" in told else told
    return said(lang, REASONS, message)


def said(lang: str, words: Mapping[str, str], key: str) -> str:
    """What a newer service knows more is shown as it came."""
    return words_of(lang).gettext(words[key]) if key in words else key
