"""What the README tells to type works when it is typed."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from deploy.local.stack import Stack

_ROOT = Path(__file__).parents[3]


async def test_the_curl_commands_of_the_readme_bring_a_number(helpdesk: Stack) -> None:
    blocks = re.findall(r"^```\n(.*?)^```", (_ROOT / "README.md").read_text(), re.MULTILINE | re.DOTALL)
    [script] = [block for block in blocks if "curl -s" in block]
    script = script.replace("http://127.0.0.1:8080", helpdesk.url)
    shell = await asyncio.create_subprocess_exec(
        "bash", "-euo", "pipefail", "-c", script, cwd=_ROOT, stdout=asyncio.subprocess.PIPE
    )
    printed, _ = await shell.communicate()
    assert shell.returncode == 0
    answers = list(_each(printed.decode()))
    assert answers[-1]["number"] >= 1
    assert answers[-1]["files"][0]["kind"] == "screenshot"


def _each(text: str) -> Iterator[dict[str, Any]]:
    """The JSON objects of a text, one after the other."""
    decoder = json.JSONDecoder()
    while text := text.strip():
        found, end = decoder.raw_decode(text)
        yield found
        text = text[end:]
