"""What the forms of articles say, as the service takes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

_FIELDS = ("title", "body", "category", "visibility")


@dataclass(frozen=True)
class Typed:
    """What stands in the editor; `tags` as one line, separated by commas."""

    title: str = ""
    body: str = ""
    category: str = ""
    tags: str = ""
    visibility: str = "internal"
    check_by: str = ""
    version: str = "0"
    key: str = field(default="")


def typed_of(form: Mapping[str, Any]) -> Typed:
    return Typed(**{name: str(form.get(name, "")) for name in Typed.__dataclass_fields__ if name in form})


def typed_from(article: Mapping[str, Any]) -> Typed:
    return Typed(
        **{name: article[name] for name in _FIELDS},
        tags=", ".join(article["tags"]),
        check_by=article["check_by"] or "",
        version=str(article["version"]),
    )


def article_of(typed: Typed) -> dict[str, Any]:
    return {
        **{name: getattr(typed, name) for name in _FIELDS},
        "tags": [tag for tag in (part.strip() for part in typed.tags.split(",")) if tag],
        "check_by": typed.check_by or None,
    }


def version_in(form: Mapping[str, Any]) -> str:
    """For If-Match; what is none of ours conflicts with everything."""
    version = str(form.get("version", ""))
    return f'"{version}"' if version.isascii() and version.isdigit() and len(version) < 10 else '"0"'
