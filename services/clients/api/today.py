"""Which day it is where we work: for what begins and ends by the day."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import Depends, Request

from chassis.clock import now
from services.clients.domain.term import day_of


async def the_day(request: Request) -> date:
    return day_of(now(), request.app.state.zone)


Today = Annotated[date, Depends(the_day)]
