"""What is put into templates while they are compiled reads as if it had been called."""

from __future__ import annotations

import pytest
from jinja2 import Environment

from gateway.web.language import LANGUAGES
from gateway.web.rendering import environment, icon
from gateway.web.translated import translate


def _rendered(source: str, **values: object) -> str:
    pages = Environment(autoescape=True, extensions=["jinja2.ext.i18n"])
    translate(pages, "ru")
    pages.globals["icon"] = icon
    return pages.from_string(source).render(**values)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_template_is_compiled_in_every_language(lang: str) -> None:
    pages = environment(lang)
    for name in pages.list_templates(extensions=["html"]):
        pages.get_template(name)


def test_values_of_a_message_are_escaped_and_its_words_are_not() -> None:
    source = '{{ _("until %(day)s", day=day) }}'
    assert _rendered(source, day="<b>{{ 7 * 7 }}</b> %(x)s") == "до &lt;b&gt;{{ 7 * 7 }}&lt;/b&gt; %(x)s"


def test_numbers_are_counted_not_escaped() -> None:
    assert _rendered('{{ _("%(used)d of %(seats)d", used=3, seats=n) }}', n=5) == "3 из 5"


def test_a_value_may_be_a_call_with_brackets_and_quotes_of_its_own() -> None:
    source = """{{ _("until %(day)s", day=("a)" ~ [b, ")'("] | join("(")) | upper) ~ _('Client') }}!"""
    assert _rendered(source, b="x") == "до A)X()&#39;(Клиент!"


def test_a_message_stands_where_a_value_stands() -> None:
    source = """{% set said = _("until %(day)s", day=_('Client')) %}<p title="{{ said }}"></p>"""
    assert _rendered(source) == '<p title="до Клиент"></p>'


def test_a_picture_is_part_of_the_template() -> None:
    assert _rendered('<i>{{ icon("lock") }}</i>') == f"<i>{icon('lock')}</i>"
