"""Pictures good and bad, made in memory."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

from PIL import Image

_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def noise(size: tuple[int, int] = (64, 48), mode: str = "RGB") -> Image.Image:
    return Image.effect_noise(size, 80).convert(mode)


def encoded(image: Image.Image, kind: str, **options: Any) -> bytes:
    content = io.BytesIO()
    image.save(content, kind, **options)
    return content.getvalue()


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def a_png(width: int, height: int, *extra: bytes, pixels: bytes = b"") -> bytes:
    """A PNG of one bit a pixel that says this size, with further chunks, and maybe without its pixels."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
    data = chunk(b"IDAT", zlib.compress(pixels))
    return _SIGNATURE + header + b"".join(extra) + data + chunk(b"IEND", b"")


def a_bomb() -> bytes:
    """30,000 x 30,000 pixels in some kilobytes."""
    return a_png(30_000, 30_000, pixels=b"\0" * 3751 * 30_000)


def with_thumbnail(photo: bytes, thumbnail: bytes) -> bytes:
    """A JPEG with another one in its metadata."""
    metadata = b"Exif\0\0" + thumbnail
    return photo[:2] + b"\xff\xe1" + struct.pack(">H", len(metadata) + 2) + metadata + photo[2:]
