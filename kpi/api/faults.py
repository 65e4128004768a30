"""What is wrong with a request, said as every error here: the place, the thing, the remedy. As JSON."""

from __future__ import annotations

from typing import Final

from starlette.responses import JSONResponse

from kpi.errors import AccessRefused, KpiError, StoreError, UnknownCode

DESCRIPTION: Final = "/api/v1/openapi.json"


class Fault(Exception):
    """An answer that is no table. `status` is the one of HTTP."""

    def __init__(self, status: int, place: str, thing: str, remedy: str) -> None:
        super().__init__(f"{place}: {thing} {remedy}")
        self.status = status
        self.said = {"place": place, "thing": thing, "remedy": remedy}

    def answer(self) -> JSONResponse:
        """Return it as it is sent."""
        return JSONResponse({"error": self.said}, self.status, headers={"cache-control": "no-store"})


def fault_of(error: KpiError) -> Fault:
    """Return what a refusal from below means to who asked."""
    match error:
        case AccessRefused():
            return Fault(403, "the roles of this identity", str(error), "Ask an administrator for the role.")
        case UnknownCode():
            remedy = f"Read the codes at /api/v1/{error.kind}s."
            return Fault(404, f"query parameter '{error.kind}'", str(error), remedy)
        case StoreError():
            return Fault(503, "the store of this server", "There are no figures to read.", "Ask its operator.")
        case _:
            return Fault(400, "query", str(error), f"See {DESCRIPTION}.")
