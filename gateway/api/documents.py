"""The API's own description: for programs as OpenAPI, for people as a page."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import orjson
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from gateway.api.calls import PREFIX, Call
from gateway.api.openapi import openapi_of
from gateway.api.routing import PathRoute

_HERE = Path(__file__).parent
_CACHED = {"Cache-Control": "public, max-age=300"}


class Documents:
    """Made when first asked for, then kept."""

    def __init__(self, calls: Sequence[Call]) -> None:
        self._calls = calls

    @cached_property
    def _document(self) -> dict[str, Any]:
        return openapi_of(self._calls)

    @cached_property
    def _openapi(self) -> bytes:
        return orjson.dumps(self._document)

    @cached_property
    def _page(self) -> str:
        pages = Environment(
            loader=FileSystemLoader(_HERE),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        return pages.get_template("docs.html").render(document=self._document, fields=self._fields)

    def _fields(self, schema: dict[str, Any]) -> list[tuple[str, str, bool]]:
        """(name, kind, required) of an object's fields."""
        resolved = self._resolved(schema)
        required = resolved.get("required", [])
        return [
            (name, self._kind(field), name in required)
            for name, field in resolved.get("properties", {}).items()
        ]

    def _kind(self, schema: dict[str, Any]) -> str:
        if "$ref" in schema:
            target = self._resolved(schema)
            named = schema["$ref"].rpartition("/")[2]
            return " | ".join(target["enum"]) if "enum" in target else str(named)
        if "anyOf" in schema:
            return " | ".join(self._kind(choice) for choice in schema["anyOf"])
        if schema.get("type") == "array":
            return f"[{self._kind(schema.get('items', {}))}]"
        if "enum" in schema:
            return " | ".join(map(str, schema["enum"]))
        if "const" in schema:
            return str(schema["const"])
        return " ".join([schema.get("type", "any"), *([schema["format"]] if "format" in schema else [])])

    def _resolved(self, schema: dict[str, Any]) -> dict[str, Any]:
        if "$ref" not in schema:
            return schema
        found: dict[str, Any] = self._document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        return found

    async def openapi(self, _request: Request) -> Response:
        return Response(self._openapi, headers=_CACHED, media_type="application/json")

    async def page(self, _request: Request) -> Response:
        return HTMLResponse(self._page, headers=_CACHED)

    async def sheet(self, _request: Request) -> Response:
        return Response((_HERE / "docs.css").read_bytes(), headers=_CACHED, media_type="text/css")

    def routes(self) -> list[PathRoute]:
        return [
            PathRoute(f"{PREFIX}/openapi.json", {"GET": self.openapi}),
            PathRoute(f"{PREFIX}/docs", {"GET": self.page}),
            PathRoute(f"{PREFIX}/docs.css", {"GET": self.sheet}),
        ]
