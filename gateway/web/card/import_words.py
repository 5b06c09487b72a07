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
    "contracts": _("Contracts"),
    "credentials": _("Credentials"),
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
    "person_id": _("Who uses it"),
    "number": _("Contract number"),
    "plan": _("SLA plan"),
    "plan_id": _("SLA plan"),
    "valid_from": _("Valid from"),
    "valid_to": _("Valid to"),
    "included_minutes": _("Hours a month"),
    "rate": _("Rate beyond them, ₽/h"),
    "additional_rate": _("Rate of additional work, ₽/h"),
    "label": _("What it is for"),
    "address": _("Address"),
    "equipment": _("What it opens"),
    "equipment_id": _("What it opens"),
    "login": _("Login"),
    "secret": _("Password"),
    "totp_seed": _("Seed of one-time codes"),
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
    "it begins or ends with a blank; type it in by hand if it is meant": _(
        "it begins or ends with a blank; type it in by hand if it is meant"
    ),
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
    "not a MAC address such as 00:1a:2b:3c:4d:5e": _("not a MAC address"),
    "an address without a zone": _("not an IPv4 or IPv6 address"),
    "not a number": _("not a number"),
    "it ends before it begins": _("it ends before it begins"),
    "there is no such SLA plan": _("there is no such SLA plan"),
    "several plans are called so": _("several SLA plans are called so"),
    "another person of this company has it": _("another person of this company has it"),
    "it holds what is no character": _("characters that do not belong there"),
    "not a seed in Base32, nor an otpauth://totp/ address that makes sense": _(
        "not a seed of one-time codes"
    ),
    "your role does not keep companies": _("your role does not keep companies"),
    "your role does not keep contracts": _("your role does not keep contracts"),
    "this is neither an Excel workbook (.xlsx) nor text in UTF-8 or Windows-1251": _(
        "it is neither an Excel workbook nor text in UTF-8 or Windows-1251"
    ),
    "this is an old or an encrypted workbook; save it as .xlsx without a password": _(
        "an old or an encrypted workbook; save it as .xlsx without a password"
    ),
    "this workbook cannot be read; open it and save it as .xlsx again": _(
        "the workbook cannot be read; open it and save it as .xlsx again"
    ),
    "this workbook unpacks to more than we take; import it in parts": _(
        "it is too large; bring it in by parts"
    ),
    "there is too much text in it; import it in parts": _("it is too large; bring it in by parts"),
    "there is no sheet in it": _("there is no sheet in it"),
    "there is nothing in it": _("there is nothing in it"),
    "there are no rows below the header": _("there are no rows below the header"),
    "a field can be matched with one column only": _("a field can be meant by one column only"),
    "no column is matched with a field": _("choose what at least one column means"),
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
    r"Value should have at most ([0-9]+) items? after validation, not [0-9]+": _("longer than %s characters"),
    r"((?:Value|String) should have at least [0-9]+ (?:item|character).*)": _("too short"),
    r"(Input should be a valid string.*)": _("characters that do not belong there"),
    r"(Input should be a valid date.*|.* value is outside expected range.*)": _("there is no such day"),
    r"(a day between [0-9-]+ and [0-9-]+|a day is written YYYY-MM-DD)": _("there is no such day"),
    r"List should have at most ([0-9]+) items? after validation, not [0-9]+": _("more than %s of them"),
    r"contract (.+) of this file holds from [0-9-]+ until .+": _(
        "contract %s of this file holds then already"
    ),
    r"contract (.+) holds from [0-9-]+ until .+": _("contract %s holds then already"),
    r"more than ([0-9]+) pieces in a row": _("more than %s pieces in a row"),
    r"there are more than ([0-9]+) rows; import it in parts": _("more than %s rows; bring it in by parts"),
    r"row ([0-9]+) has more than [0-9]+ cells": _("row %s has too many cells"),
    r"row ([0-9]+) has a cell of more than [0-9]+ characters": _("row %s has too long a cell"),
    r"line ([0-9]+): .+": _("line %s cannot be read"),
    r"there are ([0-9]+) columns, and [0-9]+ are matched": _(
        "there are %s columns; say of each what it means"
    ),
    r"there is no field (.+)": _("there is no field %s"),
    r"not while it is (.+)": _("it is gone through already; wait until that is over"),
}


def reason(lang: str, why: str) -> str:
    """«email: not an e-mail address», in words; what is not known is shown as it came."""
    place, colon, message = why.partition(": ")
    # «addresses.0»: the first of several.
    field = place.partition(".")[0]
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
