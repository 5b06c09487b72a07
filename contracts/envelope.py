"""The CloudEvents 1.0 envelope every event travels in."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Generic, Literal, TypeVar
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, SerializeAsAny, model_validator


class Event(BaseModel):
    """What happened, in the past tense; fields unknown to a reader are ignored, so that events can grow."""

    TYPE: ClassVar[str]
    SOURCE: ClassVar[str]
    PUBLIC: ClassVar[bool] = False

    model_config = ConfigDict(extra="ignore", frozen=True)

    @property
    def subject(self) -> str:
        """The id of the aggregate this happened to."""
        raise NotImplementedError


EventT = TypeVar("EventT", bound=Event)


class Envelope(BaseModel, Generic[EventT]):
    """CloudEvents 1.0, structured JSON mode (https://github.com/cloudevents/spec, v1.0.2)."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    specversion: Literal["1.0"] = "1.0"
    id: UUID
    source: str
    type: str
    subject: str
    time: AwareDatetime
    datacontenttype: Literal["application/json"] = "application/json"
    traceparent: str | None = None
    data: SerializeAsAny[EventT]

    @model_validator(mode="after")
    def _comes_from_who_may_say_it(self) -> Envelope[EventT]:
        """A reader of one event refuses any other; a reader of a whole family takes all of its types."""
        expected = getattr(type(self.data), "SOURCE", self.source)
        if self.source != expected:
            raise ValueError(f"{self.type} is spoken by {expected}, not by {self.source}")
        wanted = getattr(type(self.data), "TYPE", self.type)
        if self.type != wanted:
            raise ValueError(f"wanted {wanted}, not {self.type}")
        return self


def envelop(
    event: EventT, *, event_id: UUID, time: datetime, traceparent: str | None = None
) -> Envelope[EventT]:
    """Put an event into its envelope; `time` is when it happened (UTC)."""
    return Envelope[EventT](
        id=event_id,
        source=event.SOURCE,
        type=event.TYPE,
        subject=event.subject,
        time=time,
        traceparent=traceparent,
        data=event,
    )
