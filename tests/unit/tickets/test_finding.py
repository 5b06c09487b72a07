"""Where in a ticket the words of a search stand."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.extracts import Piece
from services.tickets.domain.finding import (
    extracts,
    letters_of,
    marked,
    missing_in,
    pattern_of,
    sought,
    text_of,
)
from services.tickets.domain.search import spoken, stem

_ENDINGS = re.findall(
    r"\w+",
    """s es ies y ying ied ing ed ly er ness ful able ible ability ibility ational ization iveness fulness
    ousness alism aliti ivity ogy ost ость остями ующийся ившись ейший нный иями ами ой ться ия ь""",
)


def _written(pieces: list[Piece]) -> str:
    return "".join(f"[{one.text}]" if one.hit else one.text for one in pieces)


def _titled(text: str, asked: str) -> str:
    return "".join(_written(one.pieces) for one in marked([text_of("title", text)], sought(asked)))


@pytest.mark.parametrize(
    ("title", "asked", "shown"),
    [
        ("Не печатает принтер", "принтеры", "Не печатает [принтер]"),
        ("Принтера нет, ПРИНТЕР!", "принтер", "[Принтера] нет, [ПРИНТЕР]!"),
        ("Не печатает принтер", "печат принт", "Не печатает [принтер]"),
        ("Новая ёлка, вся ЁЛКА", "елки", "Новая [ёлка], вся [ЁЛКА]"),
        ("Самолётная почта", "самолётн", "[Самолётная] почта"),
        ("Printing of happy dying skis", "printed happiness die ski", "[Printing] of [happy] [dying] [skis]"),
        (
            "PC-17.local: m.ivanova@romashka.example",
            "pc-17.local",
            "[PC-17.local]: m.ivanova@romashka.example",
        ),
        ("Ошибка 809, не 8091", "809", "Ошибка [809], не [8091]"),
        ("Перепечатает", "печатает", ""),
        ("İСТАНБУЛ: офис İ", "офис", "İСТАНБУЛ: [офис] İ"),
        ("ъъ", "!!!", ""),
    ],
)
def test_the_form_that_is_found_is_marked(title: str, asked: str, shown: str) -> None:
    assert _titled(title, asked) == shown


@given(st.text(alphabet="abceiouydlnrst"), st.sampled_from(_ENDINGS))
def test_every_form_begins_with_the_letters_it_is_sought_by(beginning: str, ending: str) -> None:
    word = f"{beginning}{ending}"
    assert word.startswith(letters_of(stem(word)))


@given(st.text(), st.text())
def test_what_is_marked_is_the_text(text: str, asked: str) -> None:
    for found in marked([text_of("title", text)], sought(asked)):
        assert "".join(piece.text for piece in found.pieces) == text


@given(st.text(min_size=1), st.lists(st.text()))
def test_every_word_of_a_text_is_found_in_it(text: str, others: list[str]) -> None:
    texts = [text_of("text", text), *[text_of("log", other) for other in others]]
    for word in spoken(text):
        assert not missing_in(texts, sought(word))


@given(st.text(min_size=1))
def test_what_has_a_word_answers_to_its_pattern(text: str) -> None:
    for word in spoken(text):
        words = sought(word)
        assert not words or re.search(pattern_of(words), text, re.IGNORECASE)


def test_an_extract_is_a_line_around_the_first_word() -> None:
    before, after = "Сначала было иначе.\n\n" * 9, " — так и сказали. Потом" * 20
    text = text_of("log", f"{before}Заменил термоплёнку{after}")
    words = sought("термоплёнки")
    (found,) = extracts([text], words, words)
    shown = _written(found.pieces)
    assert shown.startswith("…иначе. Заменил [термоплёнку] — так")
    assert shown.endswith("…")
    assert len(shown) < 170
    assert "\n" not in shown


def test_a_word_without_spaces_around_it_is_still_in_its_extract() -> None:
    words = sought("слон")
    (found,) = extracts([text_of("text", "(" * 500 + "слон" + ")" * 500)], words, words)
    assert _written(found.pieces).startswith("…[слон]")


def test_as_few_places_as_have_what_is_missing() -> None:
    texts = [
        text_of("text", "Картридж кончился"),
        text_of("log", "Заменил картридж и термоплёнку"),
        text_of("log", "Термоплёнка заказана"),
    ]
    words = sought("картридж термоплёнку")
    assert [_written(one.pieces) for one in extracts(texts, words, words)] == [
        "Заменил [картридж] и [термоплёнку]"
    ]
    (first,) = extracts(texts, words, words[:1])
    assert (first.place, _written(first.pieces)) == ("text", "[Картридж] кончился")
    assert extracts(texts[:1], words, words[1:]) == []
