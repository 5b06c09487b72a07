"""What one template takes from another is there."""

from __future__ import annotations

import pytest
from jinja2 import nodes

from gateway.web.rendering import TEMPLATES, environment

_NAMES = sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html"))


def _parsed(name: str) -> nodes.Template:
    pages = environment("ru")
    return pages.parse((TEMPLATES / name).read_text(), name)


def _offered(name: str) -> set[str]:
    macros = {macro.name for macro in _parsed(name).find_all(nodes.Macro)}
    return macros | {str(one.name) for one in _parsed(name).find_all(nodes.Name) if one.ctx == "store"}


@pytest.mark.parametrize("name", _NAMES)
def test_what_a_template_takes_from_another_is_there(name: str) -> None:
    for taken in _parsed(name).find_all(nodes.FromImport):
        assert isinstance(taken.template, nodes.Const)
        wanted = {one if isinstance(one, str) else one[0] for one in taken.names}
        assert wanted <= _offered(taken.template.value)
