"""What a specialist is writing on a ticket, and the timer that runs meanwhile: each specialist's own."""

from __future__ import annotations

from typing import Annotated

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StrictBool

from contracts.tickets_http import EntryText, Minutes


class DraftBody(BaseModel):
    """As it stands in the composer; an empty one is as good as none."""

    model_config = ConfigDict(extra="forbid")

    text: EntryText = ""
    public: StrictBool = True
    minutes: Minutes | None = None
    additional: StrictBool = False


class DraftView(BaseModel):
    """`version` grows with each change, so that two windows do not overwrite each other; 0: none so far."""

    text: str
    public: bool
    minutes: int | None
    additional: bool
    version: int
    at: AwareDatetime | None


class TimerBody(BaseModel):
    """Let it run on ticket `number`, or rest there; `instead`: stop the one that runs elsewhere."""

    model_config = ConfigDict(extra="forbid")

    number: Annotated[int, Field(ge=1, le=2**53, strict=True)]
    running: StrictBool = True
    instead: StrictBool = False


class TimerView(BaseModel):
    """`number` null: there is none. `seconds` so far; `forgotten`: it runs longer than anybody works."""

    number: int | None
    running: bool
    seconds: int
    started_at: AwareDatetime | None
    forgotten: bool


class TimerStopped(BaseModel):
    """Begun minutes count whole; they are in the draft of that ticket now."""

    number: int | None
    minutes: int
    draft: DraftView | None
