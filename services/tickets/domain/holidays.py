"""Public holidays by country, as the library `holidays` knows them, days off moved by decree included."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache

from holidays import country_holidays, list_supported_countries

# Before and after these years nobody has decreed anything, and dates end.
_FIRST_YEAR, _LAST_YEAR = 1900, 2200


@cache
def countries() -> frozenset[str]:
    """Two-letter codes (ISO 3166-1)."""
    return frozenset(code for code in list_supported_countries() if len(code) == 2)


@lru_cache(maxsize=512)
def holidays_in(country: str, year: int) -> Mapping[date, str]:
    """The days on which the country rests in a year, with their names in its own language."""
    if not country or not _FIRST_YEAR <= year <= _LAST_YEAR:
        return {}
    return dict(country_holidays(country, years=year))
