"""What the server's words, codes and figures are called on the employee's screen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bureaucrat.failures import NotNowError, RefusedError, RevokedError
from bureaucrat.moments import uptime
from bureaucrat.snapshot import Snapshot
from bureaucrat.spool import CannotKeepError, Rejected
from bureaucrat.translation import _, language

# What a call or a disk may do to us; anything else is our own mistake and belongs in the log.
EXPECTED = (CannotKeepError, NotNowError, RefusedError, RevokedError)


def status_name(status: str | None) -> str:
    return {
        "waiting_to_send": _("Not sent yet"),
        "refused": _("Not accepted"),
        "received": _("Received"),
        "new": _("New"),
        "in_progress": _("In progress"),
        "waiting": _("Waiting for you"),
        "resolved": _("Resolved"),
        "closed": _("Closed"),
        "cancelled": _("Cancelled"),
        "merged": _("Merged"),
    }.get(status or "", status or "")


def refused_words(rejected: Rejected) -> str:
    """Why this one was not accepted, and what to do."""
    if rejected.parcel.kind == "joining" and rejected.problem.get("status") == 404:
        return _("Your colleague's ticket is closed already. If it is still wrong, send yours.")
    return refusal(rejected.problem)


def refusal(problem: Mapping[str, Any]) -> str:
    """Why the server did not accept it and what to do, without its codes."""
    match problem.get("status"):
        case 409:
            return _("The server already has another text under this submission. Please send it anew.")
        case 413:
            return _("The screenshot is too big for the server. Choose one monitor or send without it.")
        case 403:
            return _("The server does not allow this. Please call your support.")
        case 404:
            return _("The server does not know this ticket any more.")
    fields = [str(e.get("field")) for e in problem.get("errors") or [] if isinstance(e, dict)]
    if advice := next((_advice()[field] for field in fields if field in _advice()), ""):
        return advice
    reasons = [str(e.get("message")) for e in problem.get("errors") or [] if isinstance(e, dict)]
    reason = "; ".join(r for r in reasons if r and r != "None") or str(problem.get("detail") or "")
    if reason:
        return _("The server did not accept it: {reason}").format(reason=reason)
    return _("The server did not accept it. Please change the text and send again.")


def _advice() -> Mapping[str, str]:
    """What the employee can do about a field the server names."""
    return {
        "title": _("Say in a few words what is wrong, in 200 characters at most."),
        "description": _("The text is too long for the server. Please shorten it."),
        "text": _("The text is empty or too long for the server."),
        "screenshot": _("The server did not take the screenshot. Take it anew or send without it."),
        "full_name": _("Please write your name and surname."),
        "email": _("This is not an e-mail address."),
        "phone": _("This is not a phone number."),
    }


def failure(trouble: BaseException) -> str:
    """Any failure of a call or of the disk, in the employee's words."""
    match trouble:
        case CannotKeepError(disk_full=True):
            return _("There is no room left on the disk. Free some space and press «Send» again.")
        case CannotKeepError():
            return _("This computer's disk did not keep it. Please try again or call your support.")
        case RevokedError():
            return _("This installation was switched off. Please enrol again.")
        case NotNowError(reason="busy"):
            return _("The server is busy. Please try again in a minute.")
        case NotNowError(reason="offline"):
            return _("The server does not answer. Check the network and try again.")
        case NotNowError():
            return _("The server has a fault. Please try again a little later.")
        case RefusedError():
            return refusal(trouble.problem)
    return _("Something went wrong. Please try again or call your support.")


def megabytes(count: int) -> str:
    """The size of a file, in the unit that says something."""
    if count < 1_000_000:
        return _("{count} KB").format(count=max(1, round(count / 1000)))
    text = f"{count / 1_000_000:.1f}"
    return _("{count} MB").format(count=text.replace(".", ",") if language() == "ru" else text)


def gigabytes(count: int) -> str:
    """One figure after the comma where it still says something."""
    amount = count / 1024**3
    text = f"{amount:.0f}" if amount >= 20 else f"{amount:.1f}"
    return text.replace(".", ",") if language() == "ru" else text


def snapshot_lines(snapshot: Snapshot) -> list[tuple[str, str]]:
    """What will be sent about the computer, line by line."""
    memory = snapshot["memory"]
    disks = [
        _("{path}: {free} GB free of {total} GB").format(
            path=disk["path"], free=gigabytes(disk["free_bytes"]), total=gigabytes(disk["total_bytes"])
        )
        for disk in snapshot["disks"]
    ]
    return [
        (_("Computer"), snapshot["hostname"]),
        (_("System"), snapshot["os"]),
        (_("Running for"), uptime(snapshot["uptime_seconds"])),
        (_("Disk"), "\n".join(disks)),
        (
            _("Memory"),
            _("{free} GB free of {total} GB").format(
                free=gigabytes(memory["available_bytes"]), total=gigabytes(memory["total_bytes"])
            ),
        ),
        (_("Addresses"), "\n".join(snapshot["addresses"]) or "–"),
        (_("User"), snapshot["user_name"] or "–"),
        (_("Default printer"), snapshot["default_printer"] or _("none")),
    ]
