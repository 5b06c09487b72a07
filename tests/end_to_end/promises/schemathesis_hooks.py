"""Every call is made as the same caller: schemathesis makes up tokens of its own where it may."""

from __future__ import annotations

import os
from typing import Any

import schemathesis


@schemathesis.hook
def before_call(_context: Any, case: Any, _options: Any) -> None:
    case.headers.pop("Authorization", None)
    if own := os.environ["HELPDESK_AUTHORIZATION"]:
        case.headers["Authorization"] = own
