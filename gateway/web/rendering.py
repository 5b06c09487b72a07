"""Jinja2 for the pages: escaping on, undefined names are errors, one environment for each language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any

from babel.numbers import format_decimal
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from gateway.web import labels, moments
from gateway.web.assets import static
from gateway.web.card import import_words
from gateway.web.card.fields import THINGS, shown
from gateway.web.clock_bar import life_of
from gateway.web.language import LANGUAGES, words_of
from gateway.web.names import short_name
from gateway.web.reports import words as report_words
from gateway.web.snapshot import snapshot_lines
from gateway.web.texts import linked
from gateway.web.translated import translate

TEMPLATES = Path(__file__).parent / "templates"


@cache
def icon(name: str) -> Markup:
    """A picture of the sprite, decorative: the words beside it say what is meant."""
    return Markup('<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>').format(
        static("icons.svg"), name
    )


# Somebody's own keys may be called like these.
_METHODS = frozenset(dir(dict))


class Pages(Environment):
    """`one.name` of a plain dict is its key: Jinja2 would look for an attribute first, each time in vain."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        if type(obj) is dict and attribute in obj and attribute not in _METHODS:
            return obj[attribute]
        return super().getattr(obj, attribute)


@cache
def environment(lang: str) -> Environment:
    pages = Pages(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        extensions=["jinja2.ext.i18n"],
    )
    translate(pages, lang)
    pages.filters |= _NEUTRAL | _filters_in(lang)
    pages.filters |= {name: partial(_named, lang, names) for name, names in _NAMED.items()}
    pages.globals |= _GLOBALS
    return pages


def _named(lang: str, names: dict[str, str], key: str) -> str:
    """An unknown word is shown as it came: a newer service may know more than these pages."""
    return words_of(lang).gettext(names[key]) if key in names else key


def _spent(lang: str, minutes: int) -> str:
    return moments.spent(minutes, words_of(lang))


def _side(lang: str, change: Mapping[str, Any], side: str) -> str:
    """The value of a changed field before or after, in words."""
    value = change.get(side)
    if isinstance(value, Mapping):
        return short_name(str(value.get("full_name") or value.get("name") or value.get("id", "")))
    names = {"status": labels.STATUSES, "priority": labels.PRIORITIES}.get(change["field"], {})
    return _named(lang, names, str(value)) if value else ""


def _days_left(lang: str, days: int) -> str:
    return moments.days_left(days, words_of(lang))


def _away(lang: str, until: str) -> str:
    return moments.away(until, words_of(lang))


def _size(lang: str, size: int) -> str:
    """A file's size, in bytes of 1024 as the desktops count them."""
    words = words_of(lang)
    for unit, least in ((words.gettext("MB"), 1024 * 1024), (words.gettext("KB"), 1024)):
        if size >= least:
            return f"{format_decimal(round(size / least, 1), locale=lang)} {unit}"
    return words.gettext("%d B") % size


def _dialled(phone: str) -> str:
    """What a `tel:` link may hold: digits and a leading plus."""
    return "".join(sign for sign in phone if sign.isascii() and (sign.isdigit() or sign == "+"))


# What reads alike in every language.
_NEUTRAL: dict[str, Any] = {
    "short_name": short_name,
    "linked": linked,
    "moment": moments.moment,
    "moment_in": moments.moment_in,
    "month": moments.month,
    "day": moments.day,
    "written": moments.written,
    "written_short": moments.written_short,
    "dialled": _dialled,
}
# Filters that put a word of the screen for a word of the interfaces.
_NAMED: dict[str, dict[str, str]] = {
    "status": labels.STATUSES,
    "priority": labels.PRIORITIES,
    "found_in": labels.FOUND_IN,
    "channel": labels.CHANNELS,
    "field": labels.FIELDS,
    "article_status": labels.ARTICLE_STATUSES,
    "article_field": labels.ARTICLE_FIELDS,
    "visibility": labels.VISIBILITIES,
    "client_status": labels.CLIENT_STATUSES,
    "interval_reason": {**labels.INTERVALS, **labels.STATUSES},
    "equipment_kind": labels.EQUIPMENT_KINDS,
    "seen_field": labels.SEEN_FIELDS,
    "reveal_kind": labels.REVEAL_KINDS,
    "term_kind": labels.TERM_KINDS,
    "contract_state": labels.CONTRACT_STATES,
    "import_state": import_words.STATES,
}
_GLOBALS: dict[str, Any] = {
    "languages": LANGUAGES,
    "static": static,
    "icon": icon,
    "statuses": labels.STATUSES,
    "priorities": labels.PRIORITIES,
    "article_statuses": labels.ARTICLE_STATUSES,
    "entry_words": labels.ENTRIES,
    "steps": labels.STEPS,
    "link_words": labels.LINKS,
    "breach_reasons": labels.BREACH_REASONS,
    "ages": report_words.AGES,
    "life_of": life_of,
    "things": THINGS,
}


def _filters_in(lang: str) -> dict[str, Any]:
    return {
        "roubles": partial(moments.roubles, lang=lang),
        "spent": partial(_spent, lang),
        "place": partial(moments.place, lang=lang),
        "snapshot_lines": lambda diagnostics: snapshot_lines(diagnostics, lang, words_of(lang)),
        "side": partial(_side, lang),
        "shown": partial(shown, lang),
        "import_reason": partial(import_words.reason, lang),
        "days_left": partial(_days_left, lang),
        "away": partial(_away, lang),
        "size": partial(_size, lang),
    }


def render(template: str, lang: str, **context: Any) -> str:
    return environment(lang).get_template(template).render(context)
