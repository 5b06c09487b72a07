"""/healthz, /readyz and /metrics, on every process's internal port."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest

Check = Callable[[], Awaitable[None]]
_CHECK_SECONDS = 3.0


class Health:
    """Alive while the loop turns; ready while every required check passes (a check raises when it fails)."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._registry = registry
        self._required: dict[str, Check] = {}
        self._advisory: dict[str, Check] = {}
        self._before_scrape: list[Check] = []

    def require(self, name: str, check: Check) -> None:
        self._required[name] = check

    def advise(self, name: str, check: Check) -> None:
        """Shown in /readyz, but its failure alone does not take the process out of service."""
        self._advisory[name] = check

    def before_scrape(self, refresh: Check) -> None:
        """Called to bring gauges up to date; metrics are given without them when it fails."""
        self._before_scrape.append(refresh)

    async def readiness(self) -> tuple[bool, dict[str, str]]:
        checks = {**self._required, **self._advisory}
        results = dict(zip(checks, await asyncio.gather(*map(_outcome, checks.values())), strict=True))
        return all(results[name] == "ok" for name in self._required), results

    def router(self, *, is_public: bool = False) -> APIRouter:
        router = APIRouter(include_in_schema=False)

        @router.get("/healthz")
        async def healthz() -> dict[str, str]:
            return {"status": "ok"}

        @router.get("/readyz")
        async def readyz() -> JSONResponse:
            ready, checks = await self.readiness()
            shown = {} if is_public else {"checks": checks}
            return JSONResponse({"status": "ok" if ready else "not ready", **shown}, 200 if ready else 503)

        if is_public:
            return router

        @router.get("/metrics")
        async def metrics() -> Response:
            await asyncio.gather(*map(_outcome, self._before_scrape))
            return Response(generate_latest(self._registry), media_type=CONTENT_TYPE_LATEST)

        return router


async def _outcome(check: Check) -> str:
    try:
        async with asyncio.timeout(_CHECK_SECONDS):
            await check()
    except TimeoutError:
        return "no answer in time"
    except Exception as error:
        return f"{type(error).__name__}"
    return "ok"
