"""The first two versions of something, heard at the same moment."""

from __future__ import annotations

import asyncio

from chassis.clock import new_id
from chassis.inbox import save_if_newer
from chassis.mongo import Database

# Without the second look of `save_if_newer` some 3 in 100 kept the older version.
_ROUNDS, _AT_ONCE = 10, 40


async def test_the_newer_of_two_first_versions_stays(kept: Database) -> None:
    for _ in range(_ROUNDS):
        keys = [new_id() for _ in range(_AT_ONCE)]
        said = [(key, version) for key in keys for version in (1, 2)]
        await asyncio.gather(*(save_if_newer(kept["mirror"], key, version, {}) for key, version in said))

    assert await kept["mirror"].distinct("version") == [2]
