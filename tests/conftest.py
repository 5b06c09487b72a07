"""Real servers and the whole product, for every suite that needs them; nothing here is simulated."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from deploy.local.ports import claimed_ports
from deploy.local.stack import Stack
from tests.running import HELPDESK, PATIENT

# The quick suites come first, so that a mistake shows within seconds.
_ORDER = ("unit", "contract", "end_to_end", "browser", "desktop", "faults", "load")
_FIRST_TEST_PORT = 21_000
# How long an example takes says how busy the machine is, and nothing of the code.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--long", action="store_true", help="run faults and bench at full length (make faults, make bench)"
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=_suite_of)


def _suite_of(item: pytest.Item) -> int:
    parts = Path(item.path).relative_to(Path(__file__).parent).parts
    return _ORDER.index(parts[0]) if parts[0] in _ORDER else len(_ORDER)


@pytest.fixture(scope="session")
def is_long(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--long"))


@pytest.fixture(scope="session")
async def servers(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stack]:
    """mongod and RabbitMQ with the topology declared, without services; tests use databases of their own."""
    with claimed_ports(_FIRST_TEST_PORT) as claimed:
        stack = Stack(tmp_path_factory.mktemp("servers"), claimed)
        try:
            await stack.start_servers()
            await stack.declare_topology()
            yield stack
        finally:
            await stack.stop()


@pytest.fixture(scope="session")
def mongo_url(servers: Stack) -> str:
    """An administrator's."""
    return servers.mongodb_url


@pytest.fixture(scope="session")
def amqp_url(servers: Stack) -> str:
    """An administrator's."""
    return servers.amqp_url


@pytest.fixture(scope="session")
async def helpdesk(
    tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config
) -> AsyncIterator[Stack]:
    """The whole product, up and ready, with its demo companies and accounts.

    A machine whose disk stalls for some seconds makes it slow, not wrong.
    """
    with claimed_ports(_FIRST_TEST_PORT) as claimed:
        stack = Stack(tmp_path_factory.mktemp("helpdesk"), claimed, external=False, settings=PATIENT)
        try:
            await stack.start()
            pytestconfig.stash[HELPDESK] = stack
            yield stack
        finally:
            await stack.stop()
