"""Calm pages for what went wrong: what it is, and where to go from here; nothing of our insides."""

from __future__ import annotations

from fastapi import Request, Response

from gateway.web.labels import ERRORS
from gateway.web.language import words_of
from gateway.web.viewer import page, viewer_for


def error_page(request: Request, status: int, *, typed: str = "", back: str = "") -> Response:
    """`typed` is what somebody wrote and could not send: it is given back to be copied.

    `back` is where what could not be done is seen as it stands now.
    """
    viewer = viewer_for(request, "")
    gettext = words_of(viewer.lang).gettext
    title, text = ERRORS.get(status) or ERRORS[500 if status >= 500 else 400]
    home = "/portal" if request.url.path.startswith("/portal") else "/tickets"
    ways = [(home, gettext("To the beginning"))]
    if request.method == "GET":
        ways.insert(0, (viewer.path, gettext("Try again")))
    if status == 404:
        ways = ways[1:]
    if back:
        ways.insert(0, (back, gettext("Look at it as it is now")))
    return page(
        "error.html",
        viewer,
        status,
        code=status,
        title=gettext(title),
        text=gettext(text),
        ways=ways,
        typed=typed,
    )
