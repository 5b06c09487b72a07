"""Uploading tables to the running service, and waiting for what becomes of them."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from chassis.principal import Principal
from tests.contract.clients.service import ADMIN, Answer, Service, eventually

_BOUNDARY = "a7c1"


def multipart(*parts: tuple[str, str | None, bytes]) -> bytes:
    """(name, file name, content) each."""
    lines = b""
    for name, file_name, content in parts:
        said = f'form-data; name="{name}"' + (f'; filename="{file_name}"' if file_name is not None else "")
        lines += f"--{_BOUNDARY}\r\nContent-Disposition: {said}\r\n\r\n".encode() + content + b"\r\n"
    return lines + f"--{_BOUNDARY}--\r\n".encode()


async def post_form(service: Service, body: bytes, who: Principal = ADMIN, **headers: str) -> Answer:
    kind = f"multipart/form-data; boundary={_BOUNDARY}"
    return await service.call("POST", "/import", raw=body, who=who, Content_Type=kind, **headers)


async def upload(
    service: Service, what: str, content: bytes | str, *, who: Principal = ADMIN, **headers: str
) -> Answer:
    file = content.encode() if isinstance(content, str) else content
    body = multipart(("what", None, what.encode()), ("file", "таблица.csv", file))
    return await post_form(service, body, who, **headers)


async def previewed(
    service: Service, what: str, content: bytes | str, *, who: Principal = ADMIN
) -> dict[str, Any]:
    """Uploaded with its proposed matching, and looked at to the last row."""
    uploaded = await upload(service, what, content, who=who)
    assert uploaded.status == 201, uploaded.body
    columns = [column["field"] for column in uploaded.body["columns"]]
    path = f"/import/{uploaded.body['id']}"
    settled = await service.call("PUT", f"{path}/matching", {"columns": columns}, who=who)
    assert settled.status == 202, settled.body
    return await reached(service, uploaded.body["id"], "checked", who)


async def applied(service: Service, job: dict[str, Any], *, who: Principal = ADMIN) -> dict[str, Any]:
    begun = await service.call("POST", f"/import/{job['id']}/apply", who=who)
    assert begun.status == 202, begun.body
    return await reached(service, job["id"], "done", who)


async def reached(service: Service, key: str, state: str, who: Principal = ADMIN) -> dict[str, Any]:
    async def look() -> dict[str, Any] | None:
        job: dict[str, Any] = (await service.call("GET", f"/import/{key}", who=who)).body
        return job if job["state"] == state else None

    return await eventually(look)


async def rows_of(service: Service, job: dict[str, Any], who: Principal = ADMIN) -> list[dict[str, Any]]:
    """All of them, page by page."""
    found, cursor = [], ""
    while cursor is not None:
        path = f"/import/{job['id']}/rows?limit=3&cursor={cursor}"
        page = (await service.call("GET", path, who=who)).body
        found += page["items"]
        cursor = page["next"]
    return found


async def text_of(service: Service, path: str, who: Principal = ADMIN) -> bytes:
    """A download."""
    answer = await service.download(path, who=who)
    assert answer[0] == 200
    return answer[1]


def unique(word: str) -> str:
    return f"{word} {uuid4().hex[:8]}"
