"""The common FAQ: articles for staff, those marked public for clients' employees, and what fits a ticket."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import Response

from contracts.day import Day
from contracts.faq import Visibility
from contracts.faq_http import (
    MOST_LOG,
    MOST_NUMBER,
    ArticleBody,
    ArticlePage,
    ArticlePatch,
    ArticleView,
    CategoryPage,
    Due,
    FromTicket,
    MaterialPage,
    MissPage,
    NewArticle,
    NewUse,
    PictureView,
    PublicArticle,
    Rendered,
    Restoration,
    RevisionPage,
    RevisionView,
    SuggestionPage,
    UseView,
    Wanted,
)
from gateway.access.callers import any_viewer, device_session, staff_session
from gateway.access.viewers import StaffSession, Viewer
from gateway.answers import Answer, passed_on
from gateway.api.bodies import answer, body_of, key_of
from gateway.api.calls import Call
from gateway.api.passing import filled, for_both, for_staff, pass_to
from gateway.api.queries import PageQuery, Text
from gateway.api.submissions import FILE_POLICY
from gateway.parts import Parts, parts_of
from gateway.upstream import UPLOAD_DEADLINE_SECONDS

_MOST_TEXT = 20_000
_OFFERED = 5


class ArticlesQuery(PageQuery):
    """`status`: one or more, separated by commas; `stale`: those whose day to be checked has passed.

    `mine`: those that the caller wrote first, or last; `ticket`: those made from it.
    """

    q: Text = ""
    status: Annotated[str, Field(max_length=60, examples=["draft,published"])] = ""
    visibility: Visibility | None = None
    category: Annotated[str, Field(max_length=100)] | None = None
    tag: Annotated[str, Field(max_length=40)] | None = None
    stale: bool = False
    mine: bool = False
    ticket: Annotated[int, Field(ge=1, le=MOST_NUMBER)] | None = None


class MissesQuery(BaseModel):
    """`from` and `to` are days of the service's time zone, both included."""

    from_: Day | None = Field(None, alias="from")
    to: Day | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class PictureForm(BaseModel):
    """multipart/form-data with one picture, PNG, JPEG or WebP, of at most 10 MiB and 40 million pixels."""

    picture: Annotated[bytes, Field(json_schema_extra={"format": "binary"})]


async def get_picture(request: Request) -> Response:
    viewer = await any_viewer(request)
    response = await parts_of(request).upstreams.forward(
        request, "faq", filled("/articles/pictures/{id}", request), viewer.principal, stream=True
    )
    response.headers.update(FILE_POLICY)
    return response


async def any_writer(request: Request) -> Viewer:
    """Staff or a device, whose browser is not made to write by somebody else's page."""
    viewer = await any_viewer(request)
    return await (staff_session if isinstance(viewer, StaffSession) else device_session)(request)


async def post_from_ticket(request: Request) -> Response:
    staff = await staff_session(request)
    wanted = await body_of(request, FromTicket)
    return passed_on(await draft_from(parts_of(request), staff, wanted.number, str(key_of(request))))


async def draft_from(parts: Parts, staff: StaffSession, number: int, key: str) -> Answer:
    """The draft of an article from a ticket that the caller may see; raises UpstreamProblem."""
    ticket = await parts.upstreams.get_json("tickets", f"/tickets/{number}", staff.principal)
    said = [entry for entry in ticket["entries"] if entry["public"] and entry["text"]]
    tale = {
        "number": number,
        "title": ticket["title"],
        "description": ticket["description"],
        "category": ticket["category"] or "",
        "log": [{name: entry[name] for name in ("author", "kind", "text")} for entry in said[:MOST_LOG]],
    }
    answer = await parts.upstreams.call(
        "faq",
        "POST",
        "/articles/from-ticket",
        staff.principal,
        body=tale,
        headers={"Idempotency-Key": key},
    )
    answer.raise_for_problem()
    return answer


async def get_material(request: Request) -> Response:
    staff = await staff_session(request)
    return answer(await material_of(parts_of(request), staff, request.path_params["number"]))


async def material_of(parts: Parts, staff: StaffSession, number: int) -> MaterialPage:
    """What an author may want to take over, by hand: none of it is in the draft. Raises UpstreamProblem."""
    ticket = await parts.upstreams.get_json("tickets", f"/tickets/{number}", staff.principal)
    noted = [
        entry
        for entry in ticket["entries"]
        if entry["kind"] in ("note", "work") and not entry["public"] and entry["text"]
    ][:MOST_LOG]
    words = {"texts": [entry["text"] for entry in noted]}
    made = await parts.upstreams.post_json("faq", "/articles/steps", staff.principal, words)
    steps = zip(noted, made["steps"], strict=True)
    return MaterialPage.model_validate(
        {"items": [{**entry, "entry": entry["id"], "step": step} for entry, step in steps]}
    )


