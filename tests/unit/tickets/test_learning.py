"""What is learned of categories: the right one is the likeliest, probabilities are probabilities."""

from __future__ import annotations

from collections import Counter
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.clock import new_id
from services.tickets.domain.learning import Totals, features_of, guesses

PRINT, NETWORK, COMPANY = new_id(), new_id(), new_id()
SAID = (
    [(PRINT, f"Не печатает принтер номер {n}") for n in range(4)]
    + [(PRINT, "Закончился картридж"), (NETWORK, "Пропал интернет"), (NETWORK, "Нет сети и интернета")]
)  # fmt: skip


def taught(said: list[tuple[UUID, str]]) -> tuple[Totals, dict[str, Counter[UUID]]]:
    totals, counts = Totals(), dict[str, Counter[UUID]]()
    for key, title in said:
        features = features_of(title, "", None, COMPANY)
        totals.tickets[key] = totals.tickets.get(key, 0) + 1
        totals.words[key] = totals.words.get(key, 0) + len(features)
        for feature in features:
            counts.setdefault(feature, Counter())[key] += 1
    totals.vocabulary = len(counts)
    return totals, counts


def likeliest(title: str) -> UUID | None:
    totals, counts = taught(SAID)
    found = guesses(totals, counts, features_of(title, "", None, COMPANY), [PRINT, NETWORK])
    return found[0].category_id if found else None


@pytest.mark.parametrize(
    ("title", "key"),
    [("Принтер не печатает", PRINT), ("замените картридж", PRINT), ("Интернет отвалился", NETWORK)],
)
def test_other_forms_of_words_that_were_learned_lead_to_the_category(title: str, key: UUID) -> None:
    assert likeliest(title) == key


def test_while_there_is_too_little_to_go_by_nothing_is_guessed() -> None:
    totals, counts = taught(SAID[:3])
    assert guesses(totals, counts, features_of("Принтер", "", None, COMPANY), [PRINT]) == []


def test_a_category_that_is_not_offered_is_not_guessed() -> None:
    totals, counts = taught(SAID)
    found = guesses(totals, counts, features_of("Принтер", "", None, COMPANY), [NETWORK])
    assert [guess.category_id for guess in found] == [NETWORK]


def test_the_kind_of_equipment_and_the_company_are_features_of_their_own() -> None:
    features = features_of("Не включается", "гудит", "ups", COMPANY)
    assert {"k:ups", f"c:{COMPANY}"} <= set(features)
    assert len(set(features)) == len(features)


@given(
    st.lists(st.tuples(st.sampled_from([PRINT, NETWORK]), st.text("абвг ", max_size=30)), max_size=40),
    st.text("абвгд ", max_size=60),
)
def test_probabilities_add_up_and_fall(said: list[tuple[UUID, str]], title: str) -> None:
    totals, counts = taught(said)
    found = guesses(totals, counts, features_of(title, "", None, COMPANY), [PRINT, NETWORK])
    shares = [guess.probability for guess in found]
    assert shares == sorted(shares, reverse=True)
    assert not shares or sum(shares) == pytest.approx(1)
