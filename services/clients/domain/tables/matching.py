"""Which column of somebody's file means which field."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence

from services.clients.domain.search import plain
from services.clients.domain.tables.errors import TableError
from services.clients.domain.tables.field import Columns
from services.clients.domain.tables.sheet import Line, Sheet

_NOT_A_LETTER = re.compile(r"[\W_]+")
_ALIKE = 0.85
_SECRET = frozenset(
    {
        *("ключ", "ключлицензии", "лицензионныйключ", "ключпродукта", "серийныйключ", "кодактивации"),
        *("пароль", "пароли", "секрет", "пинкод", "key", "licencekey", "licensekey", "productkey"),
        *("activationkey", "password", "passwords", "secret", "pin", "totp", "seed", "token", "токен"),
    }
)


def propose(headers: Sequence[str], columns: Columns) -> list[str | None]:
    """The field each header seems to mean: by its very words first, then by a typo's distance; each once."""
    known = {_letters(title): field.name for field in columns.fields for title in (field.name, *field.titles)}
    spoken = [_letters(header) for header in headers]
    found: list[str | None] = [None] * len(headers)
    for exactly in (True, False):
        for place, words in enumerate(spoken):
            if found[place] is None and words:
                name = known.get(words) if exactly else _nearest(words, known)
                found[place] = name if name not in found else None
    return found


def without_secrets(sheet: Sheet) -> Sheet:
    """What has no place in a table: rows are kept as they came, for the preview, and anybody's to read."""
    secret = {place for place, header in enumerate(sheet.headers) if _letters(header) in _SECRET}
    if not secret:
        return sheet
    lines = [
        Line(line.row, ["" if place in secret else cell for place, cell in enumerate(line.cells)])
        for line in sheet.lines
    ]
    return sheet._replace(lines=lines)


def must_fit(matching: Sequence[str | None], headers: Sequence[str], columns: Columns) -> None:
    """Raises TableError for a matching that is not of these columns, or says a field twice or none."""
    if len(matching) != len(headers):
        raise TableError(f"there are {len(headers)} columns, and {len(matching)} are matched")
    named = [name for name in matching if name is not None]
    if unknown := sorted(set(named) - columns.names):
        raise TableError(f"there is no field {unknown[0]}")
    if len(named) != len(set(named)):
        raise TableError("a field can be matched with one column only")
    if not named:
        raise TableError("no column is matched with a field")


def _letters(header: str) -> str:
    return _NOT_A_LETTER.sub("", plain(header))


def _nearest(words: str, known: dict[str, str]) -> str | None:
    near = difflib.get_close_matches(words, known, n=1, cutoff=_ALIKE)
    return known[near[0]] if near else None
