"""The routes of the API: found by their first word, and one for each path, whatever the method."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from starlette.convertors import Convertor, register_url_convertor
from starlette.datastructures import URLPath
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Match, NoMatchFound, Route
from starlette.types import Receive, Scope, Send

from chassis.problems import problem_response
from gateway.api.calls import PREFIX, Call, Handler
from gateway.api.scopes import under_scope


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
    """Names itself in the scope, for the metrics; tells a wrong method which ones there are."""

    def __init__(self, path: str, handlers: Mapping[str, Handler]) -> None:
        self._handlers = dict(handlers)
        if "GET" in self._handlers:
            self._handlers["HEAD"] = self._handlers["GET"]
        self._allowed = ", ".join(sorted(self._handlers))
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


class Interface(BaseRoute):
    """Everything under /api/v1, known and unknown, before any page is looked at."""

    def __init__(self, routes: Iterable[PathRoute]) -> None:
        self._routes: dict[str, list[PathRoute]] = defaultdict(list)
        for route in routes:
            self._routes[_first_word(route.path)].append(route)

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        is_ours = scope["type"] == "http" and scope["path"].startswith(f"{PREFIX}/")
        return (Match.FULL if is_ours else Match.NONE), {}

    def url_path_for(self, name: str, /, **path_params: Any) -> URLPath:
        raise NoMatchFound(name, path_params)

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        for route in self._routes.get(_first_word(scope["path"]), ()):
            match, child = route.matches(scope)
            if match is Match.FULL:
                scope.update(child)
                await route.handle(scope, receive, send)
                return
        await problem_response(404, "There is no such address.")(scope, receive, send)


def _first_word(path: str) -> str:
    return path.removeprefix(f"{PREFIX}/").partition("/")[0]


def routes_of(calls: Iterable[Call]) -> list[PathRoute]:
    handlers: dict[str, dict[str, Handler]] = defaultdict(dict)
    for call in calls:
        handlers[PREFIX + call.path][call.method] = under_scope(call)
    return [PathRoute(path, methods) for path, methods in handlers.items()]
