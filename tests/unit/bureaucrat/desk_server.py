"""A tiny real HTTP server that behaves like the public API, for the desktop program's tests."""

from __future__ import annotations

import hashlib
import json
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from uuid import uuid4

Json = dict[str, Any]
TOKEN = "device-token"
PERSON = {"id": "01900000-0000-7000-8000-000000000001", "full_name": "Иванова Анна Сергеевна"}
COMPANY = {"id": "01900000-0000-7000-8000-000000000002", "name": "ООО «Ромашка»"}
NOW = "2026-11-23T09:00:00Z"


@dataclass
class Received:
    """One write as it arrived."""

    key: str
    path: str
    fields: Json
    files: list[tuple[str, str, bytes]]
    digest: str


@dataclass(frozen=True)
class Answer:
    status: int
    body: Json = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)


class DeskServer:
    """Keeps what it accepted by Idempotency-Key; `before` may answer in its place, or drop the connection."""

    def __init__(self) -> None:
        self.accepted: dict[str, Received] = {}
        self.attempts: list[Received] = []
        self.submissions: dict[str, Json] = {}
        self.streams: list[queue.Queue[str | None]] = []
        self.before: Callable[[Received], Answer | None] = lambda _received: None
        self.after: Callable[[Received], bool] = lambda _received: True
        self.screenshots_allowed = True
        self.colleagues: list[Json] = []
        self.articles: list[Json] = []
        self.uses: list[Json] = []
        self.files: dict[str, bytes] = {}
        self.tokens = {TOKEN}
        self.asked: list[str] = []
        self.last_event_ids: list[str | None] = []
        self.changed = threading.Condition()
        self._next_number = 100
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"desk": self}))
        self._http.daemon_threads = True
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.05})
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_address[1]}"

    def close(self) -> None:
        self.drop_streams()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def drop_streams(self) -> None:
        for stream in self.streams:
            stream.put(None)

    def wait_for(self, condition: Callable[[], bool], timeout: float = 20) -> None:
        with self.changed:
            assert self.changed.wait_for(condition, timeout), "the server waited in vain"

    def write(self, received: Received) -> Answer:
        with self.changed:
            self.attempts.append(received)
            self.changed.notify_all()
        early = self.before(received)
        if early:
            return early
        with self.changed:
            known = self.accepted.get(received.key)
            if known and known.digest != received.digest:
                return Answer(409, {"title": "Other body under the same key"})
            if not known:
                self.accepted[received.key] = received
                self._take(received)
            self.changed.notify_all()
        if received.path.endswith("/uses"):
            return Answer(201, {"id": received.key, **received.fields})
        return Answer(202, self.submissions[self.subject(received)])

    def subject(self, received: Received) -> str:
        """A submission or a joining makes one under its own key."""
        parts = received.path.split("/")
        return parts[4] if len(parts) > 4 and parts[-1] != "join" else received.key

    def _take(self, received: Received) -> None:
        if received.path.endswith("/uses"):
            self.uses.append({"article": received.path.split("/")[4], **received.fields})
            return
        if received.path.endswith("/join"):
            [colleague] = [one for one in self.colleagues if one["id"] == received.path.split("/")[4]]
            self._open(received.key, colleague["number"], colleague["title"], received.fields["text"])
            return
        if received.path.endswith("/submissions"):
            self._next_number += 1
            title, description = received.fields.get("title", ""), received.fields.get("description", "")
            self._open(received.key, self._next_number, title, description)
            return
        kind = {"replies": "reply", "reopen": "reopening", "rating": "rating"}[received.path.split("/")[-1]]
        submission = self.submissions[self.subject(received)]
        if kind == "rating":
            submission["rating"] = received.fields["score"]
        if kind == "reopening":
            submission["status"] = "in_progress"
        self._log(submission, kind, received.fields.get("text", ""), {"kind": "person", **PERSON})
        for kind, name, content in received.files:
            self.attach(submission, kind, name, content)

    def _open(self, key: str, number: int, title: str, description: str) -> None:
        self.submissions[key] = {
            "id": key,
            "status": "new",
            "number": number,
            "title": title,
            "description": description,
            "received_at": NOW,
            "updated_at": NOW,
            "person": PERSON,
            "company": COMPANY,
            "reaction_due": "2026-11-23T09:30:00Z",
            "resolution_due": "2026-11-23T17:00:00Z",
            "rating": None,
            "log": [],
            "files": [],
        }

    def article(self, article_id: str) -> Json | None:
        return next((one for one in self.articles if one["id"] == article_id), None)

    def answer(self, submission_id: str, text: str = "", *, status: str | None = None) -> None:
        """A specialist answers or changes the status; everybody who listens is told."""
        with self.changed:
            submission = self.submissions[submission_id]
            if status:
                submission["status"] = status
            author = {"kind": "staff", "id": str(uuid4()), "full_name": "Петров Пётр"}
            self._log(submission, "status" if status and not text else "answer", text, author, status)
        self.tell("ticket", {"type": "ticket.answered", "submission_id": submission_id})

    def _log(self, submission: Json, kind: str, text: str, author: Json, status: str | None = None) -> None:
        entry = {
            "id": str(uuid4()),
            "at": NOW,
            "author": author,
            "kind": kind,
            "text": text,
            "status": status,
        }
        submission["log"] = [*submission["log"], entry]
        submission["updated_at"] = f"2026-11-23T09:{len(submission['log']):02}:00Z"

    def attach(self, submission: Json, kind: str, name: str, content: bytes) -> None:
        """A file of the log's last line."""
        href = f"/api/v1/files/{uuid4()}"
        self.files[href] = content
        shown = f"{href}/display" if kind == "screenshot" else None
        file = {"kind": kind, "name": name, "size": len(content), "href": href, "display_href": shown}
        line = submission["log"][-1]
        line["files"] = [*line.get("files", []), file]

    def tell(self, name: str, data: Json) -> None:
        for stream in self.streams:
            stream.put(f"id: {uuid4()}\nevent: {name}\ndata: {json.dumps(data)}\n\n")


