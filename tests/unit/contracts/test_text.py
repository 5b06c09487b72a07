"""Text as people paste it, and as attackers do."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from contracts.text import Line, Prose, clean_line, clean_prose

_NASTY = st.sampled_from(
    [
        "\0",
        "\u202e",
        "\u200d",
        "\ud800",
        "\u0301",
        "\u0489",
        "\r",
        "\r\n",
        "\t",
        "\u2028",
        "\x85",
        "e",
        "я",
        "한",
    ]
)
_TEXTS = st.text(st.characters() | st.characters(categories=["Cs"])) | st.lists(_NASTY).map("".join)


@pytest.mark.parametrize(
    "text",
    [
        "Не печатает принтер",
        "Ёлка и й — «кавычки» №5",
        "первая\n\tвторая",
        "👩‍💻 работает 🇷🇺",
        "हिन्दी ไทย العربية עברית",
        "<script>alert(1)</script> {{7*7}} hx-get=/x",
        "naïve Zoë",
    ],
)
def test_what_people_mean_is_kept(text: str) -> None:
    assert clean_prose(text) == text


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a\0b\x07c\x1bd\x7fe", "abcde"),
        ("одна\r\nдве\rтри", "одна\nдве\nтри"),
        ("счёт\u202egnp.exe", "счётgnp.exe"),
        ("\u2066a\u2069\u200e\u200f\u061c", "a"),
        ("a\ud800b\udfff", "ab"),
        ("  края  ", "края"),
        ("и\u0306", "й"),
    ],
)
def test_what_hides_is_dropped(text: str, kept: str) -> None:
    assert clean_prose(text) == kept


@pytest.mark.parametrize("joint", ["", "\u200d", "\u202e", "\0", "\u200b"])
@pytest.mark.parametrize("mark", ["\u0301", "\u0489", "\u0e47"])
def test_a_storm_of_marks_calms_down(mark: str, joint: str) -> None:
    calm = clean_prose("Z" + (mark + joint) * 1000)
    assert sum(unicodedata.category(c) in ("Mn", "Me") for c in calm) <= 4


@pytest.mark.parametrize(
    "text",
    ["\u200b\u200d", "\ufeff", "\u3164", "\u2800\u2800", "\u0301", "\u2028", " \n\t ", "\u200b\r\u200b", ""],
)
def test_a_line_of_nothing_visible_is_empty(text: str) -> None:
    assert clean_line(text) == ""


def test_a_line_is_one_line() -> None:
    assert clean_line("a\r\nb\u2028c\u2029d\x85e\x0bf\tg") == "a b c def g"


@given(_TEXTS)
def test_clean_text_can_be_kept_anywhere_and_is_clean_already(text: str) -> None:
    for clean in (clean_prose, clean_line):
        kept = clean(text)
        kept.encode()
        assert clean(kept) == kept
        assert unicodedata.is_normalized("NFC", kept)
        assert not any(unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t" for c in kept)


@given(_TEXTS)
def test_a_clean_line_has_no_breaks_and_no_double_spaces(text: str) -> None:
    line = clean_line(text)
    assert len(line.splitlines()) <= 1
    assert "  " not in line


@given(st.text("абвгд .,!?—\n", max_size=50))
def test_plain_text_loses_nothing_but_its_edges(text: str) -> None:
    assert clean_prose(text) == text.strip()


def test_fields_are_cleaned_before_they_are_measured_and_only_text_is() -> None:
    class Shape(BaseModel):
        line: Line
        prose: Prose

    shape = Shape(line=" a\0\nb ", prose="a\r\nb ")
    assert (shape.line, shape.prose) == ("a b", "a\nb")
    with pytest.raises(ValueError, match="valid string"):
        Shape.model_validate({"line": 5, "prose": {"$ne": ""}})
