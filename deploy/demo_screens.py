"""Screenshots for the demo: a desktop with a window and what it complains of."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw, ImageFont

_SIZE = (1366, 768)
_SKY, _EARTH = (36, 78, 122), (20, 40, 66)
_BAR, _WINDOW, _TITLE = (24, 28, 34), (244, 245, 247), (58, 96, 160)
_TEXT, _RED = (30, 34, 40), (196, 43, 40)


def screenshot_of(message: str) -> bytes:
    """A PNG of 1366 x 768."""
    image = Image.new("RGB", _SIZE, _EARTH)
    draw = ImageDraw.Draw(image)
    for line in range(_SIZE[1]):
        share = line / _SIZE[1]
        colour = tuple(round(a + (b - a) * share) for a, b in zip(_SKY, _EARTH, strict=True))
        draw.line([(0, line), (_SIZE[0], line)], fill=colour)
    draw.rectangle([0, 728, 1366, 768], fill=_BAR)
    for position in range(6):
        draw.rounded_rectangle([16 + position * 48, 736, 40 + position * 48, 760], 5, fill=_TITLE)
    _window(draw, message)
    kept = io.BytesIO()
    image.save(kept, "PNG")
    return kept.getvalue()


def _window(draw: ImageDraw.ImageDraw, message: str) -> None:
    draw.rounded_rectangle([408, 248, 968, 500], 8, fill=(0, 0, 0))
    draw.rounded_rectangle([400, 240, 960, 492], 8, fill=_WINDOW)
    draw.rounded_rectangle([400, 240, 960, 278], 8, fill=_TITLE)
    draw.text((418, 249), "Windows", fill="white", font=ImageFont.load_default(18))
    draw.ellipse([430, 316, 490, 376], fill=_RED)
    draw.line([(446, 332), (474, 360)], fill="white", width=7)
    draw.line([(474, 332), (446, 360)], fill="white", width=7)
    draw.text((516, 330), message, fill=_TEXT, font=ImageFont.load_default(26))
    draw.rounded_rectangle([820, 440, 930, 474], 5, outline=_TITLE, width=2)
    draw.text((862, 447), "OK", fill=_TITLE, font=ImageFont.load_default(18))
