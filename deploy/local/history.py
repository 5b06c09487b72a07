"""A year of tickets behind the demo's own, the reports of it, and what articles were good for in it; once."""

from __future__ import annotations

import sys
from collections.abc import Callable

from deploy.local.child import Child
from deploy.local.stack import Stack

_NOTHING = ("history: 0 tickets made", "history: 0 uses made")


async def make_history(stack: Stack, say: Callable[[str], None]) -> bool:
    """Whether anything was made: a stack that has its year already, or wants none, is left as it is."""
    made = await _remember(stack, say, "demo-year", "tickets", "deploy.demo_year", stack.url)
    if made:
        made = await _remember(stack, say, "demo-reports", "reporting", "services.reporting.rebuild")
    return await _remember(stack, say, "demo-uses", "faq", "deploy.demo_uses", stack.url) or made


async def _remember(
    stack: Stack, say: Callable[[str], None], name: str, service: str, module: str, *arguments: str
) -> bool:
    """Run a step with a service's environment; whether it made anything."""
    environment = stack.services[service].environment
    step = Child(name, [sys.executable, "-m", module, *arguments], environment, stack.run_dir)
    await step.start()
    try:
        if await step.wait():
            say(f"history was not made:\n{step.log_tail()}")
            return False
    finally:
        await step.stop()
    return not step.log_tail().rstrip().endswith(_NOTHING)
