"""The sender brings every parcel to the server once, however often either of them fails."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from bureaucrat import durable
from bureaucrat.api_client import ApiClient
from bureaucrat.failures import Json
from bureaucrat.parcel import Parcel, new_rating, new_reopening, new_reply, new_submission
from bureaucrat.sender import Sender
from bureaucrat.spool import Spool
from tests.unit.bureaucrat.desk_server import TOKEN, Answer, DeskServer, Received
from tests.unit.bureaucrat.spool_victim import PICTURE, enclosures, parcel

PROJECT = Path(__file__).parents[3]


class Notes:
    """A listener that writes everything down."""

    def __init__(self) -> None:
        self.changed = threading.Condition()
        self.taken: list[tuple[str, Any]] = []

    def note(self, what: str, about: Any) -> None:
        with self.changed:
            self.taken.append((what, about))
            self.changed.notify_all()

    def sent(self, parcel: Parcel, answer: Json) -> None:
        self.note("sent", answer)

    def rejected(self, parcel: Parcel, problem: Json) -> None:
        self.note("rejected", problem)

    def delayed(self, parcel: Parcel, reason: str) -> None:
        self.note("delayed", reason)

    def revoked(self) -> None:
        self.note("revoked", None)

    def wait(self, what: str, count: int = 1) -> list[Any]:
        def found() -> list[Any]:
            return [about for kind, about in self.taken if kind == what]

        with self.changed:
            assert self.changed.wait_for(lambda: len(found()) >= count, 20), self.taken
        return found()


@pytest.fixture
def notes() -> Notes:
    return Notes()


@pytest.fixture
def sender(spool: Spool, client: ApiClient, notes: Notes) -> Iterator[Sender]:
    thread = Sender(spool, client, notes, first_pause=0.02)
    yield thread
    thread.stop()
    client.close()
    if thread.ident:
        thread.join(10)
        assert not thread.is_alive()


def answers(*in_turn: Answer | None) -> Callable[[Received], Answer | None]:
    left = list(in_turn)
    return lambda _received: left.pop(0) if left else None


def test_a_submission_arrives_with_text_pictures_and_snapshot(
    spool: Spool, sender: Sender, desk: DeskServer, notes: Notes
) -> None:
    spool.put(parcel(), enclosures())
    sender.start()
    [answer] = notes.wait("sent")
    [received] = desk.accepted.values()
    assert received.key == str(parcel().id) == answer["id"]
    assert received.fields["title"] == "Не печатает принтер"
    assert received.fields["diagnostics"] == '{"hostname": "WS-12"}'
    assert received.fields["channel"] == "bureaucrat"
    assert received.files == [
        ("screenshot", "screen-1.png", PICTURE),
        ("screenshot", "screen-2.png", PICTURE[::-1]),
    ]


def test_every_kind_goes_to_its_own_place(
    spool: Spool, sender: Sender, desk: DeskServer, notes: Notes
) -> None:
    about = spool.put(parcel()).id
    for made in (new_reply(about, "ещё"), new_reopening(about, "снова"), new_rating(about, 5)):
        spool.put(made)
    sender.start()
    notes.wait("sent", 4)
    own = f"/api/v1/submissions/{about}"
    assert [received.path for received in desk.attempts] == [
        "/api/v1/submissions",
        f"{own}/replies",
        f"{own}/reopen",
        f"{own}/rating",
    ]
    assert [r.fields for r in desk.attempts[1:]] == [{"text": "ещё"}, {"text": "снова"}, {"score": 5}]
    assert spool.pending() == []


def test_a_lost_answer_is_asked_for_again_with_the_same_bytes(
    spool: Spool, sender: Sender, desk: DeskServer, notes: Notes
) -> None:
    lost = iter([False, False])
    desk.after = lambda _received: next(lost, True)
    spool.put(parcel(), enclosures())
    sender.start()
    notes.wait("sent")
    assert len(desk.attempts) >= 3
    assert len({received.digest for received in desk.attempts}) == 1
    assert len(desk.accepted) == 1


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504, 302])
def test_what_is_temporary_is_tried_again(
    spool: Spool, sender: Sender, desk: DeskServer, notes: Notes, status: int
) -> None:
    desk.before = answers(Answer(status), Answer(status))
    spool.put(parcel())
    sender.start()
    notes.wait("sent")
    assert len(desk.attempts) == 3


@pytest.mark.parametrize("status", [400, 403, 404, 409, 413, 415, 422])
def test_what_will_never_be_taken_is_set_aside_and_told(
    spool: Spool, sender: Sender, desk: DeskServer, notes: Notes, status: int
) -> None:
    problem = {"title": "Так нельзя", "errors": [{"field": "title", "message": "пусто"}]}
    desk.before = answers(Answer(status, problem))
    spool.put(parcel(), enclosures())
    sender.start()
    [told] = notes.wait("rejected")
    assert told == problem | {"status": status}
    assert spool.rejected()[0].problem == told
    assert spool.pending() == []


@pytest.mark.parametrize("status", [400, 401, 403, 404, 407])
def test_what_somebody_on_the_way_refuses_is_neither_refused_nor_revoked(
    spool: Spool, sender: Sender, desk: DeskServer, notes: Notes, status: int
) -> None:
    desk.before = answers(*(Answer(status, headers={"Content-Type": "text/html"}) for _ in range(2)))
    spool.put(parcel())
    sender.start()
    notes.wait("sent")
    assert {kind for kind, _ in notes.taken} == {"delayed", "sent"}
    assert len(desk.accepted) == 1


@pytest.mark.parametrize("status", [202, 422])
def test_a_disk_that_fails_when_the_answer_is_put_away_does_not_stop_the_sender(
    spool: Spool,
    sender: Sender,
    desk: DeskServer,
    notes: Notes,
    monkeypatch: pytest.MonkeyPatch,
    status: int,
) -> None:
    move, failures = durable.move, iter(range(2))

    def failing(source: Path, target: Path) -> None:
        if next(failures, None) is not None:
            raise OSError(errno.EIO, "Input/output error")
        move(source, target)

    spool.put(parcel())
    monkeypatch.setattr(durable, "move", failing)
    desk.before = lambda _received: Answer(status) if status != 202 else None
    sender.start()
    desk.wait_for(lambda: len(desk.attempts) == 3)
    notes.wait("rejected" if status == 422 else "sent", 1 if status == 422 else 3)
    spool.put(new_submission("Следующая", "", {}))
    desk.before = lambda _received: None
    sender.wake()
    desk.wait_for(lambda: len(desk.attempts) == 4)
    assert len(notes.wait("delayed", 2)) == 2


def test_a_spool_that_cannot_be_read_is_looked_at_again(
    spool: Spool, sender: Sender, desk: DeskServer, notes: Notes, monkeypatch: pytest.MonkeyPatch
) -> None:
    pending, failures = spool.pending, iter(range(2))

    def failing() -> list[Parcel]:
        if next(failures, None) is not None:
            raise OSError(errno.EIO, "Input/output error")
        return pending()

    spool.put(parcel())
    monkeypatch.setattr(spool, "pending", failing)
    sender.start()
    notes.wait("sent")


def test_retry_after_is_honoured_whatever_wakes_the_sender(
    spool: Spool, sender: Sender, desk: DeskServer, notes: Notes
) -> None:
    desk.before = answers(Answer(429, headers={"Retry-After": "30"}))
    spool.put(parcel())
    assert 29 < (sender.round() or 0) <= 30
    spool.put(new_submission("Ещё одна", "", {}))
    assert 29 < (sender.round() or 0) <= 30
    assert len(desk.attempts) == 1


def test_one_parcel_the_server_stumbles_over_does_not_hold_up_the_others(
    spool: Spool, sender: Sender, desk: DeskServer
) -> None:
    bad, good = spool.put(parcel()), spool.put(new_submission("Другая", "", {}))
    desk.before = lambda received: Answer(500) if received.key == str(bad.id) else None
    pause = sender.round()
    assert set(desk.accepted) == {str(good.id)}
    assert pause is not None
    assert [waiting.id for waiting in spool.pending()] == [bad.id]


def test_replies_of_one_ticket_keep_their_order(
    spool: Spool, sender: Sender, desk: DeskServer, notes: Notes
) -> None:
    about = spool.put(parcel()).id
    for number in range(4):
        spool.put(new_reply(about, str(number)))
    desk.before = answers(None, Answer(500), None, Answer(502), Answer(500))
    sender.start()
    notes.wait("sent", 5)
    log = desk.submissions[str(about)]["log"]
    assert [entry["text"] for entry in log] == ["0", "1", "2", "3"]


def test_a_revoked_device_keeps_its_parcels_until_it_is_enrolled_again(
    spool: Spool, sender: Sender, client: ApiClient, desk: DeskServer, notes: Notes
) -> None:
    client.token = "revoked"
    spool.put(parcel(), enclosures())
    sender.start()
    notes.wait("revoked")
    assert len(spool.pending()) == 1
    client.token = TOKEN
    sender.resume()
    notes.wait("sent")
    assert len(desk.accepted) == 1


def test_parcels_kept_without_a_server_are_sent_when_it_is_there(
    spool: Spool, client: ApiClient, sender: Sender, desk: DeskServer, notes: Notes
) -> None:
    there, client.server = client.server, "http://127.0.0.1:9"
    spool.put(parcel())
    sender.start()
    assert notes.wait("delayed", 2)[0] == "offline"
    client.server = there
    notes.wait("sent")
    assert len(desk.accepted) == 1


def test_the_pause_grows_while_the_server_is_away(spool: Spool, notes: Notes) -> None:
    sender = Sender(spool, ApiClient("http://127.0.0.1:9", token=TOKEN), notes, first_pause=1.0)
    spool.put(parcel())
    pauses = [sender.round() or 0.0 for _ in range(10)]
    assert 0.5 <= pauses[0] <= 1.0
    assert all(0.5 * min(60, 2**n) <= pause <= min(60, 2**n) for n, pause in enumerate(pauses))


def test_a_stop_cuts_a_hanging_request_short(
    spool: Spool, client: ApiClient, desk: DeskServer, notes: Notes
) -> None:
    go_on = threading.Event()

    def hang(_received: Received) -> Answer | None:
        go_on.wait(30)
        return None

    desk.before = hang
    spool.put(parcel())
    sender = Sender(spool, client, notes)
    sender.start()
    desk.wait_for(lambda: len(desk.attempts) == 1)
    sender.stop()
    client.close()
    sender.join(10)
    go_on.set()
    assert not sender.is_alive()
    assert len(spool.pending()) == 1


def test_kill_9_at_any_moment_of_sending_sends_once(tmp_path: Path, desk: DeskServer) -> None:
    """A process with the real sender is killed when the server has read, has accepted, has answered."""
    made = Spool(tmp_path).put(parcel(), enclosures())
    for moment in ("read", "accepted", "answered"):
        victim = start_sending(tmp_path, desk.url)

        def kill(received: Received, victim: subprocess.Popen[bytes] = victim) -> None:
            os.kill(victim.pid, signal.SIGKILL)
            victim.wait()

        desk.before = lambda r, m=moment, k=kill: k(r) if m == "read" else None  # type: ignore[misc]
        desk.after = lambda r, m=moment, k=kill: (k(r) is None) if m == "accepted" else True  # type: ignore[misc]
        if moment == "answered":
            desk.wait_for(lambda: len(desk.attempts) == 3)
            kill(desk.attempts[-1])
        assert victim.wait(20) == -signal.SIGKILL
    desk.before, desk.after = lambda _r: None, lambda _r: True
    left = Spool(tmp_path).pending()
    assert [one.id for one in left] in ([], [made.id])
    if left:
        finish(start_sending(tmp_path, desk.url, until_empty=True))
    assert Spool(tmp_path).pending() == []
    assert list(desk.accepted) == [str(made.id)]
    assert len({received.digest for received in desk.attempts}) == 1


SENDING = """
import sys, time
from pathlib import Path
from bureaucrat.api_client import ApiClient
from bureaucrat.sender import Sender
from bureaucrat.spool import Spool
from tests.unit.bureaucrat.test_sender import Notes
spool = Spool(Path(sys.argv[1]))
sender = Sender(spool, ApiClient(sys.argv[2], token="device-token"), Notes(), first_pause=0.02)
sender.start()
while sys.argv[3] == "False" or spool.pending():
    sender.join(0.02)
"""


def start_sending(home: Path, url: str, *, until_empty: bool = False) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", SENDING, str(home), url, str(until_empty)], cwd=PROJECT)


def finish(process: subprocess.Popen[bytes]) -> None:
    assert process.wait(20) == 0


def test_many_parcels_through_a_server_that_fails_at_random_arrive_once_each(
    spool: Spool, sender: Sender, desk: DeskServer, notes: Notes
) -> None:
    turns = iter(range(10_000))
    desk.before = lambda _r: Answer(503) if next(turns) % 3 == 0 else None
    desk.after = lambda _r: next(turns) % 4 != 0
    made: set[UUID] = {spool.put(new_submission(f"Заявка {n}", "", {})).id for n in range(20)}
    sender.start()
    deadline = time.monotonic() + 30
    while spool.pending() and time.monotonic() < deadline:
        notes.wait("sent", len(made) - len(spool.pending()))
        sender.wake()
    assert spool.pending() == []
    assert {UUID(key) for key in desk.accepted} == made
