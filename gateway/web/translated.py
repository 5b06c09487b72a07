"""Messages of a template put in while it is compiled: each language has its own environment."""

from __future__ import annotations

import ast
import re

from jinja2 import Environment
from jinja2.ext import Extension

from gateway.web.language import words_of

# Only a whole literal, `_("…")`: what is composed while rendering stays a call.
_LITERAL = re.compile(r"""\b_\(\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')\s*\)""")


class Translated(Extension):
    """A page has some sixty messages; looking each up anew took most of the time of rendering it."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        return _LITERAL.sub(self._constant, source)

    def _constant(self, call: re.Match[str]) -> str:
        said = words_of(str(self.environment.globals["lang"])).gettext(ast.literal_eval(call.group(1)))
        return '"' + said.replace("\\", "\\\\").replace('"', '\\"') + '"'


def translate(pages: Environment, lang: str) -> None:
    """Make `pages` speak one language."""
    pages.globals["lang"] = lang
    pages.install_gettext_translations(words_of(lang), newstyle=True)  # type: ignore[attr-defined]
    pages.add_extension(Translated)
