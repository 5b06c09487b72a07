"""Why the FAQ says no."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from services.faq.domain.article import Article


class RuleError(Exception):
    """The FAQ's rules forbid this; `field` is the field at fault."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field
        self.message = message


class ArticleNotFoundError(Exception):
    """There is no such article or version, or it is not the caller's to see."""


class NotAllowedError(Exception):
    """The caller's role does not reach so far."""


class ConflictError(Exception):
    """Somebody changed it meanwhile; `current` is how it stands, `contested` what this change wanted."""

    def __init__(self, current: Article | None = None, contested: tuple[str, ...] = ()) -> None:
        super().__init__()
        self.current = current
        self.contested = contested


class MadeBeforeError(Exception):
    """The same Idempotency-Key made something already."""


class KeyReusedError(Exception):
    """The same Idempotency-Key came with something else."""


class DraftedBeforeError(Exception):
    """There is a draft from this ticket that nobody has published or put away."""

    def __init__(self, draft: Article) -> None:
        super().__init__()
        self.draft = draft
