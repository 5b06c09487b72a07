"""What is fixed in a template is put in while it is compiled: each language has its own environment."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from typing import Any

from jinja2 import Environment
from jinja2.ext import Extension
from markupsafe import Markup, escape

from gateway.web.language import words_of

_TEXT = r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
# Only a whole literal, `_("…")`: what is composed while rendering stays a call.
_LITERAL = re.compile(rf"\b_\(\s*{_TEXT}\s*\)")
# The same with values, `_("… %(name)s …", name=value)`; its end is looked for.
_WITH_VALUES = re.compile(rf"\b_\(\s*{_TEXT}\s*,")
_PART = re.compile(rf"{_TEXT}|[()]")
# A whole output of a function that says the same as long as the process runs.
_FIXED = re.compile(rf"\{{\{{\s*(icon|static)\({_TEXT}\)\s*\}}\}}")


class Translated(Extension):
    """A page has some sixty messages; looking each up anew took most of the time of rendering it."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        return _FIXED.sub(self._fixed, self._filled(_LITERAL.sub(self._constant, source)))

    def _fixed(self, call: re.Match[str]) -> str:
        says: Callable[[str], str] = self.environment.globals[call.group(1)]  # type: ignore[assignment]
        return str(escape(says(ast.literal_eval(call.group(2)))))

    def _constant(self, call: re.Match[str]) -> str:
        return self._said(call.group(1))

    def _filled(self, source: str) -> str:
        """A filter instead of a call: that is found when the template is compiled, not at each message."""
        while call := _WITH_VALUES.search(source):
            end = _end_of_call(source, call.end())
            message = f"({self._said(call.group(1))} | said({source[call.end() : end]}))"
            source = source[: call.start()] + message + source[end + 1 :]
        return source

    def _said(self, literal: str) -> str:
        said = words_of(str(self.environment.globals["lang"])).gettext(ast.literal_eval(literal))
        return '"' + said.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _end_of_call(source: str, at: int) -> int:
    """Where the bracket is closed that was opened before `at`."""
    depth = 1
    for part in _PART.finditer(source, at):
        depth += {"(": 1, ")": -1}.get(part.group(), 0)
        if not depth:
            return part.start()
    raise ValueError(f"a bracket stays open: {source[at : at + 80]}")


def said(message: str, **values: Any) -> Markup:
    """A translated message of ours, with somebody's values in it."""
    shown = {
        name: value if isinstance(value, int | float) else escape(value) for name, value in values.items()
    }
    return Markup(message % shown)  # noqa: S704 - the message is ours, the values are escaped


def translate(pages: Environment, lang: str) -> None:
    """Make `pages` speak one language."""
    pages.globals["lang"] = lang
    pages.filters["said"] = said
    pages.install_gettext_translations(words_of(lang), newstyle=True)  # type: ignore[attr-defined]
    pages.add_extension(Translated)
