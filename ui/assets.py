"""What a browser fetches from us beside Streamlit's own files: scripts, style, fonts, and Plotly's smaller build.

`plotly-basic.min.js` is plotly.js 4.1.1 (MIT) as its makers build it for bars, lines and dots: decision 0025.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

FOLDER: Final = Path(__file__).parent / "browser"
STYLES: Final = ("look.css", "parts.css")
FONTS: Final = ("public-sans-latin-wght-normal.woff2", "plus-jakarta-sans-latin-wght-normal.woff2")
"""What every page is written in; the italic one is fetched where something is."""
_FONTS: Final = (*FONTS, "public-sans-latin-wght-italic.woff2")
FILES: Final = {
    **{name: FOLDER / name for name in ("chart.js", "parts.js", "page.js", *STYLES, "plotly-basic.min.js")},
    **{name: FOLDER / "fonts" / name for name in _FONTS},
}
_VERSION: Final = sha256(b"".join(path.read_bytes() for path in FILES.values())).hexdigest()[:12]


def address(name: str) -> str:
    """Return where a browser finds one of our files, relative to the app's root; it changes with the files."""
    return f"assets/{_VERSION}/{name}"


def route() -> Route:
    """Return the route of our files: they never change under their address, so a browser keeps them for good."""
    return Route(f"/assets/{_VERSION}/{{name}}", _file)


async def _file(request: Request) -> Response:
    path = FILES.get(request.path_params["name"])
    if path is None:
        return Response("There is no such file.", status_code=404)
    return FileResponse(path, headers={"Cache-Control": "public, immutable, max-age=31536000"})
