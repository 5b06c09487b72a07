"""Categories: what tickets are grouped by, for all staff to read, for dispatchers to keep."""

from __future__ import annotations

from pydantic import BaseModel

from contracts.categories_http import (
    CategoryGuesses,
    CategoryList,
    CategoryMerge,
    CategoryPatch,
    CategoryView,
    GuessingView,
    NewCategory,
)
from gateway.api.calls import Call
from gateway.api.passing import for_staff


class CategoriesQuery(BaseModel):
    """`counted`: with how many tickets each has; not for who is limited to certain companies."""

    counted: bool = False


CALLS = (
    Call(
        "GET", "/categories", for_staff("tickets", "/categories"), "The tree of categories",
        "staff", "categories", query=CategoriesQuery, answer=CategoryList,
    ),
    Call(
        "POST", "/categories", for_staff("tickets", "/categories"), "Add a category", "staff", "categories",
        status=201, body=NewCategory, answer=CategoryView, headers=("Idempotency-Key",), also=(409,),
        etag=True,
    ),
    Call(
        "PATCH", "/categories/{id:id}", for_staff("tickets", "/categories/{id}"),
        "Rename, move, archive or restore a category; its tickets follow", "staff", "categories",
        body=CategoryPatch, answer=CategoryView, headers=("If-Match",), also=(404, 409, 412), etag=True,
    ),
    Call(
        "POST", "/categories/{id:id}/merge", for_staff("tickets", "/categories/{id}/merge"),
        "Merge a category into another, which is answered; its tickets follow", "staff", "categories",
        body=CategoryMerge, answer=CategoryView, headers=("If-Match",), also=(404, 409, 412), etag=True,
    ),
    Call(
        "GET", "/tickets/{number:number}/categories", for_staff("tickets", "/tickets/{number}/categories"),
        "What a ticket's category probably is", "staff", "categories", answer=CategoryGuesses, also=(404,),
    ),
    Call(
        "GET", "/category-guessing", for_staff("tickets", "/category-guessing"),
        "How good the guesses of categories were so far", "staff", "categories", answer=GuessingView,
    ),
)  # fmt: skip
