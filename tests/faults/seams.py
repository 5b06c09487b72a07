"""`python -m tests.faults.seams SEAM FLAG MODULE`: run a service that dies once, at a seam of its work.

The four seams (messaging.md): before the commit, between commit and publish, between publish and the mark,
between commit and ack. FLAG is a file that says it happened already.
"""

from __future__ import annotations

import os
import runpy
import sys
from collections.abc import Callable
from pathlib import Path
from signal import SIGKILL
from typing import Any

from faststream.rabbit.message import RabbitMessage
from pymongo.asynchronous.collection import AsyncCollection

from chassis.broker import Publisher

_AGGREGATES = ("submissions", "tickets")
_SEAMS: dict[str, tuple[type, str]] = {
    "before-commit": (AsyncCollection, "insert_many"),
    "before-publish": (Publisher, "publish_event"),
    "before-mark": (AsyncCollection, "bulk_write"),
    "before-ack": (RabbitMessage, "ack"),
}
SEAMS = tuple(_SEAMS)


def _concerns(thing: Any) -> bool:
    return not isinstance(thing, AsyncCollection) or thing.name in _AGGREGATES


def _dying(usual: Callable[..., Any], flag: Path) -> Callable[..., Any]:
    def instead(self: Any, *arguments: Any, **options: Any) -> Any:
        if _concerns(self) and not flag.exists():
            flag.touch()
            os.kill(os.getpid(), SIGKILL)
        return usual(self, *arguments, **options)

    return instead


def main() -> None:
    seam, flag, module = sys.argv[1:]
    owner, name = _SEAMS[seam]
    setattr(owner, name, _dying(getattr(owner, name), Path(flag)))
    sys.argv = [module]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
