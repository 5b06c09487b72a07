"""Markdown as HTML that may be shown as it is: no HTML goes in, and only known tags come out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlsplit
from uuid import UUID

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from services.faq.domain.picture import ADDRESS, Size, Sizes, picture_named, shown_size

_SCHEMES = {"http", "https", "mailto", "tel"}
_TAGS = {
    *("p", "br", "hr", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "code"),
    *("em", "strong", "s", "a", "img", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td"),
}
# Nothing that htmx, a style or a script could take for its own: no id, no data-*, and the one class we set.
_ATTRIBUTES = {"a": {"href"}, "img": {"src", "alt", "width", "height", "loading"}, "ol": {"start"}}
_CLASSES = {"li": {"box"}}
_OUR_PICTURE = re.compile(re.escape(ADDRESS).replace(re.escape("{}"), "[0-9a-f-]{36}"))
_BOX = re.compile(r"\[([ xX])\] ")
_BOXES = {" ": "☐ ", "x": "☑ ", "X": "☑ "}
_DEEPEST = 20
_CODE = ("fence", "code_block")


def _is_safe_link(address: str) -> bool:
    """An address or a picture of ours, or a scheme that does nothing here but lead away."""
    if picture_named(address):
        return True
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return False
    if parts.scheme:
        return parts.scheme.lower() in _SCHEMES
    return address.startswith(("/", "#")) and not address.startswith(("//", "/\\"))


def _checklists(state: StateCore) -> None:
    """«[ ] text» at the beginning of an item is a box to tick."""
    for item, before, token in zip(state.tokens, state.tokens[1:], state.tokens[2:], strict=False):
        if before.type != "paragraph_open" or token.type != "inline" or not token.children:
            continue
        first = token.children[0]
        if token.level >= 2 and first.type == "text" and (box := _BOX.match(first.content)):
            first.content = _BOXES[box[1]] + first.content[box.end() :]
            if item.type == "list_item_open":
                item.attrSet("class", "box")


def _pictures(state: StateCore) -> None:
    """Only pictures kept here are shown, each opening large; any other is a link to where it is."""
    for token in state.tokens:
        if token.children:
            token.children = list(_with_pictures(token.children, state.env.get("sizes", {})))


def _with_pictures(parts: list[Token], sizes: Sizes) -> Iterator[Token]:
    depth = 0
    for part in parts:
        depth += part.nesting if part.type in ("link_open", "link_close") else 0
        if part.type == "link_open" and (picture := picture_named(str(part.attrGet("href")))):
            part.attrSet("href", ADDRESS.format(picture))
        if part.type == "image":
            yield from _picture(part, sizes, is_linked=depth > 0)
        else:
            yield part


def _picture(image: Token, sizes: Sizes, *, is_linked: bool) -> Iterator[Token]:
    source = str(image.attrGet("src"))
    picture = picture_named(source)
    if picture:
        source = ADDRESS.format(picture)
        image.attrs = {"src": source, "alt": "", **_place(sizes, picture)}
        shown = image
    else:
        shown = Token("text", "", 0, content=image.content or source)
    if is_linked:
        yield shown
        return
    yield Token("link_open", "a", 1, attrs={"href": source})
    yield shown
    yield Token("link_close", "a", -1)


def _place(sizes: Sizes, picture: UUID) -> dict[str, str | int | float]:
    """Kept free while the picture is still to come, so that the text stays where it is."""
    if picture not in sizes:
        return {}
    width, height = shown_size(sizes[picture])
    return {"width": width, "height": height, "loading": "lazy"}


def _lowered(state: StateCore) -> None:
    """The page's own title is the only heading of the first rank."""
    for token in state.tokens:
        if token.type in ("heading_open", "heading_close") and token.tag == "h1":
            token.tag = "h2"


def _parser() -> MarkdownIt:
    options = {"html": False, "linkify": False, "breaks": True, "maxNesting": _DEEPEST}
    parser = MarkdownIt("commonmark", options).enable(["table", "strikethrough"])
    parser.validateLink = _is_safe_link  # type: ignore[method-assign, assignment]
    parser.core.ruler.push("checklists", _checklists)
    parser.core.ruler.push("pictures", _pictures)
    parser.core.ruler.push("lowered", _lowered)
    return parser


_PARSER = _parser()


def html_of(markdown: str, sizes: Sizes | None = None) -> str:
    """What comes out has been through nh3 all the same: two mistakes are needed for one hole."""
    return _html_of(markdown, tuple((sizes or {}).items()))


@lru_cache(maxsize=500)
def _html_of(markdown: str, sizes: tuple[tuple[UUID, Size], ...]) -> str:
    return nh3.clean(
        _PARSER.render(markdown, {"sizes": dict(sizes)}),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        allowed_classes=_CLASSES,
        attribute_filter=_kept,
        url_schemes=_SCHEMES,
        link_rel="noopener noreferrer nofollow",
    )


def _kept(tag: str, attribute: str, value: str) -> str | None:
    """A picture of another host would tell it who reads what."""
    if (tag, attribute) == ("img", "src"):
        return value if _OUR_PICTURE.fullmatch(value) else None
    return value


class Plain(NamedTuple):
    """An article without its marks: all that one reads, and its steps, to go into an answer."""

    text: str
    steps: str


def plain_of(markdown: str) -> Plain:
    return Plain(text_of(markdown), steps_of(markdown))


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
        elif depth and items and (line := _read(token, with_pictures=False)):
            items[-1].append(_on_own_lines(line) if token.type in _CODE else line.replace("\n", " "))
    return [" ".join(item).replace(" \n", "\n") for item in items if item]


def _on_own_lines(commands: str) -> str:
    """Each command stays a line of its own: two in one would be a third."""
    return "".join(f"\n   {command}" for command in commands.splitlines())


def _read(token: Token, *, with_pictures: bool = True) -> str:
    """Of a picture what it says instead of itself, where that is wanted."""
    if token.type in _CODE:
        return token.content.strip()
    if token.type != "inline":
        return ""
    breaks = ("softbreak", "hardbreak")
    parts = [part for part in token.children or [] if with_pictures or part.type != "image"]
    return "".join("\n" if part.type in breaks else part.content for part in parts).strip()