class _Handler(BaseHTTPRequestHandler):
    desk: DeskServer
    protocol_version = "HTTP/1.1"

    def log_message(self, *_arguments: Any) -> None:
        pass

    def handle(self) -> None:
        try:
            super().handle()
        except ConnectionError:
            self.close_connection = True

    def do_GET(self) -> None:
        path = self.path.split("?")[0]
        with self.desk.changed:
            self.desk.asked.append(self.path)
            self.desk.changed.notify_all()
        if path.startswith("/api/v1/devices/codes/"):
            known = path.endswith("/DEMO")
            found = {"company": COMPANY, "screenshots_allowed": self.desk.screenshots_allowed}
            self._answer(Answer(200, found) if known else Answer(404, {"title": "No such code"}))
        elif not self._authorised():
            self._answer(Answer(401, {"title": "Unknown token"}))
        elif path.startswith(("/api/v1/files/", "/api/v1/articles/pictures/")):
            self._send(200, "application/octet-stream", self.desk.files[path.removesuffix("/display")])
        elif path == "/api/v1/events":
            self._stream()
        elif path == "/api/v1/me":
            self._answer(Answer(200, me(self.desk)))
        elif path == "/api/v1/submissions/alike":
            self._answer(Answer(200, {"items": self.desk.colleagues}))
        elif path.startswith("/api/v1/articles/") and path.endswith("/public"):
            article = self.desk.article(path.split("/")[4])
            self._answer(Answer(200, article) if article else Answer(404, {"title": "No such article"}))
        elif path == "/api/v1/submissions":
            self._answer(Answer(200, {"items": list(self.desk.submissions.values()), "next": None}))
        else:
            found = self.desk.submissions.get(path.rsplit("/", 1)[-1], {})
            self._answer(Answer(200 if found else 404, found))

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        received = parse(self.path, self.headers, body)
        if self.path == "/api/v1/devices":
            enrolled = {"device_id": "device-1", "token": TOKEN} | me(self.desk)
            wrong = Answer(403, {"title": "Wrong code"})
            self._answer(Answer(201, enrolled) if received.fields["code"] == "DEMO" else wrong)
        elif not self._authorised():
            self._answer(Answer(401, {"title": "Unknown token"}))
        elif self.path == "/api/v1/suggestions":
            with self.desk.changed:
                self.desk.asked.append(f"{self.path} {received.fields['title']}")
                self.desk.changed.notify_all()
            self._answer(Answer(200, {"items": self.desk.articles}))
        else:
            answer = self.desk.write(received)
            if self.desk.after(received):
                self._answer(answer)
            else:
                self.close_connection = True

    def _authorised(self) -> bool:
        return self.headers.get("Authorization", "").removeprefix("Bearer ") in self.desk.tokens

    def _answer(self, answer: Answer) -> None:
        content = json.dumps(answer.body).encode()
        kind = "application/problem+json" if answer.status >= 400 else "application/json"
        self._send(answer.status, kind, content, answer.headers)

    def _send(self, status: int, kind: str, content: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        for name, value in {"Content-Type": kind, **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def _stream(self) -> None:
        own: queue.Queue[str | None] = queue.Queue()
        with self.desk.changed:
            self.desk.last_event_ids.append(self.headers.get("Last-Event-ID"))
            self.desk.streams.append(own)
            self.desk.changed.notify_all()
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        self.close_connection = True
        while (message := own.get()) is not None:
            self.wfile.write(message.encode())
            self.wfile.flush()
        self.desk.streams.remove(own)


def me(desk: DeskServer) -> Json:
    return {
        "device_id": "device-1",
        "person": PERSON,
        "company": COMPANY,
        "screenshots_allowed": desk.screenshots_allowed,
        "confirmed": True,
        "is_manager": False,
    }


def parse(path: str, headers: Message, body: bytes) -> Received:
    fields: Json = {}
    files: list[tuple[str, str, bytes]] = []
    content_type = headers["Content-Type"]
    if content_type.startswith("multipart/"):
        whole = message_from_bytes(b"Content-Type: " + content_type.encode() + b"\r\n\r\n" + body)
        for part in whole.get_payload():
            assert isinstance(part, Message)
            content = part.get_payload(decode=True)
            assert isinstance(content, bytes)
            name = str(part.get_param("name", header="Content-Disposition"))
            if part.get_filename():
                files.append((name, str(part.get_filename()), content))
            else:
                fields[name] = content.decode()
    else:
        fields = json.loads(body)
    digest = hashlib.sha256(body).hexdigest()
    return Received(headers.get("Idempotency-Key", ""), path, fields, files, digest)
