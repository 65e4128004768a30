"""A part of a page that is many small things, tiles, cells or a list with links, as one element (ui/browser/parts.js).

Each element of Streamlit's own costs the server a message and the browser a look at the whole page: decision 0037.
Nothing here is HTML: a part is a tree of tags from a fixed list, and every text stays a text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

import streamlit as st
from streamlit.components.v2 import component

from ui import address, assets

_SCRIPT: Final = """export default (it) =>
  import(new URL("{address}", document.baseURI)).then((parts) => parts.draw(it));"""
_place = component("kpi.parts", js=_SCRIPT.format(address=assets.address("parts.js")), isolate_styles=False)
_MARKS: Final = re.compile(r"\\(.)|(\*\*)|( {2}\n)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Tag:
    """An element: its tag, what stands in it, its classes, and attributes that parts.js knows."""

    name: str
    inner: tuple[Node, ...] = ()
    look: str = ""
    attributes: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Link:
    """A link to another page with some choices changed; its words are Markdown, its icon a name of Material's."""

    page: str
    words: str
    icon: str
    changes: dict[str, str | None]

    @property
    def code(self) -> str:
        """What tells a click on it from others, in whichever run it comes."""
        return f"{Path(self.page).stem}?{urlencode({key: value or '' for key, value in self.changes.items()})}"

    @property
    def href(self) -> str:
        """Where it leads, with all choices of now, for a browser that opens it elsewhere."""
        return f"{Path(self.page).stem}?{urlencode(address.parameters(**self.changes))}"


Node = str | Tag | Link


def tag(name: str, *inner: Node, look: str = "", **attributes: object) -> Tag:
    """Return an element; `aria_pressed` stands for `aria-pressed`. An attribute that is None or False is left out."""
    given = {key.replace("_", "-"): value for key, value in attributes.items() if value is not None}
    return Tag(name, inner, look, {key: value for key, value in given.items() if value is not False})


def rich(text: str) -> tuple[Node, ...]:
    """Return a text of the views, whose Markdown is bold, escaped signs and line ends, as nodes."""
    nodes: list[Node] = []
    outside: list[Node] | None = None  # what stood before the bold that is open
    for escaped, bold, end, said in _pieces(text):
        if end:
            nodes.append(tag("br"))
        elif bold and outside is None:
            outside, nodes = nodes, []
        elif bold and outside is not None:
            nodes = [*outside, tag("strong", *nodes)]
            outside = None
        else:
            nodes.append(escaped or said)
    return tuple(nodes if outside is None else [*outside, "**", *nodes])


def _pieces(text: str) -> list[tuple[str, str, str, str]]:
    """Return a text cut at its signs: (escaped, bold, line end, plain), one of them not empty."""
    pieces, at = [], 0
    for found in _MARKS.finditer(text):
        if found.start() > at:
            pieces.append(("", "", "", text[at : found.start()]))
        pieces.append((found[1] or "", found[2] or "", found[3] or "", ""))
        at = found.end()
    return [*pieces, ("", "", "", text[at:])] if at < len(text) else pieces


def draw(nodes: Sequence[Node], *, key: str, look: str = "", on_choice: Callable[[str], None] | None = None) -> None:
    """Draw a part of the page; follows the link that was clicked.

    `key` names the place, which stays whatever it shows: what changed is drawn anew, and the keyboard's place is kept.
    `on_choice` gets the code of a button that was pressed, before the page runs again.
    """
    links: dict[str, Link] = {}
    given = {"look": look, "parts": [_written(each, links) for each in nodes]}
    payload = json.dumps(given, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()

    def chosen() -> None:
        code = st.session_state[key].get("mark")
        if on_choice and isinstance(code, str):
            on_choice(code)

    clicked = links.get(_place(key=key, data=payload, on_mark_change=chosen).get("mark") or "")
    if clicked:
        address.follow(clicked.page, **clicked.changes)


def _written(node: Node, links: dict[str, Link]) -> object:
    """Return a node as parts.js reads it: a text, or [tag, attributes, …]; notes the links."""
    if isinstance(node, str):
        return node
    if isinstance(node, Link):
        links[node.code] = node
        icon = Tag("i", (node.icon,), "kpi-icon", {"aria-hidden": "true", "translate": "no"})
        node = Tag("a", (icon, Tag("span", rich(node.words))), "kpi-link", {"href": node.href, "data-code": node.code})
    attributes = {**({"class": node.look} if node.look else {}), **node.attributes}
    return [node.name, attributes, *(_written(each, links) for each in node.inner)]
