"""A product of its own to be mistreated, and the table of what was counted."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator

import pytest

from chassis.delivery import RETRY_PAUSES
from deploy.local.ports import claimed_ports
from deploy.local.stack import Stack
from tests.faults.product import Product
from tests.faults.table import Tables
from tests.running import HELPDESK

_FIRST_PORT = 23_000
_TABLES = pytest.StashKey[Tables]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_TABLES] = Tables()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    lines = config.stash[_TABLES].lines()
    if lines:
        terminalreporter.section("faults: what was counted")
        for line in lines:
            terminalreporter.write_line(line)


@pytest.fixture(scope="session")
def tables(pytestconfig: pytest.Config) -> Tables:
    return pytestconfig.stash[_TABLES]


@pytest.fixture(scope="session")
async def product(
    tmp_path_factory: pytest.TempPathFactory, tables: Tables, is_long: bool, pytestconfig: pytest.Config
) -> AsyncIterator[Product]:
    """Two replicas of each service, up and ready, with four devices enrolled."""
    if HELPDESK in pytestconfig.stash:
        # Nobody needs it any more, and at rest it still takes a tenth of the machine.
        await pytestconfig.stash[HELPDESK].stop()
    pauses = RETRY_PAUSES if is_long else (0.2, 0.5, 1.0)
    # All load comes from one address, which may hold half of the places.
    settings = {"UPLOADS_AT_ONCE": "512", "RETRY_PAUSES": json.dumps(pauses)}
    with claimed_ports(_FIRST_PORT) as claimed:
        folder = tmp_path_factory.mktemp("faults")
        stack = Stack(folder, claimed, replicas=2, external=False, settings=settings)
        try:
            await stack.start()
            product = Product(stack, tables, pauses)
            await product.enrol_devices()
            yield product
        finally:
            await stack.stop()