async def get_suggestions(request: Request) -> Response:
    staff = await staff_session(request)
    parts = parts_of(request)
    ticket = await parts.upstreams.get_json(
        "tickets", f"/tickets/{request.path_params['number']}", staff.principal
    )
    return passed_on(
        await parts.upstreams.call(
            "faq", "POST", "/suggestions", staff.principal, body=problem_of(ticket, _OFFERED)
        )
    )


def problem_of(ticket: dict[str, Any], limit: int) -> dict[str, Any]:
    """What of a ticket tells which articles fit."""
    return {
        "title": ticket["title"],
        "text": ticket["description"][:_MOST_TEXT],
        "category": ticket["category"] or "",
        "equipment": (ticket["equipment"] or {}).get("name", ""),
        "limit": limit,
    }


CALLS = (
    Call(
        "GET", "/articles", for_staff("faq", "/articles"), "List articles, or search in them",
        "staff", "articles", query=ArticlesQuery, answer=ArticlePage,
    ),
    Call(
        "POST", "/articles", for_staff("faq", "/articles"), "Write an article", "staff", "articles",
        status=201, body=NewArticle, answer=ArticleView, headers=("Idempotency-Key",), also=(409,), etag=True,
    ),
    Call(
        "POST", "/articles/from-ticket", post_from_ticket, "Draft an article from a ticket's public log",
        "staff", "articles", status=201, body=FromTicket, answer=ArticleView, headers=("Idempotency-Key",),
        instead="The draft that somebody has begun from this ticket already", also=(404, 409), etag=True,
    ),
    Call(
        "POST", "/articles/preview", for_staff("faq", "/articles/preview"),
        "See Markdown as it would look", "staff", "articles", body=ArticleBody, answer=Rendered,
    ),
    Call(
        "POST", "/articles/pictures",
        pass_to("faq", "/articles/pictures", staff_session, deadline=UPLOAD_DEADLINE_SECONDS),
        "Keep a picture that an article is going to show", "staff", "articles",
        status=201, form=PictureForm, answer=PictureView, also=(415,),
    ),
    Call(
        "GET", "/articles/pictures/{id:id}", get_picture,
        "A picture of an article; for a client's employee of a public one", "both", "articles",
        media="image/*", also=(404,),
    ),
    Call(
        "GET", "/articles/misses", for_staff("faq", "/articles/misses"),
        "Searches that found nothing, the most frequent first", "staff", "articles",
        query=MissesQuery, answer=MissPage,
    ),
    Call(
        "GET", "/articles/due", for_staff("faq", "/articles/due"),
        "How many articles should be read again by now", "staff", "articles", answer=Due,
    ),
    Call(
        "GET", "/articles/categories", for_staff("faq", "/articles/categories"),
        "Categories that articles have", "staff", "articles", answer=CategoryPage,
    ),
    Call(
        "GET", "/articles/{id:id}", for_staff("faq", "/articles/{id}"),
        "One article", "staff", "articles", answer=ArticleView, also=(404,), etag=True,
    ),
    Call(
        "GET", "/articles/{id:id}/public", for_both("faq", "/public/articles/{id}"),
        "One article, as a client's employee sees it", "both", "articles", answer=PublicArticle, also=(404,),
    ),
    Call(
        "PATCH", "/articles/{id:id}", for_staff("faq", "/articles/{id}"),
        "Change, publish or withdraw an article", "staff", "articles",
        body=ArticlePatch, answer=ArticleView, headers=("If-Match",), also=(404, 409, 412), etag=True,
    ),
    Call(
        "GET", "/articles/{id:id}/versions", for_staff("faq", "/articles/{id}/versions"),
        "The versions of an article", "staff", "articles", answer=RevisionPage, also=(404,),
    ),
    Call(
        "GET", "/articles/{id:id}/versions/{number:number}",
        for_staff("faq", "/articles/{id}/versions/{number}"),
        "One version, and what changed in it", "staff", "articles", answer=RevisionView, also=(404,),
    ),
    Call(
        "POST", "/articles/{id:id}/restore", for_staff("faq", "/articles/{id}/restore"),
        "Take back the words of an earlier version", "staff", "articles",
        body=Restoration, answer=ArticleView, headers=("If-Match",), also=(404, 409, 412), etag=True,
    ),
    Call(
        "POST", "/articles/{id:id}/uses", pass_to("faq", "/articles/{id}/uses", any_writer),
        "Say that an article was of use", "both", "articles",
        status=201, body=NewUse, answer=UseView, headers=("Idempotency-Key",), also=(404, 409),
    ),
    Call(
        "POST", "/suggestions", pass_to("faq", "/suggestions", any_writer),
        "Articles that fit a problem; for a client's employee the public ones", "both", "articles",
        body=Wanted, answer=SuggestionPage,
    ),
    Call(
        "GET", "/tickets/{number:number}/suggestions", get_suggestions,
        "Articles that fit a ticket", "staff", "tickets", answer=SuggestionPage, also=(404,),
    ),
    Call(
        "GET", "/tickets/{number:number}/article-material", get_material,
        "What colleagues noted on a ticket, as steps for an article", "staff", "tickets",
        answer=MaterialPage, also=(404,),
    ),
)  # fmt: skip
