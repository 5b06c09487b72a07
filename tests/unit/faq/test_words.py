"""How words are found: in any form, with a slip, in the wrong layout; and what is shown of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.faq.domain.extracts import extract, marked
from services.faq.domain.search import asked, forms, stem, telling
from services.faq.domain.spelling import deletions, is_slip, look_alikes, other_layout

words = st.text("абвгдеabc", min_size=4, max_size=10)


def test_forms_of_a_word_have_one_stem() -> None:
    assert len({stem(word) for word in ("принтер", "принтера", "принтеры", "принтером")}) == 1
    assert stem("printers") == stem("printer")


def test_words_that_tell_nothing_are_left_out() -> None:
    assert telling(["Здравствуйте, не печатает у меня принтер"]) == [stem("печатает"), stem("принтер")]
    assert asked("не на") == ["не", "на"]


def test_a_host_name_is_found_whole_and_in_pieces() -> None:
    assert {"srv-1c", "srv", "1c"} <= forms(["srv-1C"]).keys()


def test_keys_pressed_in_the_wrong_layout_are_understood() -> None:
    assert other_layout("ghbynth") == "принтер"
    assert other_layout("[hjv") == "хром"
    assert other_layout("зкштеук") == "printer"


@pytest.mark.parametrize("one", ["1c", "a4", "c3-9"])
def test_a_name_with_a_digit_is_the_same_in_the_alphabet_it_looks_like(one: str) -> None:
    (other,) = look_alikes(one)
    assert other != one
    assert look_alikes(other) == [one]


@pytest.mark.parametrize("word", ["сор", "top", "809", "7zip", "1сf", "c1с", ""])
def test_what_looks_like_nothing_in_the_other_alphabet_is_itself_alone(word: str) -> None:
    assert look_alikes(word) == []


@given(words)
def test_the_other_layout_twice_is_what_was_typed(word: str) -> None:
    assert other_layout(other_layout(word)) == word


@given(words, st.data())
def test_any_one_slip_is_found_by_a_common_deletion(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from("абвx"))
    swapped = word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :]
    for slip in (word[:at] + letter + word[at + 1 :], word[:at] + letter + word[at:], swapped):
        assert is_slip(slip, word)
        assert not set(deletions(slip)).isdisjoint(deletions(word))


def test_other_words_are_no_slips() -> None:
    assert not is_slip("принтер", "монитор")
    assert not is_slip("сканер", "сканирует")
    assert deletions("мышь"[:3]) == []


def test_hits_are_marked_in_whatever_form_they_stand() -> None:
    pieces = marked("Печать на Принтере.", {stem("принтер")})
    assert [(piece.text, piece.hit) for piece in pieces] == [
        ("Печать на ", False),
        ("Принтере", True),
        (".", False),
    ]


@pytest.mark.parametrize(
    ("query", "hits"),
    [
        ("wi-fi", ["Wi-Fi"]),
        ("fi", ["Fi"]),
        ("srv-1c.example.com", ["SRV-1C.example.com"]),
        ("10.0.0.5", ["10.0.0.5"]),
        ("srv", ["SRV"]),
    ],
)
def test_a_name_of_several_pieces_is_marked_whole_or_where_a_piece_was_meant(
    query: str, hits: list[str]
) -> None:
    text = "Нет Wi-Fi на SRV-1C.example.com (10.0.0.5)."
    pieces = marked(text, {stem(word) for word in asked(query)})
    assert [piece.text for piece in pieces if piece.hit] == hits
    assert "".join(piece.text for piece in pieces) == text


@given(st.text("İǰаё-.1c ", max_size=30), st.sampled_from(["а", "1c", "c", "ае"]))
def test_marking_never_changes_a_text(text: str, word: str) -> None:
    pieces = marked(text, {stem(word)})
    assert "".join(piece.text for piece in pieces) == text


def test_an_extract_is_short_and_around_the_first_hit() -> None:
    text = "слово " * 100 + "драйвер принтера " + "слово " * 100
    pieces = extract(text, {stem("драйвер")})
    assert any(piece.hit and piece.text == "драйвер" for piece in pieces)
    whole = "".join(piece.text for piece in pieces)
    assert whole.startswith("…")
    assert whole.endswith("…")
    assert len(whole) <= 185


def test_an_extract_that_goes_on_after_a_sentence_ends_in_three_dots() -> None:
    whole = "".join(piece.text for piece in extract("Замените лампу. " * 30, {stem("лампа")}))
    assert whole.endswith("лампу…")
