"""`python -m deploy.local run|servers|stop`: the product on this machine, in the foreground."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import fcntl
import os
import signal
import sys
import time
from collections.abc import Iterator
from typing import TextIO

from deploy.local.child import Child, end_leftovers
from deploy.local.history import make_history
from deploy.local.ports import claimed_ports
from deploy.local.services import ROOT, tried_settings
from deploy.local.stack import Stack

RUN_DIR = ROOT / ".run"
_FIRST_RESTART_PAUSE, _LONGEST_RESTART_PAUSE = 1.0, 30.0
_READY = """
Тикетница   {url}
            admin, dispatcher, specialist — пароль demo
Портал      {url}/portal — код компании DEMO
Бюрократ    make desktop — код компании DEMO
API         {url}/api/v1/docs
Журналы     .run/logs

Ready in {seconds:.1f} s. Ctrl-C stops everything; the data stay in .run/.
"""


def _say(line: str) -> None:
    print(f"· {line}", flush=True)  # noqa: T201 - a command's output


@contextlib.contextmanager
def _only_one(*, instead: bool = False) -> Iterator[None]:
    """Of this checkout; `instead`: whoever runs is told to stop, and waited for."""
    RUN_DIR.mkdir(exist_ok=True)
    with (RUN_DIR / "lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if not instead:
                sys.exit("It runs already in this checkout; `make stop` ends it.")
            _tell_to_stop(lock)
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def _tell_to_stop(lock: TextIO) -> None:
    lock.seek(0)
    _say("telling the running one to stop")
    os.kill(int(lock.read()), signal.SIGTERM)
    fcntl.flock(lock, fcntl.LOCK_EX)


async def _run(stack: Stack, *, servers_only: bool) -> None:
    stopping = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    began = time.monotonic()
    try:
        starting = asyncio.create_task(_start(stack, servers_only=servers_only))
        if await _first_of(starting, stopping):
            await starting
            _show_ready(stack, time.monotonic() - began, servers_only=servers_only)
            history = asyncio.create_task(_make_history(stack, servers_only=servers_only))
            await _watch(stack, stopping)
            history.cancel()
            await asyncio.gather(history, return_exceptions=True)
    finally:
        _say("stopping")
        await stack.stop()


async def _start(stack: Stack, *, servers_only: bool) -> None:
    if servers_only:
        await stack.start_servers()
        return
    await stack.start()
    demo = Child(
        "demo",
        [sys.executable, "-m", "deploy.demo", stack.url],
        {"PYTHONPATH": str(ROOT)},
        stack.run_dir,
    )
    _say("demo data, if there are none")
    await demo.start()
    if await demo.wait():
        _say(f"demo data were not made:\n{demo.log_tail()}")
    await demo.stop()


async def _make_history(stack: Stack, *, servers_only: bool) -> None:
    """While one looks around already."""
    if not servers_only and await make_history(stack, _say):
        _say("a year of history is in the list and in the reports")


async def _first_of(task: asyncio.Task[None], event: asyncio.Event) -> bool:
    """True when the task is done first; a start that is no longer wanted is cancelled."""
    waiting = asyncio.create_task(event.wait())
    await asyncio.wait({task, waiting}, return_when=asyncio.FIRST_COMPLETED)
    if task.done():
        waiting.cancel()
        return True
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    return False


def _show_ready(stack: Stack, seconds: float, *, servers_only: bool) -> None:
    if servers_only:
        print(f"MONGODB_URL={stack.mongodb_url}\nAMQP_URL={stack.amqp_url}", flush=True)  # noqa: T201
    else:
        print(_READY.format(url=stack.url, seconds=seconds), flush=True)  # noqa: T201


async def _watch(stack: Stack, stopping: asyncio.Event) -> None:
    """Start a server or service again that ended by itself; until we are told to stop."""
    children = [*stack.private_servers, *(one for one in stack.services.values() if one.is_running)]
    keeping = [asyncio.create_task(_keep(child)) for child in children]
    await stopping.wait()
    for task in keeping:
        task.cancel()
    await asyncio.gather(*keeping, return_exceptions=True)


async def _keep(child: Child) -> None:
    """Later each time, unless it ran for long."""
    pause, since = _FIRST_RESTART_PAUSE, time.monotonic()
    while True:
        code = await child.wait()
        # RabbitMQ's script may be gone and its Erlang still there.
        await child.kill()
        if time.monotonic() - since > _LONGEST_RESTART_PAUSE:
            pause = _FIRST_RESTART_PAUSE
        _say(f"{child.name} ended with {code}; again in {pause:.0f} s (log: {child.log_path.name})")
        await asyncio.sleep(pause)
        pause, since = min(pause * 2, _LONGEST_RESTART_PAUSE), time.monotonic()
        try:
            await child.start()
        except (RuntimeError, TimeoutError) as error:
            _say(f"{child.name} does not start: {error}")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m deploy.local", description=__doc__)
    parser.add_argument("verb", choices=["run", "servers", "stop"])
    chosen = parser.parse_args()
    os.chdir(ROOT)
    if chosen.verb == "stop":
        with _only_one(instead=True):
            for name in end_leftovers(RUN_DIR):
                _say(f"ended {name}")
        return
    with _only_one(), claimed_ports() as ports:
        (RUN_DIR / "port").write_text(str(ports.gateway))
        settings = {"DEMO_SIZE": "large", **tried_settings(os.environ)}
        stack = Stack(RUN_DIR, ports, say=_say, settings=settings)
        try:
            asyncio.run(_run(stack, servers_only=chosen.verb == "servers"))
        except RuntimeError as error:
            sys.exit(str(error))


if __name__ == "__main__":
    main()
