"""Charts as SVG, drawn on the server: axes with values, legible in print and in both themes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

_WIDTH, _HEIGHT = 760.0, 240.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 44.0, 12.0, 12.0, 30.0
_STEPS = (1, 2, 5, 10)
_MOST_LABELS = 12


class Tick(NamedTuple):
    """`at` is where on the axis, `label` what stands there."""

    at: float
    label: str


@dataclass(frozen=True)
class Series:
    """`look` names its colour in the stylesheet; a line goes over bars."""

    label: str
    look: str
    values: Sequence[float]
    is_line: bool = False


class Bar(NamedTuple):
    x: float
    y: float
    width: float
    height: float
    look: str
    title: str


@dataclass(frozen=True)
class Chart:
    """All in the units of the picture, `width` by `height`."""

    width: float
    height: float
    bars: list[Bar]
    lines: list[tuple[str, str]]
    y_ticks: list[Tick]
    x_ticks: list[Tick]
    legend: list[tuple[str, str]]
    left: float = _LEFT
    right: float = _WIDTH - _RIGHT
    floor: float = _HEIGHT - _BOTTOM


def nice_ceiling(highest: float, steps: int = 4) -> tuple[float, float]:
    """The end of an axis and its step: whole numbers that people count in."""
    rough = highest / steps
    if rough <= 1:
        return float(max(math.ceil(highest), steps)), 1.0
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(one * power for one in _STEPS if one * power >= rough * (1 - 1e-9))
    return step * math.ceil(highest / step - 1e-9), step


def columns(labels: Sequence[str], series: Sequence[Series]) -> Chart:
    """Columns beside one another for each label, and lines over them."""
    top, step = nice_ceiling(max((value for one in series for value in one.values), default=0))
    inner, depth = _WIDTH - _LEFT - _RIGHT, _HEIGHT - _TOP - _BOTTOM
    slot = inner / max(len(labels), 1)
    standing = [one for one in series if not one.is_line]
    thick = slot * 0.8 / max(len(standing), 1)

    def height(value: float) -> float:
        return depth * value / top

    bars = [
        Bar(
            round(_LEFT + place * slot + slot * 0.1 + beside * thick, 2),
            round(_HEIGHT - _BOTTOM - height(value), 2),
            round(max(thick - 0.5, 0.5), 2),
            round(height(value), 2),
            one.look,
            f"{labels[place]} · {one.label}: {value:g}",
        )
        for beside, one in enumerate(standing)
        for place, value in enumerate(one.values)
        if value
    ]
    drawn = [(one.look, _points(one.values, slot, height)) for one in series if one.is_line]
    return Chart(
        width=_WIDTH,
        height=_HEIGHT,
        bars=bars,
        lines=drawn,
        y_ticks=_y_ticks(top, step, height),
        x_ticks=_x_ticks(labels, slot),
        legend=[(one.look, one.label) for one in series],
    )


def _points(values: Sequence[float], slot: float, height: object) -> str:
    rise = height if callable(height) else float
    return " ".join(
        f"{_LEFT + (place + 0.5) * slot:.1f},{_HEIGHT - _BOTTOM - rise(value):.1f}"
        for place, value in enumerate(values)
    )


def _y_ticks(top: float, step: float, height: object) -> list[Tick]:
    rise = height if callable(height) else float
    count = round(top / step)
    return [Tick(round(_HEIGHT - _BOTTOM - rise(n * step), 2), f"{n * step:g}") for n in range(count + 1)]


def _x_ticks(labels: Sequence[str], slot: float) -> list[Tick]:
    """As many as can be read."""
    every = max(1, math.ceil(len(labels) / _MOST_LABELS))
    return [
        Tick(round(_LEFT + (place + 0.5) * slot, 2), label)
        for place, label in enumerate(labels)
        if place % every == 0
    ]


def shares(values: Sequence[float]) -> list[float]:
    """Of the largest one, in hundredths: how long each bar of a list is."""
    highest = max(values, default=0)
    return [round(100 * value / highest, 1) if highest else 0.0 for value in values]


def warmth(value: int, highest: int) -> int:
    """0 for nothing, else 1 to 5: how dark a cell of a heat map is."""
    return 0 if value <= 0 or highest <= 0 else min(5, math.ceil(5 * value / highest))
