"""Every call is made as the same caller: schemathesis makes up, and leaves out, credentials where it may."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import schemathesis

from contracts.text import clean_line

_LONG = 100


@schemathesis.hook
def before_load_schema(_context: Any, raw_schema: dict[str, Any]) -> None:
    """Who calls is not its business: what it leaves out, the headers of the run would put back."""
    raw_schema.pop("security", None)
    for path in raw_schema["paths"].values():
        for operation in path.values():
            if isinstance(operation, dict):
                operation.pop("security", None)


@schemathesis.hook
def filter_case(_context: Any, case: Any) -> bool:
    """Too long only until what nobody can see is dropped is not too long; no schema can say that."""
    return not any(len(text) > _LONG and len(clean_line(text)) < len(text) for text in _texts(case.body))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)


@schemathesis.hook
def before_call(_context: Any, case: Any, _options: Any) -> None:
    case.headers.pop("Authorization", None)
    if own := os.environ["HELPDESK_AUTHORIZATION"]:
        case.headers["Authorization"] = own
