"""Moments of the record, which keeps UTC, as the clock here showed them."""

from __future__ import annotations

from datetime import UTC, datetime

import pandas as pd

from kpi.i18n import MISSING, Translator


def local(moment: object) -> datetime | None:
    """Return a moment of a frame (UTC without a zone) in the time zone of this place; None where it is missing."""
    stamp = pd.Timestamp(moment)  # type: ignore[arg-type]  # a cell of a frame
    return None if pd.isna(stamp) else stamp.to_pydatetime().replace(tzinfo=UTC).astimezone()


def moment_said(moment: datetime | None, t: Translator) -> str:
    """Return day and time in words: 12 Oktober 2026, 14.05."""
    if moment is None:
        return MISSING
    return t("{date}, {time}", date=t.date(moment.date()), time=f"{moment:%H}.{moment:%M}")
