"""Asking the vault for what is secret: always with a reason, and only for this one answer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from chassis.problems import Problem
from gateway.reveal import ask_to_reveal
from gateway.web.card.reader import Reader
from gateway.web.card.spelling import Spelled, spelled

_TICKET = re.compile(r"(?:№|#)?\s*([1-9][0-9]{0,14})")


@dataclass(frozen=True)
class RevealedHere:
    """What is shown, and the reason for which a fresh one-time code may be asked for again."""

    login: str
    secret: str
    notes: str
    totp: Mapping[str, Any] | None
    why: str
    for_ticket: bool = False
    spelled: list[Spelled] = field(default_factory=list)

    @property
    def spaced_code(self) -> str:
        """«123 456»: easier to read off."""
        code = str(self.totp["code"]) if self.totp else ""
        half = len(code) // 2
        return f"{code[:half]} {code[half:]}" if half else code


def reason_in(form: Mapping[str, str]) -> dict[str, Any]:
    """A number alone is a ticket's."""
    said = form.get("reason", "").strip()
    ticket = _TICKET.fullmatch(form.get("ticket", "").strip() or said)
    return {"ticket": int(ticket[1])} if ticket else {"reason": said}


async def reveal(reader: Reader, path: str, form: Mapping[str, str]) -> RevealedHere:
    """Raises Problem."""
    what = {"what": "code"} if form.get("what") == "code" else {}
    answer = await ask_to_reveal(reader.request, reader.session, path, {**reason_in(form), **what})
    answer.raise_for_problem()
    found = answer.json()
    why = form.get("ticket", "").strip() or form.get("reason", "").strip()
    return RevealedHere(
        login=found["login"],
        secret=found["secret"],
        notes=found["notes"],
        totp=found["totp"],
        why=why,
        for_ticket=bool(form.get("ticket", "").strip()),
        spelled=spelled(found["secret"], reader.viewer.lang),
    )


async def reveal_key(reader: Reader, licence: str, form: Mapping[str, str]) -> str:
    """A licence's key. Raises Problem."""
    path = f"/licences/{licence}/reveal"
    answer = await ask_to_reveal(reader.request, reader.session, path, reason_in(form))
    answer.raise_for_problem()
    return str(answer.json()["key"])


def refusal(problem: Problem) -> str:
    """As a message."""
    if problem.status == 403:
        return _("Your role does not allow to see this.")
    if problem.status == 429:
        return _("That was a lot at once. Wait a minute.")
    if problem.status >= 500:
        return _("This does not answer just now. Try again in a few seconds.")
    return _("Say in a few words why you need it, or name a ticket of this company.")


def _(message: str) -> str:
    """Marks a message for the catalogue; it is translated where it is shown."""
    return message
