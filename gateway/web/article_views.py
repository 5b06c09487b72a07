"""The addresses of the FAQ: the list with its search, one article, its editor and versions."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from markupsafe import Markup

from chassis.clock import new_id, now
from gateway.access.viewers import StaffSession
from gateway.answers import UpstreamProblem
from gateway.api.articles import draft_from, material_of
from gateway.parts import parts_of
from gateway.web.article_forms import Typed, article_of, typed_from, typed_of, version_in
from gateway.web.desk_calls import attempt
from gateway.web.error_page import error_page
from gateway.web.language import words_of
from gateway.web.rendering import render
from gateway.web.routing import READING, pages_router
from gateway.web.staff_page import reading_staff, writing_staff
from gateway.web.viewer import Viewer, page, part, wants_part

_SHOWN = ("q", "category", "tag", "status", "stale", "mine", "cursor")
# How long an article that was read again is good for.
_CHECKED_FOR = timedelta(days=182)
_LONGEST = 200
_ROWS = "30"
router = pages_router()


@router.api_route("/faq", methods=READING)
async def list_articles(request: Request) -> Response:
    session, viewer = await reading_staff(request)
    asked = {name: _line(request, name) for name in _SHOWN}
    query = {name: value for name, value in asked.items() if value} | {"limit": _ROWS}
    if wants_part(request):
        found = await attempt(_get(request, session, "/articles", query))
        return part(render("faq/found.html", viewer.lang, viewer=viewer, asked=asked, found=found))
    found, categories, due = await asyncio.gather(
        attempt(_get(request, session, "/articles", query)),
        attempt(_get(request, session, "/articles/categories")),
        attempt(_get(request, session, "/articles/due")),
    )
    return page(
        "faq/list.html",
        viewer,
        section="faq",
        asked=asked,
        found=found,
        categories=(categories or {"items": []})["items"],
        due=due["mine"] if due else 0,
    )


@router.api_route("/faq/new", methods=READING)
async def show_empty_editor(request: Request) -> Response:
    session, viewer = await reading_staff(request)
    typed = Typed(title=_line(request, "title"), category=_line(request, "category"), key=str(new_id()))
    return await _editor(request, session, viewer, typed)


@router.post("/faq")
async def write(request: Request) -> Response:
    session, viewer = await writing_staff(request)
    typed = typed_of(dict(await request.form()))
    try:
        made = await parts_of(request).upstreams.post_json(
            "faq",
            "/articles",
            session.principal,
            article_of(typed),
            headers={"Idempotency-Key": _key(typed.key)},
        )
    except UpstreamProblem as problem:
        return await _refused(request, session, viewer, typed, problem)
    return RedirectResponse(f"/faq/{made['id']}", 303)


@router.post("/faq/preview")
async def preview(request: Request) -> Response:
    session, _ = await writing_staff(request)
    body = str((await request.form()).get("body", ""))
    shown = await parts_of(request).upstreams.post_json(
        "faq", "/articles/preview", session.principal, {"body": body}
    )
    return part(shown["html"])


@router.post("/faq/from-ticket")
async def from_ticket(request: Request) -> Response:
    session, _ = await writing_staff(request)
    form = await request.form()
    number = str(form.get("number", ""))
    if not (number.isascii() and number.isdigit() and len(number) < 16):
        return error_page(request, 404)
    key = _key(str(form.get("key", "")))
    try:
        made = await draft_from(parts_of(request), session, int(number), key)
    except UpstreamProblem as problem:
        if problem.status != 409:
            raise
        # The page stayed open, and something was answered since this draft of it was made.
        made = await draft_from(parts_of(request), session, int(number), str(new_id()))
    there = "?there" if made.status == 200 else ""
    return RedirectResponse(f"/faq/{made.json()['id']}/edit{there}", 303)


@router.api_route("/faq/{article_id}", methods=READING)
async def show(request: Request, article_id: UUID) -> Response:
    session, viewer = await reading_staff(request)
    article = await _get(request, session, f"/articles/{article_id}")
    return page(
        "faq/article.html",
        viewer,
        section="faq",
        article=article,
        html=_safe(article),
        problem="",
    )


@router.api_route("/faq/{article_id}/edit", methods=READING)
async def show_editor(request: Request, article_id: UUID) -> Response:
    session, viewer = await reading_staff(request)
    article = await _get(request, session, f"/articles/{article_id}")
    return await _editor(request, session, viewer, typed_from(article), article)


@router.post("/faq/{article_id}")
async def save(request: Request, article_id: UUID) -> Response:
    session, viewer = await writing_staff(request)
    form = dict(await request.form())
    typed = typed_of(form)
    try:
        await parts_of(request).upstreams.patch_json(
            "faq",
            f"/articles/{article_id}",
            session.principal,
            article_of(typed),
            headers={"If-Match": version_in(form)},
        )
    except UpstreamProblem as problem:
        return await _refused(request, session, viewer, typed, problem, article_id)
    return RedirectResponse(f"/faq/{article_id}", 303)


@router.post("/faq/{article_id}/status")
async def change_status(request: Request, article_id: UUID) -> Response:
    return await _step(request, article_id, lambda form: {"status": str(form.get("status", ""))})


@router.post("/faq/{article_id}/checked")
async def say_it_holds(request: Request, article_id: UUID) -> Response:
    """It was read again and still holds: for another half year nobody is reminded of it."""
    today = now().astimezone(parts_of(request).settings.time_zone).date()
    return await _step(request, article_id, lambda _form: {"check_by": (today + _CHECKED_FOR).isoformat()})


async def _step(
    request: Request, article_id: UUID, wanted: Callable[[Mapping[str, Any]], dict[str, str]]
) -> Response:
    """One click changes the article; where that is refused, its page says why."""
    session, viewer = await writing_staff(request)
    form = dict(await request.form())
    try:
        await parts_of(request).upstreams.patch_json(
            "faq",
            f"/articles/{article_id}",
            session.principal,
            wanted(form),
            headers={"If-Match": version_in(form)},
        )
    except UpstreamProblem as problem:
        if problem.status not in (403, 409, 422):
            raise
        article = await _get(request, session, f"/articles/{article_id}")
        why = _why(viewer, problem.status)
        return page(
            "faq/article.html",
            viewer,
            problem.status,
            section="faq",
            article=article,
            html=_safe(article),
            problem=why,
        )
    return RedirectResponse(f"/faq/{article_id}", 303)


@router.post("/faq/{article_id}/uses")
async def record_use(request: Request, article_id: UUID) -> Response:
    session, _ = await writing_staff(request)
    form = dict(await request.form())
    number = str(form.get("ticket", ""))
    use = {"kind": str(form.get("kind", "")), "text": str(form.get("text", ""))[:_LONGEST]}
    if number.isascii() and number.isdigit() and len(number) < 16:
        use["ticket"] = int(number)  # type: ignore[assignment]
    await parts_of(request).upstreams.post_json(
        "faq",
        f"/articles/{article_id}/uses",
        session.principal,
        use,
        headers={"Idempotency-Key": _key(str(form.get("key", "")))},
    )
    return part("") if wants_part(request) else RedirectResponse(f"/faq/{article_id}", 303)


@router.api_route("/faq/{article_id}/versions", methods=READING)
async def show_versions(request: Request, article_id: UUID) -> Response:
    """The versions, and what changed in the one that is asked for, or in the newest."""
    session, viewer = await reading_staff(request)
    article, versions = await asyncio.gather(
        _get(request, session, f"/articles/{article_id}"),
        _get(request, session, f"/articles/{article_id}/versions"),
    )
    asked = _line(request, "version")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else 0
    chosen = await _get(request, session, f"/articles/{article_id}/versions/{number or article['version']}")
    return page(
        "faq/versions.html",
        viewer,
        section="faq",
        article=article,
        versions=versions["items"],
        chosen=chosen,
    )


@router.post("/faq/{article_id}/restore")
async def restore(request: Request, article_id: UUID) -> Response:
    session, _ = await writing_staff(request)
    form = dict(await request.form())
    restored = str(form.get("restored", ""))
    number = int(restored) if restored.isascii() and restored.isdigit() and len(restored) < 10 else 0
    answer = await parts_of(request).upstreams.call(
        "faq",
        "POST",
        f"/articles/{article_id}/restore",
        session.principal,
        body={"version": number},
        headers={"If-Match": version_in(form)},
    )
    answer.raise_for_problem()
    return RedirectResponse(f"/faq/{article_id}", 303)


async def _get(
    request: Request, session: StaffSession, path: str, query: dict[str, str] | None = None
) -> Any:
    return await parts_of(request).upstreams.get_json("faq", path, session.principal, query=query)


async def _editor(
    request: Request,
    session: StaffSession,
    viewer: Viewer,
    typed: Typed,
    article: dict[str, Any] | None = None,
    *,
    problem: str = "",
    status: int = 200,
) -> Response:
    shown, categories, tree, material = await asyncio.gather(
        attempt(
            parts_of(request).upstreams.post_json(
                "faq", "/articles/preview", session.principal, {"body": typed.body}
            )
        ),
        attempt(_get(request, session, "/articles/categories")),
        attempt(parts_of(request).upstreams.get_json("tickets", "/categories", session.principal)),
        _material(request, session, article),
    )
    return page(
        "faq/edit.html",
        viewer,
        status,
        section="faq",
        article=article,
        typed=typed,
        html=_safe(shown or {"html": ""}),
        categories=_offered(tree, categories),
        material=material,
        problem=problem,
        is_contested=article is not None and status == 409,
        was_there="there" in request.query_params,
    )


async def _material(
    request: Request, session: StaffSession, article: dict[str, Any] | None
) -> list[dict[str, Any]]:
    """What was noted on the ticket that it was made from, for those who may see that ticket."""
    if not article or not article["ticket"]:
        return []
    found = await attempt(material_of(parts_of(request), session, article["ticket"]))
    return [one.model_dump(mode="json") for one in found.items] if found else []


async def _refused(
    request: Request,
    session: StaffSession,
    viewer: Viewer,
    typed: Typed,
    problem: UpstreamProblem,
    article_id: UUID | None = None,
) -> Response:
    """The editor again, with what was typed; after a conflict it is the newest version that is changed."""
    if problem.status not in (403, 409, 422):
        return error_page(request, problem.status, typed=f"{typed.title}\n\n{typed.body}")
    article = await attempt(_get(request, session, f"/articles/{article_id}")) if article_id else None
    version = str(article["version"]) if article and problem.status == 409 else typed.version
    kept = Typed(**{**vars(typed), "version": version})
    why = _why(viewer, problem.status)
    return await _editor(request, session, viewer, kept, article, problem=why, status=problem.status)


def _offered(tree: dict[str, Any] | None, own: dict[str, Any] | None) -> list[str]:
    """The tree of tickets first, so that articles stand where tickets do; then what articles say besides."""
    paths = [one["path"] for one in (tree or {"items": []})["items"] if not one["archived"]]
    names = [one["name"] for one in (own or {"items": []})["items"]]
    return list(dict.fromkeys([*paths, *names]))


def _why(viewer: Viewer, status: int) -> str:
    gettext = words_of(viewer.lang).gettext
    if status == 403:
        return gettext("Your role does not reach so far: ask a dispatcher to publish or withdraw this.")
    if status == 422:
        return gettext("This was not accepted: a title is needed, and a text to publish it.")
    return gettext("Somebody changed this article meanwhile. Compare the versions; saving again keeps yours.")


def _safe(rendered: dict[str, Any]) -> Markup:
    return Markup(rendered["html"])  # noqa: S704 - rendered and cleaned by faq, which takes no HTML


def _line(request: Request, name: str) -> str:
    return request.query_params.get(name, "").replace("\0", " ")[: _LONGEST if name != "cursor" else 1000]


def _key(given: str) -> str:
    try:
        return str(UUID(given))
    except ValueError:
        return str(new_id())
