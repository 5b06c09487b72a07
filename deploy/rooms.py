"""`python -m deploy.rooms`: fails for a file that lies in no room of the map (docs/architecture.md)."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
_TOP = {"contracts", "chassis", "services", "gateway", "bureaucrat", "deploy", "tests", "docs"}
_ROOMS = {"domain", "store", "use_cases", "api", "subscribers", "settings", "app", "files"}
# Beside the rooms: gauges at scrape time, demo data of a local environment, work in the background.
_ANTECHAMBERS = {
    "gauges",
    "demo",
    "telling",
    "rotate",
    "reseal",
    "republish",
    "reminding",
    "watching",
    "importing",
    "filing",
    "following",
    "learning",
    "exporting",
    "folding",
    "rebuild",
    "mailing",
    "remembering",
}
_NAMES_WE_DO_NOT_USE = {"utils", "helpers", "common", "base", "misc", "manager", "data", "info"}


def strays(root: Path) -> list[str]:
    """Python files outside the map, or under a name that says nothing; paths relative to `root`."""
    found = []
    for path in sorted(root.rglob("*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        if parts[0].startswith(".") or parts[0] == "node_modules":
            continue
        if parts[0] not in _TOP or _NAMES_WE_DO_NOT_USE & set(parts) or _is_stray_of_service(parts):
            found.append("/".join(parts))
    return found


def _is_stray_of_service(parts: tuple[str, ...]) -> bool:
    if parts[0] != "services" or len(parts) < 3:
        return False
    return not parts[2].startswith("__") and parts[2] not in _ROOMS | _ANTECHAMBERS


def main() -> None:
    found = strays(ROOT)
    for path in found:
        print(f"{path}: lies in no room")  # noqa: T201 - a command's output
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
