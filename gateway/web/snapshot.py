"""The computer snapshot in words: what Бюрократ sends is known, whatever else comes is shown as it came."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from gettext import NullTranslations
from typing import Any

from babel.numbers import format_decimal

from gateway.web import labels, moments

Line = tuple[str, list[str]]
_LONGEST_VALUE = 500


def snapshot_lines(diagnostics: Mapping[str, Any], lang: str, words: NullTranslations) -> Iterator[Line]:
    """A label and its values for each thing known of the computer."""
    for name, value in diagnostics.items():
        label = words.gettext(labels.DIAGNOSTICS[name]) if name in labels.DIAGNOSTICS else name
        yield label, [said for part in _parts(value) if (said := _said(name, part, lang, words))]


def _parts(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _said(name: str, value: Any, lang: str, words: NullTranslations) -> str:
    if name == "uptime_seconds" and _is_whole(value):
        return _running(value, words)
    if isinstance(value, Mapping):
        total, free = value.get("total_bytes"), value.get("free_bytes", value.get("available_bytes"))
        if _is_whole(total) and _is_whole(free):
            place = f"{value['path']}: " if isinstance(value.get("path"), str) else ""
            return place + words.gettext("%(free)s GB free of %(total)s GB") % {
                "free": _gigabytes(free, lang),
                "total": _gigabytes(total, lang),
            }
    if value is None:
        return ""
    said = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return said[:_LONGEST_VALUE]


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**60


def _running(seconds: int, words: NullTranslations) -> str:
    days, minutes = seconds // 86_400, seconds // 60 % 1440
    if not days:
        return moments.spent(minutes, words)
    return words.ngettext("%d day", "%d days", days) % days + " " + moments.spent(minutes // 60 * 60, words)


def _gigabytes(count: Any, lang: str) -> str:
    return str(format_decimal(round(count / 1024**3, 1), locale=lang))
