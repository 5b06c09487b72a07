"""Runs an application until SIGTERM, then lets what is in flight finish."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import uvicorn
import uvloop
from fastapi import FastAPI
from pydantic import ValidationError
from pydantic_settings import SettingsError
from starlette.types import ASGIApp

from chassis.logs import configure_logs
from chassis.settings import Settings
from chassis.tracing import configure_tracing

_GRACEFUL_SECONDS = 20
# Most of what a request makes is gone with it; looking for cycles at every 700 objects finds none.
_YOUNG_OBJECTS = 20_000
SettingsT = TypeVar("SettingsT", bound=Settings)


def read_settings(kind: type[SettingsT], name: str) -> SettingsT:
    """Settings, with logs and traces set up by them; ends the process when they are wrong."""
    try:
        settings = kind()
    except ValidationError as error:
        reasons = "; ".join(f"{'.'.join(map(str, e['loc'])).upper()}: {e['msg']}" for e in error.errors())
        sys.exit(f"{name} does not start: {reasons}")
    except SettingsError as error:
        sys.exit(f"{name} does not start: {error}")
    configure_logs(name, level=settings.log_level, layout=settings.log_format)
    configure_tracing(name, otlp_endpoint=settings.otlp_endpoint)
    return settings


@dataclass(frozen=True)
class Door:
    """Where an application is served; `http` is how uvicorn reads it: a name or a protocol class."""

    app: ASGIApp
    host: str
    port: int
    http: Any = "httptools"


def serve(name: str, kind: type[SettingsT], build_app: Callable[[SettingsT], FastAPI]) -> None:
    settings = read_settings(kind, name)
    app = build_app(settings)
    run([Door(app, settings.http_host, settings.http_port)], app.state.stopping)


def run(doors: Sequence[Door], stopping: asyncio.Event) -> None:
    """Serve several doors in one loop until SIGTERM or Ctrl-C; a second one does not wait for anybody."""
    gc.collect()
    # What was imported and built stays: the collector need not walk it again and again.
    gc.freeze()
    gc.set_threshold(_YOUNG_OBJECTS, 20, 50)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_serve_all(doors, stopping))


async def _serve_all(doors: Sequence[Door], stopping: asyncio.Event) -> None:
    servers = [_Server(uvicorn.Config(door.app, **_options(door))) for door in doors]

    def stop() -> None:
        for server in servers:
            server.force_exit = stopping.is_set()
            server.should_exit = True
        stopping.set()

    for signal_number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(signal_number, stop)
    await asyncio.gather(*(server.serve() for server in servers))


class _Server(uvicorn.Server):
    """Leaves the signals to us: there may be several in one process."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def _options(door: Door) -> dict[str, Any]:
    """uvicorn's options, alike for every process; access lines and logging are ours (http.py, logs.py)."""
    return {
        "host": door.host,
        "port": door.port,
        "http": door.http,
        "ws": "none",
        "log_config": None,
        "access_log": False,
        "server_header": False,
        "date_header": False,
        "proxy_headers": False,
        "timeout_keep_alive": 75,
        "timeout_graceful_shutdown": _GRACEFUL_SECONDS,
        "backlog": 2048,
    }
