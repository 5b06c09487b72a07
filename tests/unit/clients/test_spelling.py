"""What was meant where something else was typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.clients.domain.machine_words import machine_word
from services.clients.domain.search import name_keys, wanted_words
from services.clients.domain.spelling import (
    deletions,
    is_slip,
    is_slip_at_beginning,
    is_spelled,
    other_layout,
)

_WORDS = st.text("абвгде", min_size=4, max_size=12)


@given(_WORDS, st.data())
def test_two_words_one_slip_apart_have_a_deletion_in_common(word: str, draw: st.DataObject) -> None:
    at = draw.draw(st.integers(0, len(word) - 1))
    letter = draw.draw(st.sampled_from("абвгдежз"))
    for slip in (
        word[:at] + word[at + 1 :],
        word[:at] + letter + word[at:],
        word[:at] + letter + word[at + 1 :],
        word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
    ):
        assert is_slip(slip, word)
        assert is_slip_at_beginning(slip, word + "жзи")
        assert set(deletions(slip)) & set(deletions(word))


@given(_WORDS, _WORDS)
def test_a_slip_is_one_both_ways_and_no_more_than_one(first: str, second: str) -> None:
    assert is_slip(first, second) == is_slip(second, first)
    if is_slip(first, second):
        assert abs(len(first) - len(second)) <= 1


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("bdfyjd", "иванов"), ("Hjvfirf", "ромашка"), ("зс-17", "pc-17"), ("K.,jdm", "любовь")],
)
def test_the_same_keys_in_the_other_layout(typed: str, meant: str) -> None:
    assert other_layout(typed) == meant


@pytest.mark.parametrize("word", ["abc", "2030", "pc-17", "я" * 25, ""])
def test_of_short_words_and_numbers_no_slip_is_guessed(word: str) -> None:
    assert not is_spelled(word)


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("10.", "10."),
        ("10.20.1.5", "10.20.1.5"),
        ("fe80::1", "fe80::1"),
        ("2001:db8:", "2001:db8:"),
        ("02:ab:cd", "02abcd"),
        ("02-ab-cd-00-11-22", "02abcd001122"),
        ("02ab.cd00.11", "02abcd0011"),
        ("256.1", ""),
        ("01.2", ""),
        ("pc-17", ""),
        ("10-20-30", ""),
        ("916.010.20.30", ""),
        ("слово", ""),
    ],
)
def test_the_beginning_of_an_address_is_known(typed: str, word: str) -> None:
    assert machine_word(typed) == word


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("10.1.11", "10.1.11.1"),
        ("10.1.11.1", "10.1.11.1"),
        ("02:AB", "02:ab:cd:00:11:22"),
        ("fe80::", "fe80::1"),
    ],
)
def test_an_address_is_found_by_its_beginning(typed: str, address: str) -> None:
    (word,) = wanted_words(typed)
    assert any(key.startswith(word) for key in name_keys(address))


def test_an_address_is_not_found_by_the_digits_of_another() -> None:
    (word,) = wanted_words("10.1.11.1")
    assert not any(key.startswith(word) for key in name_keys("10.11.1.1"))
