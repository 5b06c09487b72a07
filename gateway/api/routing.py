"""One route for each path of the API, so that a wrong method is told which ones there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from starlette.convertors import Convertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match, Route
from starlette.types import Scope

from chassis.problems import problem_response
from gateway.api.calls import PREFIX, Call, Handler


class _TicketNumber(Convertor[str]):
    """Kept as text: a number with a thousand digits is no number of ours, and costs nothing."""

    regex = "[1-9][0-9]{0,14}"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


class _Identity(_TicketNumber):
    regex = "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"


register_url_convertor("number", _TicketNumber())
register_url_convertor("id", _Identity())


class PathRoute(Route):
    """Names itself in the scope, for the metrics; answers every method itself."""

    def __init__(self, path: str, handlers: dict[str, Handler]) -> None:
        self._handlers = handlers
        if "GET" in handlers:
            handlers.setdefault("HEAD", handlers["GET"])
        self._allowed = ", ".join(sorted(handlers))
        super().__init__(path, self._dispatch, include_in_schema=False)
        self.methods = None

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        match, child = super().matches(scope)
        if match is Match.FULL:
            child["route"] = self
        return match, child

    async def _dispatch(self, request: Request) -> Response:
        handler = self._handlers.get(request.method)
        if handler is None:
            return problem_response(405, headers={"Allow": self._allowed})
        return await handler(request)


def routes_of(calls: Iterable[Call]) -> list[PathRoute]:
    handlers: dict[str, dict[str, Handler]] = defaultdict(dict)
    for call in calls:
        handlers[PREFIX + call.path][call.method] = call.handle
    return [PathRoute(path, methods) for path, methods in handlers.items()]
