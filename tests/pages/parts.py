"""What tests of pages read and press in parts that are one element, and how they open what is folded."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any  # Any: elements that AppTest has no class for

from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import user_key_from_element_id

CHART, PARTS = "kpi.chart", "kpi.parts"


@dataclass(frozen=True, slots=True)
class Shown:
    """An element of a part: its tag, its attributes, and all that it says."""

    tag: str
    attributes: dict[str, str]
    text: str


def placed(page: AppTest, kind: str) -> list[Any]:
    """The components of a kind, charts or parts, in the order of the page."""
    return [each for each in page.get("bidi_component") if each.proto.component_name == kind]


def part(page: AppTest, key: str) -> list[Shown]:
    """All elements of the part with this key; none where the page doesn't draw it."""
    found = [each for each in placed(page, PARTS) if each.proto.id.endswith(f"-{key}")]
    return [shown for each in found for node in json.loads(each.proto.bytes)["parts"] for shown in _walked(node)]


def words(page: AppTest) -> str:
    """All texts that the parts of a page say."""
    nodes = [node for each in placed(page, PARTS) for node in json.loads(each.proto.bytes)["parts"]]
    return "\n".join(_text(node) for node in nodes)


def press(page: AppTest, key: str, code: str) -> AppTest:
    """Press what bears this code in a part, as its script does, and run the page."""
    [found] = [each for each in placed(page, PARTS) if each.proto.id.endswith(f"-{key}")]
    [pressed] = [each for each in part(page, key) if each.attributes.get("data-code") == code]
    assert "disabled" not in pressed.attributes
    states = page._tree.get_widget_states()
    event = json.dumps([{"event": "mark", "value": code}])
    states.widgets.add(id=f"$$STREAMLIT_INTERNAL_KEY_{found.proto.id}__events", json_trigger_value=event)
    return page._run(states)


def unfold(page: AppTest, *keys: str) -> AppTest:
    """Open the folded parts with these keys, else all that are made when they are opened, and run the page."""
    known = [str(user_key_from_element_id(box.proto.id)) for box in page.expander if box.proto.id]
    assert set(keys) <= set(known), known
    for key in keys or known:
        page.session_state[key] = True
    return page.run() if known else page


def _walked(node: object) -> Iterator[Shown]:
    if isinstance(node, list):
        tag, attributes, *inner = node
        yield Shown(tag, attributes, _text(node))
        for each in inner:
            yield from _walked(each)


def _text(node: Any) -> str:
    if isinstance(node, str):
        return node
    return "" if node[0] == "i" else "".join(_text(each) for each in node[2:])  # i: an icon, by its name
