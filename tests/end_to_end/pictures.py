"""Screens as employees send them, and what a screen is sent as."""

from __future__ import annotations

import io

import aiohttp
from PIL import Image

from chassis.clock import new_id


def screenshot(size: tuple[int, int] = (320, 200)) -> bytes:
    """Every row and column differs."""
    width, height = size
    picture = Image.new("RGB", size)
    picture.putdata([(x % 256, y % 256, (x * 7 + y * 13) % 256) for y in range(height) for x in range(width)])
    written = io.BytesIO()
    picture.save(written, "PNG")
    return written.getvalue()


def pixels(content: bytes) -> tuple[tuple[int, int], bytes]:
    picture = Image.open(io.BytesIO(content)).convert("RGB")
    return picture.size, picture.tobytes()


def form(title: str, *files: tuple[str, str, bytes], **fields: str) -> aiohttp.FormData:
    """`files` are (part, name, content)."""
    made = aiohttp.FormData(default_to_multipart=True, quote_fields=False)
    for name, value in {"title": title, **fields}.items():
        made.add_field(name, value)
    for part, name, content in files:
        made.add_field(part, content, filename=name, content_type="application/octet-stream")
    return made


def keyed(key: str = "") -> dict[str, str]:
    return {"Idempotency-Key": key or str(new_id())}
