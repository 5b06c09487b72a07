"""The services behind the gateway, as they are documented: real HTTP, made-up answers, and they remember."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from chassis.clock import new_id
from chassis.principal import HEADER, Principal, Verifier
from gateway.access.secret import hashed

COMPANY = {"id": str(new_id()), "name": "ООО «Ромашка»"}
CODE = "DEMO"


@dataclass
class Services:
    """All three behind one address."""

    verifier: Verifier
    asked: list[tuple[str, str, Principal]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    bodies: list[Any] = field(default_factory=list)
    enrolled: list[str] = field(default_factory=list)
    submitted: list[str] = field(default_factory=list)
    received: int = 0
    largest_chunk: int = 0

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/submissions", self._submit, methods=["POST"]),
                Route("/submissions", self._submissions, methods=["GET"]),
                Route("/submissions/{id}", self._submission),
                Route("/submissions/{id}/reopen", self._reopen, methods=["POST"]),
                Route("/files/{id}", self._file),
                Route("/codes/{code}", self._code),
                Route("/devices", self._enrol, methods=["POST"]),
                Route("/devices", self._devices, methods=["GET"]),
                Route("/devices/{id}", self._device, methods=["GET", "PATCH"]),
                Route("/devices/{id}", self._gone, methods=["DELETE"]),
                Route("/people/{id}", self._person),
                Route("/tickets", self._tickets, methods=["GET"]),
                Route("/tickets/{number}", self._ticket, methods=["GET", "PATCH"]),
            ]
        )

    def _note(self, request: Request) -> Principal:
        principal = self.verifier.verify(request.headers[HEADER])
        address = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        self.asked.append((request.method, address, principal))
        self.headers.append(dict(request.headers))
        return principal

    async def _submit(self, request: Request) -> Response:
        self._note(request)
        if request.headers["content-type"] == "text/plain":
            return JSONResponse({"detail": "not so"}, 415, media_type="application/problem+json")
        if request.headers["content-type"] == "application/json":
            self.bodies.append(await request.json())
        else:
            async for chunk in request.stream():
                self.received += len(chunk)
                self.largest_chunk = max(self.largest_chunk, len(chunk))
        submission_id = request.headers.get("idempotency-key", str(new_id()))
        self.submitted.append(submission_id)
        return JSONResponse({"id": submission_id, "number": None, "status": "received"}, 202)

    async def _submission(self, request: Request) -> Response:
        """One that is asked to wait waits for ever."""
        self._note(request)
        if "wait=30" in request.url.query:
            await asyncio.Event().wait()
        version = int(request.query_params.get("version", 1))
        return JSONResponse(self._view(request.path_params["id"], version))

    async def _reopen(self, request: Request) -> Response:
        self._note(request)
        return JSONResponse(self._view(request.path_params["id"], 3), 202)

    async def _submissions(self, request: Request) -> Response:
        self._note(request)
        return JSONResponse({"items": [self._view(known, 1) for known in self.submitted], "next": None})

    def _view(self, submission_id: str, version: int) -> dict[str, Any]:
        """It follows the ticket: the first version is registered, every further one resolved."""
        return {
            "id": submission_id,
            "version": version,
            "number": 42,
            "status": "new" if version == 1 else "resolved",
            "title": "Не печатает",
            "description": "",
            "files": [],
            "received_at": "2026-11-23T12:00:00Z",
            "updated_at": "2026-11-23T12:00:00Z",
            "rating": None,
            "log": [],
        }

    async def _file(self, request: Request) -> Response:
        self._note(request)

        async def content() -> Any:
            for _ in range(100):
                yield b"x" * 10_000
                await asyncio.sleep(0)

        headers = {"Content-Disposition": "attachment; filename*=UTF-8''a.html", "Content-Length": "1000000"}
        return StreamingResponse(content(), headers=headers, media_type="text/html")

    async def _code(self, request: Request) -> Response:
        self._note(request)
        if request.path_params["code"] != CODE:
            return JSONResponse({"detail": "no"}, 404, media_type="application/problem+json")
        return JSONResponse({"company": COMPANY, "screenshots_allowed": True})

    async def _enrol(self, request: Request) -> Response:
        self._note(request)
        body = await request.json()
        if body["code"] != CODE:
            return JSONResponse({"detail": "no"}, 403, media_type="application/problem+json")
        token = f"token-{new_id()}"
        device = {
            "device_id": str(new_id()),
            "token": token,
            "token_hash": hashed(token),
            "person": {"id": str(new_id()), "full_name": body["full_name"]},
            "company": COMPANY,
            "screenshots_allowed": True,
            "confirmed": True,
            "is_manager": False,
            "version": 1,
        }
        self.enrolled.append(str(device["device_id"]))
        return JSONResponse(device, 201)

    async def _devices(self, request: Request) -> Response:
        self._note(request)
        shown = [{"id": known, "last_contact": None} for known in self.enrolled]
        return JSONResponse({"items": shown, "next": None})

    async def _device(self, request: Request) -> Response:
        self._note(request)
        if request.path_params["id"] not in self.enrolled:
            return JSONResponse({"detail": "no"}, 404, media_type="application/problem+json")
        shown = {"id": request.path_params["id"], "last_contact": None}
        return JSONResponse(shown, headers={"ETag": '"1"'})

    async def _gone(self, request: Request) -> Response:
        self._note(request)
        return Response(status_code=204)

    async def _person(self, request: Request) -> Response:
        self._note(request)
        person = {"id": request.path_params["id"], "full_name": "Петрова Анна Ивановна", "company": COMPANY}
        return JSONResponse(person)

    async def _tickets(self, request: Request) -> Response:
        self._note(request)
        return JSONResponse({"items": [], "next": None})

    async def _ticket(self, request: Request) -> Response:
        self._note(request)
        if request.method == "PATCH" and request.headers.get("if-match") == '"1"':
            problem = {"type": "about:blank", "title": "Conflict", "status": 409, "detail": "meanwhile"}
            return JSONResponse(problem, 409, media_type="application/problem+json")
        return JSONResponse({"number": int(request.path_params["number"])}, headers={"ETag": '"2"'})
