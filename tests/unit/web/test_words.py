"""Names, dates, plural forms and the catalogue."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from gateway.web import labels
from gateway.web.language import LANGUAGES, LOCALE, known_language, words_of
from gateway.web.moments import spent, written
from gateway.web.names import short_name
from gateway.web.rendering import render
from gateway.web.spoken import spoken
from gateway.web.texts import linked

ROOT = Path(__file__).parents[3]
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "_plural": (2, 3)}


def messages_in_the_code() -> set[str]:
    mapping, options = parse_mapping_cfg(io.StringIO((LOCALE / "babel.cfg").read_text()))  # type: ignore[no-untyped-call]
    found = extract_from_dir(str(ROOT), mapping, options, keywords=KEYWORDS)
    return {message[0] if isinstance(message, tuple) else message for _, _, message, _, _ in found}


def test_every_message_of_the_pages_is_translated_into_russian() -> None:
    with (LOCALE / "ru" / "LC_MESSAGES" / "gateway.po").open("rb") as file:
        catalogue = read_po(file, locale="ru")
    translated = {
        message.id[0] if isinstance(message.id, tuple) else message.id: message.string
        for message in catalogue
        if message.id
    }
    used = messages_in_the_code()
    assert used - set(translated) == set()
    assert set(translated) - used == set(), "the catalogue holds messages that nobody says"
    for message, string in translated.items():
        forms = string if isinstance(string, tuple) else (string,)
        assert all(forms), message


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1, "возвращена 1 раз"),
        (2, "возвращена 2 раза"),
        (5, "возвращена 5 раз"),
        (21, "возвращена 21 раз"),
        (112, "возвращена 112 раз"),
    ],
)
def test_russian_counts_with_its_three_forms(number: int, said: str) -> None:
    words = words_of("ru")
    form = words.ngettext("reopened %(num)d time", "reopened %(num)d times", number)
    assert form % {"num": number} == said


def test_the_scripts_get_one_form_for_each_plural_category() -> None:
    assert spoken("ru")["new_tickets"] == ["{n} новая заявка", "{n} новые заявки", "{n} новых заявок"]
    assert spoken("en")["new_tickets"] == ["{n} new ticket", "{n} new tickets", "{n} new tickets"]


@pytest.mark.parametrize(
    ("full", "short"),
    [
        ("Кузнецова Анна Михайловна", "Кузнецова\u00a0А.\u00a0М."),
        ("Ким Ли", "Ким\u00a0Л."),
        ("Мадонна", "Мадонна"),
        ("  Абдурахманова-Штейнгауэр   Екатерина ", "Абдурахманова-Штейнгауэр\u00a0Е."),
        ("Алиев Вагиф Гасан оглы", "Алиев\u00a0В.\u00a0Г."),
        ("", ""),
    ],
)
def test_names_are_shortened_to_family_name_and_initials(full: str, short: str) -> None:
    assert short_name(full) == short


def test_times_are_written_as_people_here_write_them_in_moscow() -> None:
    assert written("2026-11-23T21:05:00Z") == "24.11.2026 00:05"


@pytest.mark.parametrize(("minutes", "said"), [(0, "0 мин"), (45, "45 мин"), (60, "1 ч"), (95, "1 ч 35 мин")])
def test_minutes_spent_are_written_in_hours(minutes: int, said: str) -> None:
    assert spent(minutes, words_of("ru")) == said


def test_addresses_become_links_and_everything_else_stays_text() -> None:
    shown = linked('См. https://example.ru/a?b=1&c=2, (http://x.ru/y_(z)) <b>"javascript:alert(1)"')
    assert '<a href="https://example.ru/a?b=1&amp;c=2" rel="noopener noreferrer" target="_blank">' in shown
    assert 'href="http://x.ru/y_(z)"' in shown
    assert "&lt;b&gt;" in shown
    assert "javascript:alert(1)" in shown
    assert 'href="javascript' not in shown


def test_an_address_cannot_leave_its_attribute() -> None:
    assert linked('https://x.ru/"onclick=alert(1)').count("<a ") == 1
    assert 'href="https://x.ru/"' in linked('https://x.ru/"onclick=alert(1)')


@pytest.mark.parametrize("wanted", [None, "", "de", "../ru", "EN"])
def test_an_unknown_language_is_russian(wanted: str | None) -> None:
    assert known_language(wanted) == "ru"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_status_and_priority_has_a_name(lang: str) -> None:
    words = words_of(lang)
    for name in (*labels.STATUSES.values(), *labels.PRIORITIES.values()):
        assert words.gettext(name)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_keys_are_explained_in_every_language(lang: str) -> None:
    assert "<kbd>j</kbd>" in render("help.html", lang)
