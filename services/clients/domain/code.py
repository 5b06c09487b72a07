"""Enrolment codes: what a company's people type to enrol their Bureaucrat."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from random import Random
from uuid import UUID

from pydantic import BaseModel

from services.clients.domain.errors import CodeRefusedError, RuleError

# Without those that read alike: 0 O, 1 I L, and U for V.
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_GENERATED_LENGTH = 10
_SHORTEST, _LONGEST = 4, 32
_TYPEABLE = re.compile(r"[A-Z0-9]+(?:[ -][A-Z0-9]+)*")
# Cyrillic letters that look like Latin ones: a code read aloud or on paper is typed in either layout.
_LOOK_ALIKE = str.maketrans("АВЕКМНОРСТУХ", "ABEKMHOPCTYX")


def code_key(text: str) -> str:
    """What all spellings of one code have in common: case, spaces, hyphens and layout don't count."""
    plain = unicodedata.normalize("NFKC", text).upper().translate(_LOOK_ALIKE)
    return "".join(character for character in plain if character.isascii() and character.isalnum())


class Code(BaseModel):
    """Good until it is withdrawn, expires, or was used `max_uses` times."""

    key: str
    code: str
    company_id: UUID
    created_at: datetime
    created_by: UUID
    expires_at: datetime | None = None
    max_uses: int | None = None
    uses: int = 0
    withdrawn_at: datetime | None = None

    def must_be_good(self, at: datetime) -> None:
        """Raises CodeRefusedError."""
        expired = self.expires_at is not None and self.expires_at <= at
        used_up = self.max_uses is not None and self.uses >= self.max_uses
        if self.withdrawn_at or expired or used_up:
            raise CodeRefusedError


def check_code(text: str) -> str:
    """The code as it will be shown; raises RuleError for one that nobody could type, or anybody guess."""
    shown = text.upper().translate(_LOOK_ALIKE)
    if not _TYPEABLE.fullmatch(shown) or not _SHORTEST <= len(code_key(shown)) <= _LONGEST:
        raise RuleError("code", f"{_SHORTEST} to {_LONGEST} Latin letters and digits, hyphens between them")
    return shown


def make_up_code(random: Random) -> str:
    """About 49 bits in two groups; `random` is the system's."""
    characters = "".join(random.choices(_ALPHABET, k=_GENERATED_LENGTH))
    return f"{characters[:5]}-{characters[5:]}"
