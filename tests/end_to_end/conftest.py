"""Everybody who comes to the product: staff, employees of two companies, and strangers."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from deploy.local.stack import Stack
from tests.end_to_end.callers import Caller, Device, somebody

Enrol = Callable[..., Awaitable[Device]]
SignIn = Callable[..., Awaitable[Caller]]
COMPANY_A, COMPANY_B = "DEMO", "PKZ-2026"


@pytest.fixture(scope="session")
async def stranger(helpdesk: Stack) -> AsyncIterator[Caller]:
    """Somebody with neither account nor token, from an address of their own."""
    caller = Caller(helpdesk.url, address="127.0.0.9")
    yield caller
    await caller.close()


@pytest.fixture(scope="session")
async def sign_in(helpdesk: Stack) -> AsyncIterator[SignIn]:
    """Sign in as staff, in a browser of their own."""
    opened: list[Caller] = []

    async def sign_in(login: str = "specialist", password: str = "demo") -> Caller:  # noqa: S107
        caller = Caller(helpdesk.url)
        opened.append(caller)
        await caller.sign_in(login, password)
        return caller

    yield sign_in
    for caller in opened:
        await caller.close()


@pytest.fixture(scope="session")
async def enrol(helpdesk: Stack) -> AsyncIterator[Enrol]:
    """Enrol a newcomer with a company's code."""
    opened: list[Caller] = []

    async def enrol(code: str = COMPANY_A, **said: str) -> Device:
        nobody = Caller(helpdesk.url)
        enrolled = await nobody.post("/devices", {**somebody(code), **said})
        await nobody.close()
        device = Device(helpdesk.url, enrolled)
        opened.append(device)
        return device

    yield enrol
    for caller in opened:
        await caller.close()


@pytest.fixture(scope="session")
async def admin(sign_in: SignIn) -> Caller:
    return await sign_in("admin")


@pytest.fixture(scope="session")
async def specialist(sign_in: SignIn) -> Caller:
    return await sign_in("specialist")


@pytest.fixture(scope="session")
async def employee(enrol: Enrol) -> Device:
    """Of company A."""
    return await enrol(COMPANY_A)


@pytest.fixture(scope="session")
async def outsider(enrol: Enrol) -> Device:
    """An employee of company B."""
    return await enrol(COMPANY_B)
