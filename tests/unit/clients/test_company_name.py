"""What a company is called without legal form, quotes and punctuation."""

from __future__ import annotations

import pytest

from services.clients.domain.company_name import bare_words


@pytest.mark.parametrize(
    "name",
    [
        "ООО «Ромашка-Сервис»",
        'ооо "Ромашка сервис"',
        "Ромашка-сервис, ООО",
        "Общество с ограниченной ответственностью „Ромашка Сервис“",
        "  РОМАШКА   СЕРВИС ",
    ],
)
def test_it_is_the_same_company(name: str) -> None:
    assert bare_words(name) == ["ромашка", "сервис"]


def test_other_names_stay_other_ones() -> None:
    assert bare_words("ООО «Ромашка»") != bare_words("ООО «Ромашка-Юг»")
    assert bare_words("АО «АО»") == ["ао", "ао"]
    assert bare_words("«»!") == []
    assert bare_words("ИП Фёдоров П. С.") == ["федоров", "п", "с"]
