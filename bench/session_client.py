"""One reader without a browser: a session on Streamlit's own websocket, as the browser's side of it speaks.

    session = await Session.opened("http://localhost:8501", "gaps", unit="DINKES")
    answer = await session.choose("unit", "DISDIK-label")

It keeps what a browser keeps: the widgets that stand, their choices, and messages that need not be sent again.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any  # Any: messages of Streamlit's protobuf, which are made at run time
from urllib.parse import urlencode

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

PROTOCOL = "streamlit"
CHART = "kpi.chart"
"""Our charts' component; other parts of a page have one of their own."""


def _is_chart(kind: str, found: Any) -> bool:
    """Whether an element is one of our charts, or a stock one of the floor."""
    return kind == "plotly_chart" or (kind == "bidi_component" and found.component_name == CHART)


@dataclass(slots=True)
class Answer:
    """What one run of a page sent: elements in order, their bytes, the seconds to the first chart and to the end.

    `size` is that of the messages, `on_line` what came over the line for them, compressed as for a browser.
    """

    elements_at: dict[tuple[int, ...], tuple[str, Any]] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    size: int = 0
    on_line: int = 0
    seconds: float = 0.0
    first_chart: float = 0.0

    def of(self, kind: str) -> list[Any]:
        """Return the elements of a kind that stand at the end, from the top of the page, as their protobuf."""
        return [element for _, (name, element) in sorted(self.elements_at.items(), key=_place) if name == kind]

    def text(self) -> str:
        """Return what the page says in words."""
        return "\n".join(each.body for kind in ("heading", "markdown", "alert") for each in self.of(kind))

    def charts(self) -> list[bytes]:
        """Return what each chart was given."""
        return [each.bytes for each in self.of("bidi_component") if each.component_name == CHART]


class SessionError(Exception):
    """Raised where a page sends an exception instead of its figures."""


class Session:
    """One open session; made by `opened`."""

    def __init__(self, socket: websockets.ClientConnection, address: str, query: str) -> None:
        self._socket = socket
        self._address = address
        self._query = query
        self._kept: dict[str, ForwardMsg] = {}
        self._values: dict[str, Any] = {}
        self.widgets: dict[str, Any] = {}
        self.page = ""
        self.first = Answer()
        self._came = 0
        take = socket.data_received

        def counted(data: bytes) -> None:
            self._came += len(data)
            take(data)

        socket.data_received = counted  # type: ignore[method-assign]

    @classmethod
    async def opened(cls, address: str, page: str = "", *, cookie: str = "", **choices: str) -> Session:
        """Open a page with the choices of its URL and read its first run. `cookie`: that of a signed-in browser."""
        place = address.replace("http", "ws", 1) + "/_stcore/stream"
        headers = {"Cookie": cookie} if cookie else None
        socket = await websockets.connect(
            place,
            origin=address,  # type: ignore[arg-type]
            subprotocols=[PROTOCOL],  # type: ignore[list-item]
            max_size=None,
            open_timeout=120,
            additional_headers=headers,
        )
        session = cls(socket, address, urlencode(choices))
        session.first = await session._run(page)
        return session

    async def close(self) -> None:
        """Leave."""
        await self._socket.close()

    async def choose(self, key: str, label: str) -> Answer:
        """Choose an option of a select box, by the widget's key and the option's words, and read what comes."""
        widget = self.widgets[key]
        if label not in widget.options:
            raise SessionError(f"{key}: no option {label!r} among {list(widget.options)[:5]} …")
        self._values[widget.id] = ("string_value", label)
        return await self._run()

    async def click(self, key: str) -> Answer:
        """Press a button, by its key, and read what comes."""
        widget = self.widgets[key]
        self._values[widget.id] = ("trigger_value", True)
        try:
            return await self._run()
        finally:
            del self._values[widget.id]

    async def again(self) -> Answer:
        """Run the page once more with what is chosen."""
        return await self._run()

    async def _run(self, page: str = "") -> Answer:
        message = BackMsg()
        rerun = message.rerun_script
        rerun.query_string = self._query
        rerun.page_script_hash, rerun.page_name = self.page, page
        rerun.cached_message_hashes.extend(self._kept)
        rerun.context_info.locale, rerun.context_info.timezone = "id-ID", "Asia/Jakarta"
        rerun.context_info.url = f"{self._address}/{page}"
        for identity, (kind, value) in self._values.items():
            state = rerun.widget_states.widgets.add()
            state.id = identity
            setattr(state, kind, value)
        began = time.perf_counter()
        await self._socket.send(message.SerializeToString())
        return await self._read(began)

    async def _read(self, began: float) -> Answer:
        answer, came = Answer(), self._came
        while True:
            raw = await self._socket.recv()
            answer.size += len(raw)
            message = ForwardMsg()
            message.ParseFromString(raw)  # type: ignore[arg-type]
            self._take(self._whole(message), answer, len(raw), time.perf_counter() - began)
            if message.WhichOneof("type") == "script_finished" and message.script_finished != 2:  # 2: cut short
                answer.seconds, answer.on_line = time.perf_counter() - began, self._came - came
                return answer

    def _whole(self, message: ForwardMsg) -> ForwardMsg:
        """Return the message itself, or the kept one that it refers to."""
        if message.WhichOneof("type") == "ref_hash":
            kept = ForwardMsg()
            kept.CopyFrom(self._kept[message.ref_hash])
            kept.metadata.CopyFrom(message.metadata)
            return kept
        if message.metadata.cacheable and message.hash:
            self._kept[message.hash] = message
        return message

    def _take(self, message: ForwardMsg, answer: Answer, size: int, seconds: float) -> None:
        match message.WhichOneof("type"):
            case "navigation":
                self.page = message.navigation.page_script_hash
            case "page_info_changed":
                self._query = message.page_info_changed.query_string
            case "delta" if message.delta.WhichOneof("type") == "new_element":
                element = message.delta.new_element
                kind = str(element.WhichOneof("type"))
                found = getattr(element, kind)
                if kind == "exception":
                    raise SessionError(found.message)
                answer.elements_at[tuple(message.metadata.delta_path)] = (kind, found)
                answer.sizes[kind] = answer.sizes.get(kind, 0) + size
                if _is_chart(kind, found) and not answer.first_chart:
                    answer.first_chart = seconds
                if identity := getattr(found, "id", ""):
                    self.widgets[key_of(identity)] = found
            case _:
                answer.sizes["other"] = answer.sizes.get("other", 0) + size


def key_of(identity: str) -> str:
    """Return the key that a page gave a widget: it ends the identity; the identity itself where it has none."""
    _, _, key = identity.rpartition("-") if identity.startswith("$$") else ("", "", identity)
    return key if key != "None" else identity


def _place(item: tuple[tuple[int, ...], object]) -> tuple[int, ...]:
    return item[0]
