"""Time zones and countries that an editor offers; others can be typed."""

from __future__ import annotations

from collections.abc import Iterable

from babel import Locale

ZONES = (
    "Europe/Kaliningrad", "Europe/Moscow", "Europe/Samara", "Asia/Yekaterinburg", "Asia/Omsk",
    "Asia/Novosibirsk", "Asia/Krasnoyarsk", "Asia/Irkutsk", "Asia/Yakutsk", "Asia/Vladivostok",
    "Asia/Magadan", "Asia/Kamchatka", "Europe/Minsk", "Asia/Almaty", "Asia/Tashkent", "Asia/Yerevan",
    "Asia/Baku",
    "Asia/Tbilisi", "Asia/Bishkek", "Europe/Chisinau", "Europe/Istanbul", "Europe/Berlin", "UTC",
)  # fmt: skip
COUNTRIES = ("RU", "BY", "KZ", "AM", "AZ", "GE", "KG", "MD", "UZ", "TR", "RS", "DE", "FI", "CN", "GB", "US")


def countries_in(lang: str, codes: Iterable[str]) -> dict[str, str]:
    """Names by code."""
    names = Locale.parse(lang).territories
    return {code: names.get(code, code) for code in codes}
