"""The published description of events is the one the models make."""

from __future__ import annotations

from contracts.tickets import TicketNoted
from deploy.asyncapi import DOCUMENT, describe


def test_the_document_in_the_repository_is_current() -> None:
    assert DOCUMENT.read_text() == describe(), "run `python -m deploy.asyncapi`"


def test_internal_notes_are_not_offered_to_other_systems() -> None:
    assert TicketNoted.TYPE not in describe()
