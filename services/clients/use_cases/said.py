"""What a patch says: the fields that it names, as their values are."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel


def said_in(patch: BaseModel) -> dict[str, Any]:
    """In the order in which the fields are declared."""
    said = patch.model_fields_set
    return {name: getattr(patch, name) for name in type(patch).model_fields if name in said}
