"""What changed from one version to the next: the text line by line, and the fields beside it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from difflib import SequenceMatcher

from contracts.faq_http import DiffLine, FieldChange
from services.faq.domain.article import Revision

_AROUND = 3


def differences(before: str, after: str) -> list[DiffLine]:
    """Changed lines with some of what stands around them; long stretches alike are one gap."""
    old, new = before.splitlines(), after.splitlines()
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    found: list[DiffLine] = []
    for group in matcher.get_grouped_opcodes(_AROUND):
        if found or group[0][1] > 0:
            found.append(DiffLine(kind="gap", text=""))
        for tag, old_from, old_to, new_from, new_to in group:
            found += _lines(tag, old[old_from:old_to], new[new_from:new_to])
    return found


def changes(before: Revision, after: Revision) -> list[FieldChange]:
    """The fields that are not alike, in the order in which one reads them."""
    found = [
        FieldChange(field="title", before=before.title, after=after.title),
        FieldChange(field="category", before=before.category, after=after.category),
        FieldChange(field="tags", before=", ".join(before.tags), after=", ".join(after.tags)),
        FieldChange(field="status", before=before.status, after=after.status),
        FieldChange(field="visibility", before=before.visibility, after=after.visibility),
    ]
    if "check_by" in before.model_fields_set & after.model_fields_set:
        days = {"before": _day(before.check_by), "after": _day(after.check_by)}
        found.append(FieldChange(field="check_by", **days))
    return [one for one in found if one.before != one.after]


def _day(value: date | None) -> str:
    return value.isoformat() if value else ""


def _lines(tag: str, old: list[str], new: list[str]) -> Iterator[DiffLine]:
    if tag == "equal":
        yield from (DiffLine(kind="same", text=line) for line in old)
        return
    yield from (DiffLine(kind="removed", text=line) for line in old)
    yield from (DiffLine(kind="added", text=line) for line in new)
