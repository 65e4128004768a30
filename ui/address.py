"""The choices of a session, kept in step with the address bar. Holds codes, never data.

Streamlit's own `bind="query-params"` writes the label of an option into the URL (which changes with the language and
may name two units) and leaves defaults out (so that a link shared today shows another quarter tomorrow). Here the URL
carries codes, and always all of them: a link shows the same view in either language and next year too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NoReturn

import streamlit as st

_PLACE = "_address"


@dataclass(slots=True)
class _Address:
    """What one session remembers between runs; `drawn` are the keys whose widgets this run has drawn."""

    memory: dict[str, str] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)
    page: str = ""
    news: set[str] = field(default_factory=set)
    drawn: set[str] = field(default_factory=set)


def _address() -> _Address:
    return st.session_state.setdefault(_PLACE, _Address())


def begin() -> None:
    """Read the URL at the start of a run: what differs from what we wrote or read last is news (a link, going back).

    A run that a reader's next choice cuts short has written nothing: its URL must not undo that choice.
    """
    address = _address()
    address.drawn = set()
    url = dict(st.query_params.items())
    fresh = {key: code for key, code in url.items() if address.written.get(key) != code}
    address.news |= set(fresh)
    address.memory.update(fresh)
    address.written |= url


def turn_to(page: str) -> None:
    """Tell which page runs: on another page than before, its widgets start from what is remembered."""
    address = _address()
    if page != address.page:
        address.news |= set(address.memory) - address.drawn
        address.page = page


def here() -> str:
    """Return the URL path of the page that runs; the start page's is empty."""
    return _address().page


def write() -> None:
    """Write the choices into the URL at the end of a run, all at once: one step in the browser's history."""
    address = _address()
    if dict(st.query_params.items()) != address.memory:
        st.query_params.from_dict(address.memory)
    address.written = dict(address.memory)
    address.news = set()


def recall(key: str) -> str | None:
    """Return the code that the URL or an earlier run holds for `key`; it may be any text."""
    return _address().memory.get(key)


def take_news(key: str) -> bool:
    """Whether the code for `key` came from the URL or from another page in this run; true once."""
    address = _address()
    is_news = key in address.news
    address.news.discard(key)
    address.drawn.add(key)
    return is_news


def prepare(key: str, options: Sequence[str], default: str | None) -> None:
    """Set what the widget `key` will show, before it is drawn: news, else its own state, else memory, else default."""
    if take_news(key) or st.session_state.get(key) not in options:
        wanted = recall(key)
        st.session_state[key] = wanted if wanted in options else default


def prepare_many(key: str, options: Sequence[str], default: Sequence[str]) -> None:
    """As `prepare`, for a widget that holds several codes (joined by commas in the URL)."""
    current = st.session_state.get(key)
    if take_news(key) or current is None or not set(current) <= set(options):
        wanted = [code for code in (recall(key) or "").split(",") if code in options]
        st.session_state[key] = wanted or [code for code in default if code in options]


def remember(key: str, code: str | None) -> None:
    """Keep a choice for the URL and for other pages; None forgets it."""
    if code is None:
        _address().memory.pop(key, None)
    else:
        _address().memory[key] = code


def parameters(**changes: str | None) -> dict[str, str]:
    """Return all choices with some changed, for a link to another page; None leaves one out."""
    merged = {**_address().memory, **changes}
    return {key: code for key, code in merged.items() if code is not None}


def follow(page: str, **changes: str | None) -> NoReturn:
    """Go to a page file with some choices changed: what a click on a mark does. Doesn't return."""
    st.switch_page(page, query_params=parameters(**changes))
