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

from deploy.local.child import Child, end_leftovers
from deploy.local.ports import claimed_ports
from deploy.local.services import ROOT, Service
from deploy.local.stack import Stack

RUN_DIR = ROOT / ".run"
_LONGEST_RESTART_PAUSE = 30.0
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
def _only_one() -> Iterator[None]:
    RUN_DIR.mkdir(exist_ok=True)
    with (RUN_DIR / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            sys.exit("It runs already in this checkout; `make stop` ends a crashed one.")
        yield


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
            await _watch(stack, stopping)
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
    """Start a service again that ended by itself, later each time; until we are told to stop."""
    keeping = [asyncio.create_task(_keep(service)) for service in stack.services.values()]
    await stopping.wait()
    for task in keeping:
        task.cancel()
    await asyncio.gather(*keeping, return_exceptions=True)


async def _keep(service: Service) -> None:
    pause = 1.0
    while service.is_running:
        code = await service.wait()
        _say(f"{service.name} ended with {code}; again in {pause:.0f} s (log: {service.log_path.name})")
        await asyncio.sleep(pause)
        pause = min(pause * 2, _LONGEST_RESTART_PAUSE)
        await service.start()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m deploy.local", description=__doc__)
    parser.add_argument("verb", choices=["run", "servers", "stop"])
    chosen = parser.parse_args()
    os.chdir(ROOT)
    if chosen.verb == "stop":
        for name in end_leftovers(RUN_DIR):
            _say(f"ended {name}")
        return
    with _only_one(), claimed_ports() as ports:
        (RUN_DIR / "port").write_text(str(ports.gateway))
        stack = Stack(RUN_DIR, ports, say=_say)
        try:
            asyncio.run(_run(stack, servers_only=chosen.verb == "servers"))
        except RuntimeError as error:
            sys.exit(str(error))


if __name__ == "__main__":
    main()
