"""An employee and a specialist before the whole product."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from deploy.local.stack import Stack
from tests.end_to_end.promises.people import Employee, Specialist, employee_at, specialist_at


@pytest.fixture
async def employee(helpdesk: Stack) -> AsyncIterator[Employee]:
    async with employee_at(helpdesk.url) as somebody:
        yield somebody


@pytest.fixture
async def specialist(helpdesk: Stack) -> AsyncIterator[Specialist]:
    async with specialist_at(helpdesk.url) as somebody:
        yield somebody
