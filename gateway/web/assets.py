"""Static files: read once, hashed together, served compressed under an address of their own."""

from __future__ import annotations

import gzip
import hashlib
import json
import mimetypes
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fastapi import APIRouter, Request, Response

from gateway.web.language import LANGUAGES
from gateway.web.spoken import spoken

STATIC = Path(__file__).parent / "static"
NODE_MODULES = Path(__file__).parents[2] / "node_modules"
GOLOS = "@fontsource-variable/golos-text/files/golos-text-{}-wght-normal.woff2"

VENDOR = {
    "vendor/htmx.min.js": "htmx.org/dist/htmx.min.js",
    **{f"vendor/golos-{part}.woff2": GOLOS.format(part) for part in ("cyrillic", "latin", "latin-ext")},
}
# The order of the cascade: what is named later may rely on what is before it.
SHEETS = (
    "tokens",
    "fonts",
    "ground",
    "controls",
    "bar",
    "timer",
    "notices",
    "filters",
    "views",
    "list",
    "bulk",
    "presence",
    "compact",
    "clock",
    "ticket",
    "log",
    "composer",
    "properties",
    "context",
    "pictures",
    "dialogs",
    "palette",
    "forms",
    "alike",
    "portal",
    "faq",
    "card",
    "finding",
    "grid",
    "edit",
    "adding",
    "codes",
    "progress",
    "imports",
    "history",
    "secrets",
    "plans",
    "reports",
    "charts",
    "schedules",
    "board",
    "categories",
    "rules",
    "told",
)
READING = ["GET", "HEAD"]
_COMPRESSIBLE = ("text/", "application/json", "image/svg")


@dataclass(frozen=True)
class Asset:
    content_type: str
    plain: bytes
    packed: bytes | None


def _asset(path: str, content: bytes) -> Asset:
    content_type = mimetypes.guess_type(path)[0] or "application/octet-stream"
    if content_type.startswith(_COMPRESSIBLE):
        return Asset(f"{content_type}; charset=utf-8", content, gzip.compress(content, mtime=0))
    return Asset(content_type, content, None)


def _files() -> Iterator[tuple[str, bytes]]:
    for file in sorted(STATIC.rglob("*")):
        if file.is_file() and file.suffix != ".css":
            yield file.relative_to(STATIC).as_posix(), file.read_bytes()
    for path, source in VENDOR.items():
        yield path, (NODE_MODULES / source).read_bytes()
    yield "pages.css", b"\n".join((STATIC / "css" / f"{name}.css").read_bytes() for name in SHEETS)
    for lang in LANGUAGES:
        said = json.dumps(spoken(lang), ensure_ascii=False, sort_keys=True)
        yield f"words/{lang}.js", f"export default {said};\n".encode()


@cache
def assets() -> dict[str, Asset]:
    return {path: _asset(path, content) for path, content in _files()}


@cache
def fingerprint() -> str:
    """One hash over all files: modules import each other by relative addresses, so they change together."""
    total = hashlib.sha256()
    for path, asset in assets().items():
        total.update(path.encode() + b"\0" + asset.plain)
    return total.hexdigest()[:16]


@cache
def static(path: str) -> str:
    """The address of a static file; an unknown one fails where the page is written, not in the browser."""
    if path not in assets():
        raise KeyError(path)
    return f"/static/{fingerprint()}/{path}"


router = APIRouter(include_in_schema=False)


@router.api_route("/static/{version}/{path:path}", methods=READING)
async def serve(request: Request, version: str, path: str) -> Response:
    """A page of the version before (a rolling restart) gets today's file, uncached."""
    asset = assets().get(path)
    if asset is None:
        return Response(status_code=404)
    kept = "public, max-age=31536000, immutable" if version == fingerprint() else "no-store"
    headers = {"Cache-Control": kept, "X-Content-Type-Options": "nosniff", "Vary": "Accept-Encoding"}
    if asset.packed and "gzip" in request.headers.get("accept-encoding", ""):
        return Response(
            asset.packed, media_type=asset.content_type, headers={**headers, "Content-Encoding": "gzip"}
        )
    return Response(asset.plain, media_type=asset.content_type, headers=headers)


@router.api_route("/favicon.ico", methods=READING)
async def favicon() -> Response:
    asset = assets()["icon.svg"]
    return Response(
        asset.plain, media_type=asset.content_type, headers={"Cache-Control": "public, max-age=86400"}
    )
