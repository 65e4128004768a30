"""A person's answers on how a file is read: merged over the earlier ones, so that the file can be looked at anew."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from kpi.intake.options import ImportOptions
from kpi.intake.sheets.mapping import mapping_of, mapping_to_dict


def answer(options: ImportOptions, patch: Mapping[str, object]) -> ImportOptions:
    """Return the options with an answer in their mapping.

    `patch` is part of a mapping as plain data (a choice's patch); what it leaves out stays. Raises UsageError for what
    a mapping can't say.
    """
    merged = _merged(mapping_to_dict(options.mapping), patch)
    return dataclasses.replace(options, mapping=mapping_of(merged))


def _merged(known: Mapping[str, object], patch: Mapping[str, object]) -> dict[str, object]:
    """Return the tables of both, those of the patch in the place of known ones, table by table."""
    merged = dict(known)
    for name, value in patch.items():
        before = merged.get(name)
        if isinstance(before, Mapping) and isinstance(value, Mapping):
            merged[name] = _merged(before, value)
        else:
            merged[name] = value
    return merged
