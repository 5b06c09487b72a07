"""Charts as SVG, drawn on the server: axes with values, legible in print and in both themes."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

_HEIGHT = 240.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 44.0, 12.0, 22.0, 30.0
_STEPS = (1, 2, 5, 10)
_ROW, _ROW_FOOT = 30.0, 22.0


class Sheet(NamedTuple):
    """What a chart is drawn on, so that its letters can be read: how wide, and how much can be said on it.

    More values than `most_values` over columns would run into one another.
    """

    width: float
    most_labels: int
    most_values: int
    row_label: float
    row_value: float
    longest_label: int


WIDE = Sheet(760, most_labels=12, most_values=16, row_label=250, row_value=64, longest_label=36)
PHONE = Sheet(380, most_labels=6, most_values=8, row_label=150, row_value=40, longest_label=22)


class Tick(NamedTuple):
    """`at` is where on the axis, `label` what stands there."""

    at: float
    label: str


@dataclass(frozen=True)
class Series:
    """`look` names its colour in the stylesheet; a line goes over bars. None: nothing is known there."""

    label: str
    look: str
    values: Sequence[float | None]
    is_line: bool = False


class Bar(NamedTuple):
    x: float
    y: float
    width: float
    height: float
    look: str
    title: str


class Dot(NamedTuple):
    x: float
    y: float
    look: str
    title: str


class Text(NamedTuple):
    x: float
    y: float
    said: str


class Link(NamedTuple):
    """Where a click on a column leads; `title` says what is there."""

    x: float
    y: float
    width: float
    height: float
    href: str
    title: str


def _plain(value: float) -> str:
    return f"{value:g}"


@dataclass(frozen=True)
class Scale:
    """`top` where the axis has an end of its own; `said`: how a value is written."""

    unit: str = ""
    top: float | None = None
    said: Callable[[float], str] = _plain


@dataclass(frozen=True)
class Chart:
    """All in the units of the picture, `width` by `height`; a chart of rows `lies`."""

    width: float
    height: float
    bars: list[Bar]
    lines: list[tuple[str, str]]
    dots: list[Dot]
    y_ticks: list[Tick]
    x_ticks: list[Tick]
    legend: list[tuple[str, str]]
    values: list[Text] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    labels: list[Text] = field(default_factory=list)
    unit: str = ""
    left: float = _LEFT
    right: float = WIDE.width - _RIGHT
    top: float = _TOP
    floor: float = _HEIGHT - _BOTTOM
    lies: bool = False


def nice_ceiling(highest: float, steps: int = 4) -> tuple[float, float]:
    """The end of an axis and its step: whole numbers that people count in."""
    rough = highest / steps
    if rough <= 1:
        return float(max(math.ceil(highest), steps)), 1.0
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(one * power for one in _STEPS if one * power >= rough * (1 - 1e-9))
    return step * math.ceil(highest / step - 1e-9), step


class _Frame:
    """Where columns stand and how high values are."""

    def __init__(self, labels: Sequence[str], top: float, sheet: Sheet) -> None:
        self.labels, self.top, self.sheet = labels, top, sheet
        self.slot = (sheet.width - _LEFT - _RIGHT) / max(len(labels), 1)
        self.floor = _HEIGHT - _BOTTOM

    def height(self, value: float) -> float:
        return (_HEIGHT - _TOP - _BOTTOM) * value / self.top

    def middle(self, place: int) -> float:
        return round(_LEFT + (place + 0.5) * self.slot, 2)


def columns(
    labels: Sequence[str],
    series: Sequence[Series],
    *,
    stacked: bool = False,
    scale: Scale | None = None,
    links: Sequence[str] = (),
    sheet: Sheet = WIDE,
) -> Chart:
    """Columns for each label, beside or on one another, and lines over them; each may lead somewhere."""
    scale = scale or Scale()
    standing = [one for one in series if not one.is_line]
    top, step = (scale.top, scale.top / 4) if scale.top else nice_ceiling(_highest(series, stacked=stacked))
    frame = _Frame(labels, top, sheet)
    sums = [sum(one.values[place] or 0 for one in standing) for place in range(len(labels))]
    few = standing and len(labels) <= sheet.most_values and (stacked or len(standing) == 1)
    return Chart(
        width=sheet.width,
        height=_HEIGHT,
        bars=list(_bars(frame, standing, scale, stacked=stacked)),
        lines=[line for one in series if one.is_line for line in _lines(frame, one)],
        dots=[dot for one in series if one.is_line for dot in _dots(frame, one, scale)],
        y_ticks=_y_ticks(frame, step, scale),
        x_ticks=_x_ticks(frame),
        legend=[(one.look, one.label) for one in series],
        values=[
            Text(frame.middle(place), round(frame.floor - frame.height(value) - 5, 2), scale.said(value))
            for place, value in enumerate(sums)
            if value and few
        ],
        links=list(_links(frame, series, scale, links)),
        unit=scale.unit,
        right=sheet.width - _RIGHT,
    )


def _highest(series: Sequence[Series], *, stacked: bool) -> float:
    lines = [value or 0 for one in series if one.is_line for value in one.values]
    standing = [[value or 0 for value in one.values] for one in series if not one.is_line]
    columns = [sum(values) if stacked else max(values) for values in zip(*standing, strict=True)]
    return max([*lines, *columns], default=0)


def _bars(frame: _Frame, standing: Sequence[Series], scale: Scale, *, stacked: bool) -> Iterator[Bar]:
    thick = frame.slot * 0.8 / (1 if stacked else max(len(standing), 1))
    for place, label in enumerate(frame.labels):
        below = 0.0
        for beside, one in enumerate(standing):
            if not (value := one.values[place]):
                continue
            yield Bar(
                round(_LEFT + place * frame.slot + frame.slot * 0.1 + (0 if stacked else beside * thick), 2),
                round(frame.floor - frame.height(below + value), 2),
                round(max(thick - 0.5, 0.5), 2),
                round(frame.height(value), 2),
                one.look,
                f"{label} · {one.label}: {scale.said(value)}",
            )
            below += value if stacked else 0


def _lines(frame: _Frame, one: Series) -> Iterator[tuple[str, str]]:
    """A line ends where nothing is known and begins anew behind."""
    for known, run in groupby(enumerate(one.values), key=lambda point: point[1] is not None):
        if known:
            points = ((frame.middle(place), frame.floor - frame.height(value or 0)) for place, value in run)
            yield one.look, " ".join(f"{x:.1f},{y:.1f}" for x, y in points)


def _dots(frame: _Frame, one: Series, scale: Scale) -> Iterator[Dot]:
    for place, value in enumerate(one.values):
        if value is not None:
            said = f"{frame.labels[place]} · {one.label}: {scale.said(value)}"
            yield Dot(frame.middle(place), round(frame.floor - frame.height(value), 2), one.look, said)


def _links(frame: _Frame, series: Sequence[Series], scale: Scale, links: Sequence[str]) -> Iterator[Link]:
    for place, href in enumerate(links):
        said = [f"{one.label}: {scale.said(value)}" for one in series if (value := one.values[place])]
        if said:
            x = round(_LEFT + place * frame.slot, 2)
            title = " · ".join([frame.labels[place], *said])
            yield Link(x, _TOP, round(frame.slot, 2), frame.floor - _TOP, href, title)


def _y_ticks(frame: _Frame, step: float, scale: Scale) -> list[Tick]:
    count = round(frame.top / step)
    return [
        Tick(round(frame.floor - frame.height(n * step), 2), scale.said(n * step)) for n in range(count + 1)
    ]


def _x_ticks(frame: _Frame) -> list[Tick]:
    """As many as can be read."""
    every = max(1, math.ceil(len(frame.labels) / frame.sheet.most_labels))
    return [
        Tick(frame.middle(place), label) for place, label in enumerate(frame.labels) if place % every == 0
    ]


def rows(
    labels: Sequence[str], series: Sequence[Series], links: Sequence[str] = (), sheet: Sheet = WIDE
) -> Chart:
    """A row for each label, the bars of all series under one another in it, with their values."""
    top, step = nice_ceiling(max((value or 0 for one in series for value in one.values), default=0))
    begin, right, floor = sheet.row_label, sheet.width - sheet.row_value, _TOP + len(labels) * _ROW
    thick = (_ROW - 8) / max(len(series), 1)

    def x(value: float) -> float:
        return round(begin + (right - begin) * value / top, 2)

    bars, values = [], []
    for below, one in enumerate(series):
        for place, label in enumerate(labels):
            value, y = one.values[place] or 0, round(_TOP + place * _ROW + 4 + below * thick, 2)
            title = f"{label} · {one.label}: {value:g}"
            bars.append(Bar(begin, y, round(x(value) - begin, 2), round(thick - 1, 2), one.look, title))
            values.append(Text(x(value) + 5, round(y + thick - 2, 2), f"{value:g}"))
    tops = [_TOP + place * _ROW for place in range(len(labels))]
    return Chart(
        width=sheet.width,
        height=floor + _ROW_FOOT,
        bars=bars,
        lines=[],
        dots=[],
        y_ticks=[],
        x_ticks=[Tick(x(n * step), f"{n * step:g}") for n in range(round(top / step) + 1)],
        legend=[(one.look, one.label) for one in series],
        values=values,
        links=[Link(0, y, sheet.width, _ROW, *said) for y, *said in zip(tops, links, labels, strict=False)],
        labels=[
            Text(begin - 8, y + _ROW / 2 + 4, _shortened(label, sheet.longest_label))
            for y, label in zip(tops, labels, strict=True)
        ],
        left=begin,
        right=right,
        floor=floor,
        lies=True,
    )


def _shortened(label: str, longest: int) -> str:
    return label if len(label) <= longest else f"{label[: longest - 1]}…"


def on_both(draw: Callable[..., Chart]) -> list[Chart]:
    """For wide and narrow screens: made smaller it could not be read, pushed along half of it is hidden."""
    return [draw(sheet=WIDE), draw(sheet=PHONE)]


def shares(values: Sequence[float]) -> list[float]:
    """Of the largest one, in hundredths: how long each bar of a list is."""
    highest = max(values, default=0)
    return [round(100 * value / highest, 1) if highest else 0.0 for value in values]


def warmth(value: int, highest: int) -> int:
    """0 for nothing, else 1 to 5: how dark a cell of a heat map is."""
    return 0 if value <= 0 or highest <= 0 else min(5, math.ceil(5 * value / highest))
