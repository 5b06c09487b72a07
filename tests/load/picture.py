"""A screenshot of a wanted size in bytes: a real PNG of 1920 x 1080 with a noisy part."""

from __future__ import annotations

import io
import random

from PIL import Image

_NOISE_ROWS = 400


def screenshot(size: int) -> bytes:
    """About `size` bytes: noise does not compress, the rest of the picture does."""
    picture = Image.new("RGB", (1920, 1080), (36, 78, 122))
    width = max(1, size // (3 * _NOISE_ROWS))
    noise = random.Random(1).randbytes(3 * width * _NOISE_ROWS)
    picture.paste(Image.frombytes("RGB", (width, _NOISE_ROWS), noise), (100, 100))
    kept = io.BytesIO()
    picture.save(kept, "PNG")
    return kept.getvalue()
