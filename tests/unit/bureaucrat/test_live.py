"""The live thread hears of every change, over the stream or without it."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from bureaucrat.api_client import ApiClient
from bureaucrat.failures import Json
from bureaucrat.live import Live
from bureaucrat.parcel import new_submission
from tests.unit.bureaucrat.desk_server import TOKEN, DeskServer


class Ears:
    def __init__(self) -> None:
        self.changed = threading.Condition()
        self.known: dict[str, Json] = {}
        self.online: bool | None = None
        self.times_revoked = 0

    def heard(self, submissions: list[Json]) -> None:
        with self.changed:
            self.known |= {item["id"]: item for item in submissions}
            self.changed.notify_all()

    def heard_me(self, me: Json) -> None:
        pass

    def linked(self, online: bool) -> None:
        with self.changed:
            self.online = online
            self.changed.notify_all()

    def revoked(self) -> None:
        with self.changed:
            self.times_revoked += 1
            self.changed.notify_all()

    def texts(self) -> list[str]:
        return [entry["text"] for item in self.known.values() for entry in item["log"]]

    def wait_for_text(self, text: str) -> None:
        with self.changed:
            assert self.changed.wait_for(lambda: text in self.texts(), 20)


@pytest.fixture
def ears() -> Ears:
    return Ears()


@pytest.fixture
def live(client: ApiClient, ears: Ears) -> Iterator[Live]:
    thread = Live(client, ears, first_pause=0.02)
    thread.start()
    yield thread
    thread.stop()
    client.close()
    thread.join(10)
    assert not thread.is_alive()


def submit(client: ApiClient) -> str:
    return str(client.send(new_submission("Не печатает", "", {}))["id"])


def test_an_answer_is_heard_at_once(desk: DeskServer, client: ApiClient, live: Live, ears: Ears) -> None:
    desk.wait_for(lambda: len(desk.streams) == 1)
    desk.answer(submit(client), "Смотрю")
    ears.wait_for_text("Смотрю")


def test_after_a_lost_connection_it_resumes_from_the_last_event(
    desk: DeskServer, client: ApiClient, live: Live, ears: Ears
) -> None:
    desk.wait_for(lambda: len(desk.streams) == 1)
    ticket = submit(client)
    desk.answer(ticket, "раз")
    ears.wait_for_text("раз")
    desk.drop_streams()
    desk.wait_for(lambda: len(desk.last_event_ids) == 2)
    assert desk.last_event_ids[0] is None
    assert desk.last_event_ids[1]
    desk.answer(ticket, "два")
    ears.wait_for_text("два")


def test_a_reset_makes_it_ask_for_everything(
    desk: DeskServer, client: ApiClient, live: Live, ears: Ears
) -> None:
    desk.wait_for(lambda: len(desk.streams) == 1)
    ticket = submit(client)
    desk.submissions[ticket]["log"] = [{"text": "никому не сказано"}]
    desk.tell("reset", {})
    ears.wait_for_text("никому не сказано")


def test_what_an_event_has_overtaken_is_waited_for(
    desk: DeskServer, client: ApiClient, live: Live, ears: Ears
) -> None:
    desk.wait_for(lambda: len(desk.streams) == 1)
    ticket = submit(client)
    desk.submissions[ticket]["log"] = [{"text": "седьмая версия"}]
    desk.tell("ticket", {"submission_id": ticket, "version": 7})
    ears.wait_for_text("седьмая версия")
    # The first look at everything may have shown it before the event did.
    desk.wait_for(lambda: any(asked.endswith(f"{ticket}?wait=5&version=7") for asked in desk.asked))


def test_an_event_without_sense_does_not_stop_it(
    desk: DeskServer, client: ApiClient, live: Live, ears: Ears
) -> None:
    desk.wait_for(lambda: len(desk.streams) == 1)
    for nonsense in ({}, {"submission_id": "x"}, {"submission_id": "01900000-0000-7000-8000-00000000dead"}):
        desk.tell("ticket", nonsense)
    desk.answer(submit(client), "дошло")
    ears.wait_for_text("дошло")


def test_without_a_stream_it_asks_the_plain_way(
    desk: DeskServer, client: ApiClient, ears: Ears, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain, no_stream = client._request, client.server + "/nowhere"

    def without_events(method: str, path: str, **arguments: object) -> object:
        if path == "/events":
            path = no_stream
        return plain(method, path, **arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(client, "_request", without_events)
    thread = Live(client, ears, first_pause=0.02)
    thread.start()
    desk.answer(submit(client), "и так дошло")
    ears.wait_for_text("и так дошло")
    assert ears.online
    thread.stop()
    thread.join(10)
    assert not thread.is_alive()


def test_a_revoked_device_is_told_and_waits_for_a_new_token(
    desk: DeskServer, client: ApiClient, ears: Ears
) -> None:
    client.token = "revoked"
    thread = Live(client, ears, first_pause=0.02)
    thread.start()
    with ears.changed:
        assert ears.changed.wait_for(lambda: ears.times_revoked, 20)
    client.token = TOKEN
    thread.resume()
    desk.wait_for(lambda: len(desk.streams) == 1)
    thread.stop()
    client.close()
    thread.join(10)
    assert not thread.is_alive()


def test_a_server_that_is_away_is_noticed_and_found_again(desk: DeskServer, ears: Ears) -> None:
    client = ApiClient("http://127.0.0.1:9", token=TOKEN)
    thread = Live(client, ears, first_pause=0.02)
    thread.start()
    with ears.changed:
        assert ears.changed.wait_for(lambda: ears.online is False, 20)
    client.server = desk.url
    with ears.changed:
        assert ears.changed.wait_for(lambda: ears.online is True, 20)
    thread.stop()
    client.close()
    thread.join(10)
    assert not thread.is_alive()
