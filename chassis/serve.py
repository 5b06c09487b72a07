"""Runs an application until SIGTERM, then lets what is in flight finish."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, TypeVar

import uvicorn
from fastapi import FastAPI
from pydantic import ValidationError

from chassis.logs import configure_logs
from chassis.settings import Settings
from chassis.tracing import configure_tracing

_GRACEFUL_SECONDS = 20
SettingsT = TypeVar("SettingsT", bound=Settings)


def read_settings(kind: type[SettingsT], name: str) -> SettingsT:
    """Settings, with logs and traces set up by them; ends the process when they are wrong."""
    try:
        settings = kind()
    except ValidationError as error:
        reasons = "; ".join(f"{'.'.join(map(str, e['loc'])).upper()}: {e['msg']}" for e in error.errors())
        sys.exit(f"{name} does not start: {reasons}")
    configure_logs(name, level=settings.log_level, layout=settings.log_format)
    configure_tracing(name, otlp_endpoint=settings.otlp_endpoint)
    return settings


def serve(name: str, kind: type[SettingsT], build_app: Callable[[SettingsT], FastAPI]) -> None:
    settings = read_settings(kind, name)
    uvicorn.run(build_app(settings), **server_options(settings.http_host, settings.http_port))


def server_options(host: str, port: int) -> dict[str, Any]:
    """uvicorn's options, alike for every process; access lines and logging are ours (http.py, logs.py)."""
    return {
        "host": host,
        "port": port,
        "loop": "uvloop",
        "http": "httptools",
        "log_config": None,
        "access_log": False,
        "server_header": False,
        "date_header": False,
        "timeout_keep_alive": 75,
        "timeout_graceful_shutdown": _GRACEFUL_SECONDS,
        "backlog": 2048,
    }
