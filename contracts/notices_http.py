"""What a specialist wants to be told of by the browser, over HTTP."""

from __future__ import annotations

from uuid import UUID

from pydantic import BaseModel, ConfigDict, StrictBool

from contracts.views_http import BuiltIn


class NoticeSettings(BaseModel):
    """`view`: new tickets in this view of the list, null: of none; `assigned`: to me; `answered`: in mine.

    `due`: a target of mine is about to be missed, or was.
    """

    model_config = ConfigDict(extra="forbid")

    view: BuiltIn | UUID | None = None
    assigned: StrictBool = True
    answered: StrictBool = True
    due: StrictBool = True
