"""How a guard says no: as a problem, unless the application knows better what its caller reads."""

from __future__ import annotations

from collections.abc import Callable

from starlette.responses import Response
from starlette.types import Scope

from chassis.problems import Problem

Refuse = Callable[[Scope, Problem], Response]


def as_problem(_scope: Scope, problem: Problem) -> Response:
    return problem.response()
