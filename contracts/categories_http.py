"""Categories over HTTP: the tree, and how dispatchers keep it."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StrictBool, model_validator

from contracts.categories import SEPARATOR
from contracts.text import Line

LONGEST_NAME = 80


def _without_separator(name: str) -> str:
    if SEPARATOR.strip() in name:
        raise ValueError("a name has no slash: it stands between a group and what is in it")
    return name


CategoryName = Annotated[
    Line, Field(min_length=1, max_length=LONGEST_NAME), AfterValidator(_without_separator)
]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class NewCategory(_Body):
    """`parent_id`: the group it is in; null makes a group."""

    name: CategoryName
    parent_id: UUID | None = None


class CategoryPatch(_Body):
    """Absent fields stay. `parent_id` null makes it a group of its own."""

    name: CategoryName | None = None
    parent_id: UUID | None = None
    archived: StrictBool | None = None

    @model_validator(mode="after")
    def _says_something(self) -> CategoryPatch:
        if not self.model_fields_set:
            raise ValueError("name at least one field to change")
        for name in ("name", "archived"):
            if name in self.model_fields_set and getattr(self, name) is None:
                raise ValueError(f"{name} cannot be null")
        return self


class CategoryMerge(_Body):
    """`into`: the category that its tickets have from now on."""

    into: UUID


class CategoryView(BaseModel):
    """`path`: with its group; `tickets`: how many have it, null where that is not told."""

    id: UUID
    name: str
    path: str
    parent_id: UUID | None
    archived: bool
    version: int
    tickets: int | None = None


class CategoryList(BaseModel):
    """Groups by name, each followed by what is in it. `following`: tickets are being brought up to date."""

    items: list[CategoryView]
    following: bool = False


class CategoryGuess(BaseModel):
    """`probability` from 0 to 1, judged by the tickets so far."""

    category_id: UUID
    path: str
    probability: float


class CategoryGuesses(BaseModel):
    """The likeliest first; empty while there is too little to go by."""

    items: list[CategoryGuess]


class GuessingView(BaseModel):
    """Tickets `learned` from, and how the guesses were, each made before its ticket was learned.

    `right`: the first guess was what people chose; `among_three`: one of the first three was; `commonest`: so
    many would have been right had one always said the most frequent category.
    """

    learned: int
    guessed: int
    right: int
    among_three: int
    commonest: int
