"""Which files are images, and what is shown of them."""

from __future__ import annotations

import io
import subprocess
import sys
import zlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from chassis.images import NotAnImageError, Seen, look_at, reencode
from tests.unit.chassis.pictures import a_bomb, a_png, chunk, encoded, noise, opened, with_thumbnail

_SCRIPT = b"<script>alert(1)</script>"
_EVERY_JPEG_SAYS = {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
_SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"
_SQUEEZED = zlib.compress(b"a" * 80_000_000)
_WHOLE = {kind: encoded(noise(), kind) for kind in ("PNG", "JPEG", "WEBP")}


def _look(content: bytes) -> Seen:
    return look_at(io.BytesIO(content))


@pytest.mark.parametrize(("kind", "content"), _WHOLE.items())
def test_an_image_is_taken_with_its_size(kind: str, content: bytes) -> None:
    file = io.BytesIO(content)
    assert look_at(file) == Seen(f"image/{kind.lower()}", 64, 48)
    assert file.tell() == 0


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x89PNG\r\n\x1a\n",
        b"<!doctype html><html>" + _SCRIPT,
        b"<?xml version='1.0'?>" + _SVG,
        _SVG,
        encoded(noise(), "GIF"),
        encoded(noise(), "BMP"),
        encoded(noise(), "TIFF"),
        encoded(noise(), "ICO"),
        b"GIF89a/*" + _SCRIPT,
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 1 1\n",
        b"PK\x03\x04" + b"\0" * 100,
        b"MZ" + b"\0" * 100,
        _SCRIPT + _WHOLE["PNG"],
    ],
)
def test_what_is_no_image_is_refused(content: bytes) -> None:
    with pytest.raises(NotAnImageError):
        _look(content)


@pytest.mark.parametrize("content", [a_bomb(), a_png(15_000, 15_000), a_png(20_001, 1), a_png(1, 20_001)])
def test_too_many_pixels_are_refused_unseen(content: bytes) -> None:
    assert len(content) < 200_000
    with pytest.raises(NotAnImageError, match="too many pixels"):
        _look(content)


@pytest.mark.parametrize("content", [a_png(0, 0), a_png(2**31 - 1, 2**31 - 1), a_png(0, 5)])
def test_impossible_sizes_are_refused(content: bytes) -> None:
    with pytest.raises(NotAnImageError):
        _look(content)


@given(kind=st.sampled_from(sorted(_WHOLE)), share=st.floats(0, 0.99))
def test_an_image_that_was_cut_off_is_refused(kind: str, share: float) -> None:
    whole = _WHOLE[kind]
    with pytest.raises(NotAnImageError):
        _look(whole[: min(int(len(whole) * share), len(whole) - 5)])


def test_a_photo_cut_off_behind_its_thumbnail_is_refused() -> None:
    photo = with_thumbnail(encoded(noise((800, 600)), "JPEG"), encoded(noise(), "JPEG"))
    assert _look(photo).width == 800
    with pytest.raises(NotAnImageError, match="cut off"):
        _look(photo[:20_000])


@pytest.mark.parametrize(
    "extra",
    [
        chunk(b"zTXt", b"k\0\0" + _SQUEEZED),
        chunk(b"iTXt", b"k\0\1\0\0\0" + _SQUEEZED),
        chunk(b"iCCP", b"k\0\0" + _SQUEEZED),
    ],
    ids=["text", "international text", "colour profile"],
)
def test_metadata_that_would_burst_is_refused(extra: bytes) -> None:
    with pytest.raises(NotAnImageError):
        _look(a_png(64, 48, extra))


@settings(max_examples=200)
@given(kind=st.sampled_from(sorted(_WHOLE)), place=st.integers(0), byte=st.integers(0, 255))
def test_a_damaged_image_is_seen_shown_or_refused_but_never_breaks(kind: str, place: int, byte: int) -> None:
    damaged = bytearray(_WHOLE[kind])
    damaged[place % len(damaged)] = byte
    try:
        _look(bytes(damaged))
        reencode(bytes(damaged))
    except NotAnImageError:
        pass


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P", "1", "L", "LA"])
def test_what_is_shown_has_the_same_pixels(mode: str) -> None:
    image = noise(mode=mode)
    kind, shown = reencode(encoded(image, "PNG"))
    assert kind == "image/png"
    assert not ImageChops.difference(opened(shown).convert("RGBA"), image.convert("RGBA")).getbbox()


def test_a_lossless_webp_is_shown_with_the_same_pixels() -> None:
    image = noise()
    kind, shown = reencode(encoded(image, "WEBP", lossless=True))
    assert (kind, opened(shown).tobytes()) == ("image/png", image.tobytes())


@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
def test_a_photo_is_shown_much_as_it_was(mode: str) -> None:
    image = Image.linear_gradient("L").convert(mode)
    kind, shown = reencode(encoded(image, "JPEG", quality=95))
    assert kind == "image/jpeg"
    extrema: Any = ImageChops.difference(opened(shown).convert("L"), image.convert("L")).getextrema()
    assert extrema[1] < 16


def test_a_photo_is_shown_with_its_right_side_up() -> None:
    sideways = Image.Exif()
    sideways[0x0112] = 6
    _, shown = reencode(encoded(noise((64, 48)), "JPEG", exif=sideways))
    assert opened(shown).size == (48, 64)


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_of_an_animation_the_first_frame_is_shown(kind: str) -> None:
    first, *others = [noise() for _ in range(3)]
    _, shown = reencode(encoded(first, kind, save_all=True, append_images=others, lossless=True))
    assert getattr(opened(shown), "n_frames", 1) == 1
    assert opened(shown).convert("RGB").tobytes() == first.tobytes()


@pytest.mark.parametrize("kind", sorted(_WHOLE))
def test_nothing_but_pixels_comes_through(kind: str) -> None:
    hidden = Image.Exif()
    hidden[0x010E] = _SCRIPT.decode()
    said = {"comment": _SCRIPT, "xmp": _SCRIPT, "icc_profile": _SCRIPT, "lossless": True}
    original = encoded(noise(), kind, exif=hidden, **said) + _SCRIPT + b"PK\x05\x06" + b"\0" * 18
    _, shown = reencode(original)
    assert _SCRIPT in original
    assert _SCRIPT not in shown
    assert b"PK\x05\x06" not in shown
    assert not opened(shown).info.keys() - _EVERY_JPEG_SAYS


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_an_image_is_held_in_memory_once(kind: str, tmp_path: Path) -> None:
    """16 million pixels of four bytes; in a process of its own, whose largest size is known."""
    original = tmp_path / "original"
    original.write_bytes(encoded(Image.new("RGB", (4096, 4096)), kind))
    code = (
        "import re, sys; from pathlib import Path;"
        "from chassis.images import reencode;"
        "size = lambda: int(re.search(r'VmHWM:\\s+(\\d+)', Path('/proc/self/status').read_text())[1]);"
        "data = Path(sys.argv[1]).read_bytes(); before = size();"
        "reencode(data); print((size() - before) // 1024)"
    )
    grown = subprocess.run([sys.executable, "-c", code, original], capture_output=True, check=True)
    assert int(grown.stdout) < 64 * 1.5


def test_pixels_that_are_not_there_cannot_be_shown() -> None:
    with pytest.raises(NotAnImageError, match="cannot be decoded"):
        reencode(a_png(64, 48))
