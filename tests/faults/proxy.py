"""A TCP proxy that can cut, silence and slow what passes through it, or balance between several targets."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

_CHUNK = 16 * 1024


class Proxy:
    """Each connection goes to the first target that takes it.

    A silenced connection passes nothing ever again and is never closed by us, as behind a router that forgot
    it; new ones are accepted and hang until `heal`.
    """

    def __init__(self, *targets: tuple[str, int]) -> None:
        self._targets: Sequence[tuple[str, int]] = targets
        self._turn = 0
        self._open: set[asyncio.Task[None]] = set()
        self._passing = asyncio.Event()
        self._passing.set()
        self.delay_seconds = 0.0
        self.port = 0

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[None]:
        server = await asyncio.start_server(self._on_connection, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield
        finally:
            server.close()
            await self.cut()

    @property
    def connections(self) -> int:
        return len(self._open)

    async def cut(self) -> int:
        """Reset every connection; returns how many there were."""
        tasks = list(self._open)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        return len(tasks)

    def silence(self) -> None:
        self._passing.clear()

    def heal(self) -> None:
        """New connections pass again; silenced ones stay silent."""
        self._passing = asyncio.Event()
        self._passing.set()

    async def _on_connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._open.add(task)
        try:
            await self._pass_on(reader, writer)
        except (asyncio.CancelledError, OSError):
            pass
        finally:
            self._open.discard(task)
            writer.transport.abort()

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        passing = self._passing
        await passing.wait()
        behind_reader, behind_writer = await self._reach()
        try:
            async with asyncio.TaskGroup() as both:
                both.create_task(self._pump(reader, behind_writer, passing))
                both.create_task(self._pump(behind_reader, writer, passing))
        except* OSError:
            pass
        finally:
            behind_writer.transport.abort()

    async def _reach(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        self._turn += 1
        for n in range(len(self._targets)):
            host, port = self._targets[(self._turn + n) % len(self._targets)]
            with contextlib.suppress(ConnectionRefusedError):
                return await asyncio.open_connection(host, port)
        raise ConnectionRefusedError

    async def _pump(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, passing: asyncio.Event
    ) -> None:
        while chunk := await reader.read(_CHUNK):
            await passing.wait()
            if self.delay_seconds:
                await asyncio.sleep(self.delay_seconds)
            writer.write(chunk)
            await writer.drain()
        writer.write_eof()
