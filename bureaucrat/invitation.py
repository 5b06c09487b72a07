"""What the support sends an employee to enrol with: a code, or a link that has one."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

_LONGEST_CODE = 100


def invitation(typed: str) -> tuple[str, str]:
    """The server (nothing where only a code was typed) and the code; nothing for a link without one."""
    typed = typed.strip()
    if not typed.lower().startswith(("http://", "https://")):
        return "", typed[:_LONGEST_CODE]
    try:
        [code] = parse_qs(urlsplit(typed).query)["code"]
        return address_of(typed), code.strip()[:_LONGEST_CODE]
    except (ValueError, KeyError):
        return "", ""


def address_of(link: str) -> str:
    """Scheme and host, as two ways to write one server agree."""
    parts = urlsplit(link)
    return f"{parts.scheme}://{parts.netloc}".lower()
