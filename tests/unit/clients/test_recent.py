"""What was read a moment ago serves again, until something changes or the moment is over."""

from __future__ import annotations

import pytest

from services.clients.store.recent import Recent


class Reading:
    def __init__(self) -> None:
        self.now = 0.0
        self.times = 0
        self.recent = Recent(lambda: self.now)

    async def __call__(self) -> int:
        self.times += 1
        return self.times

    async def look(self, key: str = "key") -> int:
        return await self.recent.of(key, self)


async def test_what_was_read_serves_for_a_moment_and_each_key_for_itself() -> None:
    reading = Reading()
    assert [await reading.look(), await reading.look(), await reading.look("other")] == [1, 1, 2]
    reading.now = 2.1
    assert await reading.look() == 3


async def test_a_change_drops_all_and_what_was_being_read_meanwhile_is_not_kept() -> None:
    reading = Reading()
    await reading.look()
    reading.recent.drop()
    assert await reading.look() == 2

    async def changing() -> int:
        reading.recent.drop()
        return 99

    assert await reading.recent.of("changing", changing) == 99
    assert await reading.look("changing") == 3


async def test_what_cannot_be_read_is_tried_again() -> None:
    reading = Reading()

    async def failing() -> int:
        raise OSError("gone")

    with pytest.raises(OSError, match="gone"):
        await reading.recent.of("key", failing)
    assert await reading.look() == 1
