"""Links back to the pages that show the same figures, with the choices that the report was made with."""

from __future__ import annotations

from urllib.parse import urlencode

from kpi.reports.gathered import Gathered


def link(found: Gathered, page: str, **more: str) -> str:
    """Return the address of a page that shows the report's figures; `more` are further choices, by their URL names."""
    request, selection = found.request, found.request.selection
    choices = {
        "lang": request.language,
        "org": selection.organisation_code,
        "period": selection.period.code,
        "span": "to_date" if selection.to_date else "period",
        "profile": found.profile.code,
        **({"known": found.meta.as_known_at.isoformat()} if found.meta.as_known_at else {}),
        **more,
    }
    return f"{request.link_base.rstrip('/')}/{page}?{urlencode(choices)}"
