"""The API keeps to its own OpenAPI document, whatever is sent to it: by schemathesis, as each kind of caller.

Left out, with reasons: what a schema cannot say (no such person, a cursor of somebody else) may be refused
although the schema allows it; the 401 of each call for nobody and for a wrong token is tested by name in
test_whose_is_it, because a storm of wrong tokens is answered 429, as it should be.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from deploy.local.ports import claimed_ports
from deploy.local.stack import Stack
from tests.end_to_end.callers import Caller, somebody
from tests.running import PATIENT

_HERE, _ROOT = Path(__file__).parent, Path(__file__).parents[3]
_FIRST_PORT = 22_000
_KINDS = ("staff", "device", "nobody")
_LEFT_OUT = "positive_data_acceptance,missing_required_header,ignored_auth"
# Examples of each operation; most of what is not for a caller is refused alike.
_BRIEFLY = {"staff": "5", "device": "3", "nobody": "2"}
# A sign-in ends the session that is used, the stream of events ends never.
_NOT_ASKED = ("/api/v1/session", "/api/v1/events")
_WITHOUT_LIMIT = {**PATIENT, "REQUESTS_PER_SECOND": "1000000", "REQUEST_BURST": "1000000"}


@pytest.fixture(scope="module")
async def hurried(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stack]:
    """The product without a limit on how often one caller may call: it would refuse most of this."""
    with claimed_ports(_FIRST_PORT) as claimed:
        run_dir = tmp_path_factory.mktemp("hurried")
        stack = Stack(run_dir, claimed, external=False, settings=_WITHOUT_LIMIT)
        try:
            await stack.start()
            yield stack
        finally:
            await stack.stop()


async def _headers_of(kind: str, url: str) -> dict[str, str]:
    caller = Caller(url)
    try:
        if kind == "staff":
            await caller.sign_in("admin")
            cookie = "; ".join(f"{name}={value}" for name, value in caller.cookies.items())
            return {"Cookie": cookie, **caller.headers}
        if kind == "device":
            enrolled = await caller.post("/devices", somebody())
            return {"Authorization": f"Bearer {enrolled['token']}"}
        return {}
    finally:
        await caller.close()


@pytest.fixture(scope="module")
async def callers(hurried: Stack) -> dict[str, dict[str, str]]:
    """All of them before the first begins: an administrator's storm may end what others enrol with."""
    return {kind: await _headers_of(kind, hurried.url) for kind in _KINDS}


@pytest.mark.parametrize("kind", _KINDS)
async def test_the_api_keeps_to_its_document(
    hurried: Stack, callers: dict[str, dict[str, str]], kind: str, is_long: bool, tmp_path: Path
) -> None:
    headers = callers[kind]
    command = [
        *(sys.executable, "-m", "schemathesis.cli", "--config-file", str(_HERE / "schemathesis.toml")),
        *("run", f"{hurried.url}/api/v1/openapi.json", "--exclude-checks", _LEFT_OUT, "--no-color"),
        *("--max-examples", "200" if is_long else _BRIEFLY[kind], "--continue-on-failure", "--workers", "2"),
        *("--request-timeout", "60"),
        *(part for path in _NOT_ASKED for part in ("--exclude-path", path)),
        *(part for name, value in headers.items() for part in ("-H", f"{name}: {value}")),
        *(() if is_long else ("--generation-deterministic",)),
    ]
    environment = {
        **os.environ,
        "PYTHONPATH": str(_ROOT),
        "SCHEMATHESIS_HOOKS": "tests.end_to_end.promises.schemathesis_hooks",
        "HELPDESK_AUTHORIZATION": headers.get("Authorization", ""),
    }
    run = await asyncio.create_subprocess_exec(
        *command,
        env=environment,
        cwd=tmp_path,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await run.communicate()
    assert run.returncode == 0, said.decode()
    assert " generated, " in said.decode()
