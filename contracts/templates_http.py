"""Answers that are written once and used often, with fields that are filled from the ticket."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StrictBool, model_validator

from contracts.people import StaffRef
from contracts.text import Line, Prose

MOST_TEMPLATES = 200
TemplateName = Annotated[Line, Field(min_length=1, max_length=80)]
TemplateText = Annotated[Prose, Field(min_length=1, max_length=10_000)]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class NewTemplate(_Body):
    """Fields of the text stand in braces, such as {person.full_name}; an unknown one is refused."""

    name: TemplateName
    text: TemplateText
    shared: StrictBool = False


class TemplatePatch(_Body):
    """Fields to change; absent ones stay."""

    name: TemplateName | None = None
    text: TemplateText | None = None
    shared: StrictBool | None = None

    @model_validator(mode="after")
    def _says_something(self) -> TemplatePatch:
        if not self.model_fields_set or None in (getattr(self, name) for name in self.model_fields_set):
            raise ValueError("name at least one field to change, and its value")
        return self


class TemplateView(BaseModel):
    """`mine`: the caller may change and remove it."""

    id: UUID
    version: int
    name: str
    text: str
    shared: bool
    owner: StaffRef
    mine: bool


class TemplateList(BaseModel):
    """By name; one's own, and those that are shared."""

    items: list[TemplateView]
    fields: list[str]


class FilledTemplate(BaseModel):
    """The text with what the ticket says in its fields."""

    id: UUID
    name: str
    text: str


class FilledTemplates(BaseModel):
    items: list[FilledTemplate]
