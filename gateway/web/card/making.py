"""Things of a client that are made and archived alike: people, licences, contracts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from gateway.answers import UpstreamProblem
from gateway.web.card.fields import THINGS, Thing, value_of
from gateway.web.card.reader import Reader, key_in


class RefusedError(Exception):
    """What was typed was not accepted; `field` is the one at fault, where it is known."""

    def __init__(self, status: int, field: str = "") -> None:
        super().__init__()
        self.status = status
        self.field = field


async def make(reader: Reader, thing: str, company_id: UUID, form: Mapping[str, str]) -> dict[str, Any]:
    """Raises RefusedError."""
    body: dict[str, Any] = {"company_id": str(company_id)}
    for name, field in THINGS[thing].fields.items():
        typed = form.get(name, "")
        try:
            if typed.strip() or field.needed:
                body[name] = value_of(field, typed)
        except ValueError as error:
            raise RefusedError(422, name) from error
    try:
        made: dict[str, Any] = await reader.make(THINGS[thing].path, body, key_in(form))
    except UpstreamProblem as problem:
        raise RefusedError(problem.status, _at_fault(problem, THINGS[thing])) from problem
    return made


def _at_fault(problem: UpstreamProblem, thing: Thing) -> str:
    """`addresses` of «body.addresses.0»; empty where it is none of the fields."""
    named = (part for where, _why in problem.errors for part in where.split(".") if part in thing.fields)
    return next(named, "")


def why_not(thing: str, refused: RefusedError) -> str:
    """As a message."""
    if refused.status == 403:
        return _("Your role does not allow to add this.")
    if refused.status >= 500:
        return _("This does not answer just now. What you typed is kept; try again.")
    if refused.status == 409:
        return _("There is one like this already.")
    if thing == "contracts" and refused.field.startswith("valid_"):
        return _("The days do not fit: another contract holds then, or it ends before it begins.")
    return _("This was not accepted. Look at what is marked.")


def typed_in(thing: str, form: Mapping[str, str] | None) -> dict[str, str]:
    return {name: (form or {}).get(name, "") for name in THINGS[thing].fields}


def _(message: str) -> str:
    """Marks a message for the catalogue; it is translated where it is shown."""
    return message
