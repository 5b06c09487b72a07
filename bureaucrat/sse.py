"""Server-sent events, read from the bytes of a connection (WHATWG HTML, 9.2)."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_LONGEST_LINE = 1_000_000


@dataclass(frozen=True)
class ServerEvent:
    """`name` is empty for a heartbeat."""

    name: str
    data: str
    id: str | None


def parse_events(chunks: Iterable[bytes]) -> Iterator[ServerEvent]:
    name, data, last_id = "", list[str](), None
    for line in _lines(chunks):
        if not line:
            # Stricter readers drop an event without data; ours may be only its name.
            if data or name:
                yield ServerEvent(name or "message", "\n".join(data), last_id)
            name, data = "", []
        elif line.startswith(":"):
            yield ServerEvent("", "", last_id)
        else:
            field, _, value = line.partition(":")
            value = value.removeprefix(" ")
            if field == "event":
                name = value
            elif field == "data":
                data.append(value)
            elif field == "id" and "\0" not in value:
                last_id = value


def _lines(chunks: Iterable[bytes]) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    rest = ""
    for chunk in chunks:
        rest += decoder.decode(chunk)
        # A CR at the very end may be half of a CRLF.
        held = "\r" if rest.endswith("\r") else ""
        whole = rest.removesuffix("\r").replace("\r\n", "\n").replace("\r", "\n")
        *complete, rest = whole.split("\n")
        rest += held
        if len(rest) > _LONGEST_LINE:
            raise ValueError("a line without an end")
        yield from complete
