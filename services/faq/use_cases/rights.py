"""Who may write what, and who may read it."""

from __future__ import annotations

from chassis.principal import Principal
from contracts.people import Author, StaffRef
from services.faq.domain.article import Article
from services.faq.domain.errors import ArticleNotFoundError, NotAllowedError

_WRITING = frozenset({"specialist", "dispatcher", "manager", "admin"})
# Clients read what these say; and what was published is not taken away by just anybody.
_PUBLISHING = _WRITING - {"specialist"}


def must_write(staff: Principal) -> None:
    """Raises NotAllowedError."""
    if _WRITING.isdisjoint(staff.roles):
        raise NotAllowedError


def must_publish(staff: Principal, was_open: bool, is_open: bool, is_withdrawn: bool) -> None:
    """Raises NotAllowedError: a specialist writes for colleagues, others for clients as well."""
    if (was_open or is_open or is_withdrawn) and _PUBLISHING.isdisjoint(staff.roles):
        raise NotAllowedError


def must_see(article: Article, caller: Principal) -> None:
    """Raises ArticleNotFoundError, alike for «not there» and «not yours»."""
    if not caller.is_staff and not article.is_open:
        raise ArticleNotFoundError


def staff_ref(staff: Principal) -> StaffRef:
    return StaffRef(id=staff.id, full_name=staff.full_name)


def author_of(caller: Principal) -> Author:
    if caller.is_staff:
        return Author(kind="staff", id=caller.id, full_name=caller.full_name)
    return Author(kind="person", id=caller.person_id or caller.id, full_name=caller.full_name)
