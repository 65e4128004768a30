"""What changed between two versions of a definition sheet, field by field, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import pandas as pd

from kpi.i18n import MISSING, Translator
from kpi.model import Indicator
from kpi.views.indicators_words import FIELDS, stated_text
from kpi.views.versions import Version

Change = tuple[str, str, str]
"""A field's label, what it said and what it says; empty = not stated."""


def changes(was: Indicator, now: Indicator, names: Mapping[str, str], t: Translator) -> list[Change]:
    """Return the fields that say something else, in the order of the manual."""
    return [
        (t(label), stated_text(was, field, names, t), stated_text(now, field, names, t))
        for field, label in FIELDS.items()
        if getattr(was, field) != getattr(now, field)
    ]


def changes_table(found: Sequence[Change], t: Translator) -> pd.DataFrame:
    """Return changes as a table of texts."""
    rows = [(label, was or MISSING, now or MISSING) for label, was, now in found]
    return pd.DataFrame(rows, columns=[t("Field"), t("Before"), t("Now")])


def versions_said(versions: Sequence[Version], t: Translator) -> str:
    """Return how many versions there are, and who made the newest one when."""
    if not versions:
        return t("No version of the sheet is known.")
    return t.plural(
        "{n} version; the newest is of {date}{by}.",
        "{n} versions; the newest is of {date}{by}.",
        len(versions),
        date=t.date(versions[0].recorded_on),
        by=_by(versions[0], t),
    )


def versions_table(versions: Sequence[Version], names: Mapping[str, str], t: Translator) -> pd.DataFrame:
    """Return a row per field that a version changed, the newest first; the first version is one row."""
    rows: list[tuple[str, str, str, str, str, str]] = []
    for now, was in pairwise(versions):
        told = changes(was.definition, now.definition, names, t)
        rows += [(*_origin(now, t), label, before or MISSING, after or MISSING) for label, before, after in told]
    if versions:
        rows.append((*_origin(versions[-1], t), t("First version"), MISSING, versions[-1].definition.name))
    titles = [t("When"), t("Who"), t("Why"), t("Field"), t("Before"), t("Now")]
    return pd.DataFrame(rows, columns=titles)


def _origin(version: Version, t: Translator) -> tuple[str, str, str]:
    return t.date(version.recorded_on), version.made_by or MISSING, version.reason or version.file_name or MISSING


def _by(version: Version, t: Translator) -> str:
    return t(", by {name}", name=version.made_by) if version.made_by else ""
