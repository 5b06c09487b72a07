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


def look_at(content: BinaryIO, most_pixels: int = MOST_PIXELS) -> Seen:
    """Format, limits and completeness; raises NotAnImageError. Leaves the file at its beginning."""
    content.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = Image.open(content, formats=_FORMATS)
            seen = Seen(Image.MIME[image.format or ""], *image.size)
            if max(image.size) > MOST_SIDE or image.width * image.height > most_pixels:
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

    They are held in memory once, if they need no conversion: four bytes each.

    A photo that says which side is up is turned that way. Raises NotAnImageError for an image whose pixels
    cannot be decoded.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = Image.open(io.BytesIO(original), formats=_FORMATS)
            original_format = image.format or ""
            image.load()
            ImageOps.exif_transpose(image, in_place=True)
            return _write(image, original_format)
    except (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError) as error:
        raise NotAnImageError("the image cannot be decoded") from error


def _write(image: Image.Image, original_format: str) -> tuple[str, bytes]:
    if original_format == "JPEG":
        return "image/jpeg", _encoded(_bare(image, "RGB"), "JPEG", quality=92)
    mode = "RGBA" if image.has_transparency_data else "RGB"
    return "image/png", _encoded(_bare(image, mode), "PNG", compress_level=3)


def _bare(image: Image.Image, mode: str) -> Image.Image:
    """Pillow copies an image even into the mode it has, and writes its comment and profile again."""
    bare = image if image.mode == mode else image.convert(mode)
    bare.info.clear()
    return bare


def _encoded(image: Image.Image, kind: str, **options: int) -> bytes:
    content = io.BytesIO()
    image.save(content, kind, **options)
    return content.getvalue()
