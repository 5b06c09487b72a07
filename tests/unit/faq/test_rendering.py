"""Markdown becomes HTML that may be shown as it is."""

from __future__ import annotations

import pytest

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
    ],
)
def test_nothing_that_acts_comes_out(hostile: str) -> None:
    html = html_of(hostile).lower()
    for tag in ("<script", "<img", "<svg", "<style", "<div", "<math"):
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
    assert "☐ сделать" in html_of("- [ ] сделать\n- [x] сделано\n")
    assert "☑ сделано" in html_of("- [ ] сделать\n- [x] сделано\n")


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


def test_deep_nesting_ends() -> None:
    assert len(html_of("> " * 5000 + "x")) < 50_000
