"""The OpenAPI text of what is answered here, made from the same parameters that requests are read by."""

from __future__ import annotations

from typing import Any, Final  # Any: pieces of a JSON document

from kpi.api.questions import TABLES, Parameter

_SAYS: Final = {
    "organisations": "The organisations of which the caller may see figures.",
    "units": "The units of an organisation: the tree, and when each stood.",
    "indicators": "The indicators of an organisation: what is measured, and how.",
    "facts": "One row per unit, indicator and period: value, target and parts, as `kpi export facts` writes them.",
    "scores": "One row per fact, scored or not, as `kpi export scores` writes them.",
}
_ABOUT: Final = """\
The figures that people see on the pages, with the same rights: those of who signed in there (the cookie), else of the
public. A value is null where there is no figure, or where the caller may not see it. Answers bear an ETag of the data's
version and the caller's rights: send it as If-None-Match to learn that nothing has changed."""
_FAULTS: Final = {
    "400": "A parameter can't be read; the answer says which and how to write it.",
    "401": "Nobody has signed in, and figures are not public here.",
    "403": "The identity has no role for this.",
    "404": "A code is not defined.",
    "503": "Nothing is published.",
}


def description() -> dict[str, Any]:
    """Return the OpenAPI document."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Key performance indicators",
            "version": "1",
            "description": _ABOUT,
        },
        "paths": {f"/api/v1/{name}": {"get": _operation(name)} for name in TABLES},
        "components": {"schemas": {"Error": _ERROR}, "securitySchemes": {"signIn": _COOKIE}},
    }


def _operation(name: str) -> dict[str, Any]:
    faults = {status: _fault(says) for status, says in _FAULTS.items()}
    return {
        "operationId": name,
        "summary": _SAYS[name],
        "security": [{"signIn": []}, {}],
        "parameters": [_parameter(each) for each in TABLES[name]],
        "responses": {
            "200": {
                "description": "The table.",
                "headers": {"ETag": {"schema": {"type": "string"}}, "X-Data-Version": {"schema": {"type": "string"}}},
                "content": {"application/json": {"schema": _TABLE}, "text/csv": {"schema": {"type": "string"}}},
            },
            "304": {"description": "Nothing has changed since the answer with this ETag."},
            **faults,
        },
    }


def _parameter(each: Parameter) -> dict[str, Any]:
    schema = {"type": "array", "items": dict(each.schema), "maxItems": 100} if each.is_list else dict(each.schema)
    return {"name": each.name, "in": "query", "required": False, "description": each.says, "schema": schema}


def _fault(says: str) -> dict[str, Any]:
    return {
        "description": says,
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}},
    }


_COOKIE: Final = {"type": "apiKey", "in": "cookie", "name": "_streamlit_user"}
_TABLE: Final = {
    "type": "object",
    "required": ["version", "rows", "next"],
    "additionalProperties": False,
    "properties": {
        "version": {"type": "string", "description": "the version of the data"},
        "rows": {"type": "array", "items": {"type": "object"}},
        "next": {"type": ["string", "null"], "description": "where the rest is, where `limit` left some out"},
    },
}
_ERROR: Final = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["place", "thing", "remedy"],
            "properties": {name: {"type": "string"} for name in ("place", "thing", "remedy")},
        }
    },
}
