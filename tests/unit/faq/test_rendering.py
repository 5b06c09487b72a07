"""Markdown becomes HTML that may be shown as it is."""

from __future__ import annotations

from uuid import UUID

import pytest

from services.faq.domain.picture import Size
from services.faq.domain.rendering import html_of, steps_of, text_of


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '<div hx-get="/tickets" hx-trigger="load">x</div>',
        "<svg><math><style><img onerror=alert(1)></style></math></svg>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html,<script>alert(1)</script>)",
        "[x](//evil.example/a)",
        "[x](/\\evil.example)",
        "![x](https://evil.example/pixel.png)",
        '<https://evil.example" onclick=alert(1)>',
        "<style>body{display:none}</style>",
        "[x]: vbscript:x\n\n[x]",
        "![x](//evil.example/pixel.png)",
        "![x](data:image/svg+xml;base64,PHN2Zz4=)",
        "![x](/api/v1/articles/pictures/../../session)",
        "![x](/api/v1/files/0198b0c0-0000-7000-8000-00000000fa90)",
        "![x](picture:../../session)",
        "![x][1]\n\n[1]: https://evil.example/pixel.png",
        "{{7*7}} {% include '/etc/passwd' %}",
        '<iframe src="/tickets"></iframe><form action="/x"><button>y</button></form>',
        "<p data-hx-get=/x hx-on:click=alert(1)>x</p>",
        "[x](https://a.example 'y\" onmouseover=\"alert(1)')",
    ],
)
def test_nothing_that_acts_comes_out(hostile: str) -> None:
    html = html_of(hostile).lower()
    for tag in ("<script", "<img", "<iframe", "<form", "<svg", "<style", "<div", "<math"):
        assert tag not in html
    for address in ("javascript:", "data:", "vbscript:", "//evil", "/\\evil"):
        assert f'href="{address}' not in html
    assert " onclick=alert(1)>" not in html.replace("&gt;", "")


def test_what_people_write_is_shown() -> None:
    html = html_of("# Шаги\n\n1. Откройте **панель**\n2. Нажмите `Win+R`\n\n```\nipconfig /all\n```\n")
    assert "<h2>Шаги</h2>" in html
    assert "<li>Откройте <strong>панель</strong></li>" in html
    assert "<pre><code>ipconfig /all\n</code></pre>" in html


def test_tables_and_checklists_are_shown() -> None:
    assert "<td>443</td>" in html_of("| порт | зачем |\n|---|---|\n| 443 | https |\n")
    html = html_of("- [ ] сделать\n- [x] сделано\n- просто\n")
    assert '<li class="box">☐ сделать</li>' in html
    assert '<li class="box">☑ сделано</li>' in html
    assert "<li>просто</li>" in html


def test_links_lead_only_where_links_may_lead() -> None:
    html = html_of("[сайт](https://example.com) [почта](mailto:a@example.com) [наше](/faq/1)")
    assert 'href="https://example.com" rel="noopener noreferrer nofollow"' in html
    assert 'href="mailto:a@example.com"' in html
    assert 'href="/faq/1"' in html


def test_the_steps_of_an_article_go_into_an_answer_as_plain_text() -> None:
    body = "Бывает после обновления.\n\n1. Откройте **Службы**.\n2. Перезапустите:\n   - `Spooler`\n\nГотово."
    assert steps_of(body) == "1. Откройте Службы.\n2. Перезапустите: Spooler"
    assert steps_of("1. Раз:\n\n   ```\n   net stop a\n   net start a\n   ```\n\n2. Два") == (
        "1. Раз:\n   net stop a\n   net start a\n2. Два"
    )
    assert steps_of("Просто **текст**.") == "Просто текст."


def test_the_text_of_an_article_has_no_marks() -> None:
    assert text_of("## Как\n\n- раз\n- [два](https://example.com)\n") == "Как\nраз\nдва"


_PICTURE = "0198b0c0-0000-7000-8000-00000000fa90"
_ADDRESS = f"/api/v1/articles/pictures/{_PICTURE}"


def test_a_picture_kept_here_is_shown_and_opens_large() -> None:
    html = html_of(f"![экран <b>](picture:{_PICTURE})")
    shown = f'<img src="{_ADDRESS}" alt="экран &lt;b&gt;">'
    assert html == f'<p><a href="{_ADDRESS}" rel="noopener noreferrer nofollow">{shown}</a></p>\n'
    linked = html_of(f"[![](picture:{_PICTURE})](https://example.com)")
    assert linked.count("<a ") == 1
    assert 'href="https://example.com"' in linked


@pytest.mark.parametrize(
    ("size", "place"), [((640, 480), (640, 480)), ((1080, 2400), (230, 512)), ((1, 9000), (1, 512))]
)
def test_a_picture_keeps_its_place_free_while_it_loads(size: Size, place: Size) -> None:
    html = html_of(f"![](picture:{_PICTURE})", {UUID(_PICTURE): size})
    assert f'<img src="{_ADDRESS}" alt="" width="{place[0]}" height="{place[1]}" loading="lazy">' in html
    unknown = html_of(f"![](picture:{_PICTURE})", {UUID(int=1): size})
    assert f'<img src="{_ADDRESS}" alt="">' in unknown


def test_a_picture_of_another_host_is_a_link_to_it() -> None:
    html = html_of("![схема](https://example.com/a.png)")
    assert '<a href="https://example.com/a.png" rel="noopener noreferrer nofollow">схема</a>' in html


def test_a_picture_is_found_by_what_it_says_and_left_out_of_an_answer() -> None:
    body = f"1. Раз\n   ![красная лампа](picture:{_PICTURE})\n2. Два"
    assert text_of(body) == "Раз\nкрасная лампа\nДва"
    assert steps_of(body) == "1. Раз\n2. Два"


def test_deep_nesting_ends() -> None:
    assert len(html_of("> " * 5000 + "x")) < 50_000
