"""Whether a file is an image we take, seen from its structure; its pixels are decoded only to be shown.

Decoding each screenshot on the way in would take longer than all the rest together (docs/decisions).
"""

from __future__ import annotations

import io
import warnings
from typing import BinaryIO, NamedTuple

from PIL import Image, ImageOps, UnidentifiedImageError

MOST_PIXELS = 80_000_000
MOST_SIDE = 20_000
_FORMATS = ("PNG", "JPEG", "WEBP")
_JPEG_SCAN, _JPEG_END = b"\xff\xda", b"\xff\xd9"
_TAIL = 64 * 1024


class NotAnImageError(Exception):
    """The message says why, for the one who sent it."""


class Seen(NamedTuple):
    content_type: str
    width: int
    height: int


def look_at(content: BinaryIO) -> Seen:
    """Format, limits and completeness; raises NotAnImageError. Leaves the file at its beginning."""
    content.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = Image.open(content, formats=_FORMATS)
            seen = Seen(Image.MIME[image.format or ""], *image.size)
            if max(image.size) > MOST_SIDE or image.width * image.height > MOST_PIXELS:
                raise NotAnImageError(f"the image has too many pixels: {image.width} x {image.height}")
            image.verify()
    except UnidentifiedImageError as error:
        raise NotAnImageError("the file is no PNG, JPEG or WebP image") from error
    except Image.DecompressionBombError as error:
        raise NotAnImageError("the image has too many pixels") from error
    except (OSError, SyntaxError, ValueError, EOFError, KeyError, IndexError, OverflowError) as error:
        raise NotAnImageError("the image is damaged or cut off") from error
    if seen.content_type == "image/jpeg" and not _ends(content):
        raise NotAnImageError("the image is damaged or cut off")
    content.seek(0)
    return seen


def _ends(content: BinaryIO) -> bool:
    """Whether the last scan has its end; neither marker can occur among a scan's pixels.

    An end alone proves nothing: a thumbnail in the metadata has one of its own.
    """
    size = content.seek(0, io.SEEK_END)
    content.seek(max(0, size - _TAIL))
    tail = content.read()
    return tail.rfind(_JPEG_END) > tail.rfind(_JPEG_SCAN)


def reencode(original: bytes) -> tuple[str, bytes]:
    """The first frame's pixels alone, as (content type, bytes): nothing else of the file comes through.

    A photo that says which side is up is turned that way. Raises NotAnImageError for an image whose pixels
    cannot be decoded.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = Image.open(io.BytesIO(original), formats=_FORMATS)
            image.load()
            return _write(ImageOps.exif_transpose(image), image.format or "")
    except (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError) as error:
        raise NotAnImageError("the image cannot be decoded") from error


def _write(image: Image.Image, original_format: str) -> tuple[str, bytes]:
    shown = io.BytesIO()
    if original_format == "JPEG":
        image.convert("RGB").save(shown, "JPEG", quality=92)
        return "image/jpeg", shown.getvalue()
    mode = "RGBA" if image.has_transparency_data else "RGB"
    image.convert(mode).save(shown, "PNG", compress_level=3)
    return "image/png", shown.getvalue()
