"""Markdown as HTML that may be shown as it is: no HTML goes in, and only known tags come out."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urlsplit

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

_SCHEMES = {"http", "https", "mailto", "tel"}
_TAGS = {
    *("p", "br", "hr", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "code"),
    *("em", "strong", "s", "a", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td"),
}
# Nothing that htmx, a style or a script could take for its own: no class, no id, no data-*.
_ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}
_BOX = re.compile(r"\[([ xX])\] ")
_BOXES = {" ": "☐ ", "x": "☑ ", "X": "☑ "}
_DEEPEST = 20
_CODE = ("fence", "code_block")


def _is_safe_link(address: str) -> bool:
    """An address of ours, or of a scheme that does nothing here but lead away."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return False
    if parts.scheme:
        return parts.scheme.lower() in _SCHEMES
    return address.startswith(("/", "#")) and not address.startswith(("//", "/\\"))


def _checklists(state: StateCore) -> None:
    """«[ ] text» at the beginning of an item is a box to tick."""
    for before, token in zip(state.tokens[1:], state.tokens[2:], strict=False):
        if before.type != "paragraph_open" or token.type != "inline" or not token.children:
            continue
        first = token.children[0]
        if token.level >= 2 and first.type == "text" and (box := _BOX.match(first.content)):
            first.content = _BOXES[box[1]] + first.content[box.end() :]


def _lowered(state: StateCore) -> None:
    """The page's own title is the only heading of the first rank."""
    for token in state.tokens:
        if token.type in ("heading_open", "heading_close") and token.tag == "h1":
            token.tag = "h2"


def _parser() -> MarkdownIt:
    options = {"html": False, "linkify": False, "breaks": True, "maxNesting": _DEEPEST}
    parser = MarkdownIt("commonmark", options).enable(["table", "strikethrough"]).disable("image")
    parser.validateLink = _is_safe_link  # type: ignore[method-assign, assignment]
    parser.core.ruler.push("checklists", _checklists)
    parser.core.ruler.push("lowered", _lowered)
    return parser


_PARSER = _parser()


@lru_cache(maxsize=500)
def html_of(markdown: str) -> str:
    """What comes out has been through nh3 all the same: two mistakes are needed for one hole."""
    return nh3.clean(
        _PARSER.render(markdown),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel="noopener noreferrer nofollow",
    )


@lru_cache(maxsize=2000)
def text_of(markdown: str) -> str:
    """What one reads, a line for each paragraph or item: for search and extracts."""
    lines = (_read(token) for token in _PARSER.parse(markdown))
    return "\n".join(line for line in lines if line)


def steps_of(markdown: str, most: int = 1500) -> str:
    """The first list of an article as plain text, numbered; without one, how the article begins."""
    tokens = _PARSER.parse(markdown)
    items = list(_first_list(tokens))
    if items:
        text = "\n".join(f"{number}. {item}" for number, item in enumerate(items, 1))
    else:
        text = text_of(markdown)
    return text if len(text) <= most else text[:most].rpartition("\n")[0] or text[:most]


def _first_list(tokens: list[Token]) -> list[str]:
    """The items of the first list, those of lists inside them at their end."""
    items: list[list[str]] = []
    depth = 0
    for token in tokens:
        if token.type.endswith("_list_open"):
            depth += 1
        elif token.type.endswith("_list_close"):
            depth -= 1
            if not depth:
                break
        elif token.type == "list_item_open" and depth == 1:
            items.append([])
        elif depth and items and (line := _read(token)):
            items[-1].append(_on_own_lines(line) if token.type in _CODE else line.replace("\n", " "))
    return [" ".join(item).replace(" \n", "\n") for item in items if item]


def _on_own_lines(commands: str) -> str:
    """Each command stays a line of its own: two in one would be a third."""
    return "".join(f"\n   {command}" for command in commands.splitlines())


def _read(token: Token) -> str:
    if token.type in _CODE:
        return token.content.strip()
    if token.type != "inline":
        return ""
    breaks = ("softbreak", "hardbreak")
    return "".join("\n" if part.type in breaks else part.content for part in token.children or []).strip()
