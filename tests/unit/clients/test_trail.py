"""A history tells the whole of a thing, and no secret."""

from __future__ import annotations

from typing import Any, ClassVar

from hypothesis import given
from hypothesis import strategies as st

from chassis.clock import new_id, now
from contracts.clients import PersonSaved
from contracts.envelope import Event
from contracts.history_http import Doer
from services.clients.domain.aggregate import Aggregate
from services.clients.domain.equipment import Equipment
from services.clients.domain.person import Person

_SOMEBODY = Doer(kind="staff", id=new_id(), full_name="Специалист")
_TEXT = st.text(max_size=10)
_PATCH = st.fixed_dictionaries(
    {},
    optional={
        "name": _TEXT,
        "place": _TEXT,
        "addresses": st.lists(_TEXT, max_size=3),
        "person_id": st.none() | st.uuids(),
        "archived": st.booleans(),
    },
)


def _piece(**fields: Any) -> Equipment:
    made = {"id": new_id(), "company_id": new_id(), "kind": "server", "name": "Сервер"}
    return Equipment(**{**made, **fields}, created_at=now(), updated_at=now())


@given(_PATCH, st.lists(st.lists(_PATCH, min_size=1, max_size=3), max_size=6))
def test_a_history_gone_through_forwards_and_backwards_is_the_thing(
    first: dict[str, Any], saves: list[list[dict[str, Any]]]
) -> None:
    piece = _piece(**first).signed(_SOMEBODY)
    made = piece.model_dump()
    piece.take_events()
    entries = [piece.take_entry()]
    for save in saves:
        for patch in save:
            piece.change(patch, now())
        if piece.take_events():
            entries.append(piece.take_entry())
    assert [entry.version for entry in entries] == list(range(1, piece.version + 1))
    assert {entry.by for entry in entries} == {_SOMEBODY}
    stands: dict[str, Any] = {}
    for entry in entries:
        for change in entry.changes:
            assert change.before == stands.get(change.field, change.before)
            stands[change.field] = change.after
    now_stands = piece.model_dump()
    assert all(now_stands[field] == value for field, value in stands.items())
    for entry in reversed(entries[1:]):
        for change in entry.changes:
            now_stands[change.field] = change.before
    own = {"version", "updated_at"}
    assert {k: v for k, v in now_stands.items() if k not in own} == {
        k: v for k, v in made.items() if k not in own
    }


def test_what_comes_back_to_where_it_was_changed_nothing() -> None:
    piece = _piece()
    piece.take_events()
    piece.take_entry()
    piece.change({"place": "Склад"}, now())
    piece.change({"place": ""}, now())
    piece.take_events()
    assert piece.take_entry().changes == []


def test_a_thing_begins_with_what_was_said_of_it_and_not_with_what_is_left_empty() -> None:
    person = Person(
        id=new_id(), company_id=new_id(), full_name="Имя", created_at=now(), updated_at=now(), phone="112"
    )
    person.take_events()
    assert [change.field for change in person.take_entry().changes] == ["company_id", "full_name", "phone"]


class _Sealed(Aggregate):
    SECRET: ClassVar[frozenset[str]] = frozenset({"word"})
    UNTOLD: ClassVar[frozenset[str]] = frozenset({"mark"})

    word: str
    sealed: dict[str, Any]
    mark: int = 0

    def event(self) -> Event:
        return PersonSaved(id=self.id, version=self.version, company_id=self.id, full_name="")


@given(st.text(min_size=5), st.binary(min_size=5))
def test_of_secrets_and_of_bytes_it_is_only_said_that_they_changed(word: str, sealed: bytes) -> None:
    thing = _Sealed(id=new_id(), updated_at=now(), word="first word", sealed={"in": [b"first bytes"]})
    thing.take_events()
    made = thing.take_entry()
    thing.change({"word": word, "sealed": {"in": [sealed]}, "mark": 1}, now())
    thing.take_events()
    for entry in (made, thing.take_entry()):
        changes = [(change.field, change.before, change.after, change.is_secret) for change in entry.changes]
        assert changes == [("word", None, None, True), ("sealed", None, None, True)]
