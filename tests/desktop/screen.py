"""What the desktop tests see and touch: a pattern, running programs, the keyboard."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw

WIDTH, HEIGHT = 1280, 800
PROJECT = Path(__file__).parents[2]


def draw_pattern(path: Path) -> None:
    """Every row and column differs, so a shifted, scaled or recompressed picture is noticed."""
    picture = Image.new("RGB", (WIDTH, HEIGHT))
    picture.putdata([(x % 256, y % 256, (x * 7 + y * 13) % 256) for y in range(HEIGHT) for x in range(WIDTH)])
    draw = ImageDraw.Draw(picture)
    for number, colour in enumerate(["red", "lime", "blue", "white", "black", "yellow"]):
        draw.rectangle([100 + number * 150, 200, 200 + number * 150, 300], fill=colour)
    picture.save(path)


def differing_pixels(content: bytes, expected: Path) -> int:
    received = Image.open(io.BytesIO(content)).convert("RGB")
    wanted = Image.open(expected).convert("RGB")
    assert received.size == wanted.size
    difference = ImageChops.difference(received, wanted).convert("L").point(lambda value: 255 if value else 0)
    return difference.histogram()[255]


class Programs:
    def __init__(self, display: str) -> None:
        self._environment = os.environ | {
            "DISPLAY": display,
            "QT_QPA_PLATFORM": "xcb",
            "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
            "LANG": "ru_RU.UTF-8",
            "PYTHONWARNINGS": "error",
        }
        self._started: list[subprocess.Popen[bytes]] = []

    def start(self, *options: str | Path) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "bureaucrat", *map(str, options)]
        program = subprocess.Popen(command, env=self._environment, cwd=PROJECT, stderr=subprocess.PIPE)
        self._started.append(program)
        return program

    def press(self, *arguments: str) -> str:
        """What a hand would do, by xdotool."""
        done = subprocess.run(
            ["xdotool", *arguments], env=self._environment, check=True, timeout=30, capture_output=True
        )
        return done.stdout.decode().strip()

    def window(self, title: str) -> str:
        """The id of the window with this title, once it is there."""
        return self.press("search", "--sync", "--onlyvisible", "--limit", "1", "--name", title)

    def end(self) -> None:
        for program in self._started:
            if program.poll() is None:
                program.terminate()
            program.wait(15)
            if program.stderr:
                program.stderr.close()
