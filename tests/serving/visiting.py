"""A session with a running dashboard, as a browser has one: Streamlit's own websocket and messages, without a browser.

    async with Session(address, cookies=signed_in(secret, address, email="ani@kemuning.test")) as session:
        answer = await session.run("gaps", unit="DINKES", lang="en")
        assert "…" in answer.text

A run ends when the script has finished; what the screen would show is in `answer`. For tests of the sign-in and of many
sessions at once: with cookies, and with all that goes over the line. (bench/session_client.py measures one reader.)
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from types import TracebackType
from typing import Final, Self
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value, generate_xsrf_token_string
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME, XSRF_COOKIE_NAME
from websockets.asyncio.client import ClientConnection, connect

MOST_BYTES: Final = 64 * 2**20


@dataclass(frozen=True, slots=True)
class Answer:
    """What one run of the script sent: its messages, how long it took, and whether it failed."""

    messages: tuple[ForwardMsg, ...] = field(repr=False)
    seconds: float

    @property
    def bytes(self) -> bytes:
        """All that was sent, as it went over the line: texts are UTF-8, tables Arrow, charts JSON."""
        return b"\n".join(message.SerializeToString() for message in self.messages)

    @property
    def text(self) -> str:
        """The same, read as text."""
        return self.bytes.decode("utf-8", errors="replace")

    @property
    def exceptions(self) -> list[str]:
        """What the script raised and nobody caught."""
        elements = (message.delta.new_element for message in self.messages if message.HasField("delta"))
        return [element.exception.message for element in elements if element.HasField("exception")]

    @property
    def pages(self) -> dict[str, str]:
        """The pages that the navigation lists, by their address, each with the number that stands for it."""
        for message in reversed(self.messages):
            if message.HasField("navigation"):
                return {page.url_pathname: page.page_script_hash for page in message.navigation.app_pages}
        return {}


class Session:
    """One session; `cookies` as a browser would send them. Open it with `async with`."""

    def __init__(self, address: str, cookies: dict[str, str] | None = None, *, origin: str | None = None) -> None:
        token = generate_xsrf_token_string()
        self._token = token
        self._cookies = {**(cookies or {}), XSRF_COOKIE_NAME: token}
        self._address = address
        self._origin = origin or address
        self._pages: dict[str, str] = {}
        self._connection: ClientConnection | None = None

    async def __aenter__(self) -> Self:
        self._connection = await connect(
            self._address.replace("http", "ws", 1) + "/_stcore/stream",
            origin=self._origin,
            subprotocols=["streamlit", self._token],
            additional_headers={"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())},
            max_size=MOST_BYTES,
            proxy=None,
        )
        return self

    async def __aexit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        if self._connection is not None:
            await self._connection.close()

    async def run(self, page: str = "", /, **choices: str) -> Answer:
        """Open a page with choices in the URL, as following a link does, and wait until it has been made.

        In a session that is open already only the page and the choices change; what it remembers stays.
        """
        asked = BackMsg()
        asked.rerun_script.query_string = urlencode(choices)
        if page in self._pages:
            asked.rerun_script.page_script_hash = self._pages[page]
        else:
            asked.rerun_script.page_name = page
        return await self._asked(asked)

    async def _asked(self, asked: BackMsg) -> Answer:
        assert self._connection is not None, "open the session with `async with`"
        begun, messages = time.perf_counter(), []
        await self._connection.send(asked.SerializeToString())
        while True:
            message = ForwardMsg.FromString(bytes(await self._connection.recv()))
            messages.append(message)
            if message.HasField("script_finished") and message.script_finished in _ENDS:
                answer = Answer(tuple(messages), time.perf_counter() - begun)
                self._pages = answer.pages or self._pages
                return answer


_ENDS: Final = (
    ForwardMsg.ScriptFinishedStatus.FINISHED_SUCCESSFULLY,
    ForwardMsg.ScriptFinishedStatus.FINISHED_WITH_COMPILE_ERROR,
)
"""A run that was ended early is followed by another one: a redirect, or a rerun."""


def signed_in(secret: str, address: str, **claims: object) -> dict[str, str]:
    """Return the cookie of somebody who signed in, made with the server's own secret. `exp` in an hour unless told."""
    kept = {"exp": time.time() + 3600, **claims, "origin": address, "is_logged_in": True, "provider": "default"}
    return {USER_COOKIE_NAME: create_signed_value(secret, USER_COOKIE_NAME, json.dumps(kept)).decode()}
