"""Who changed what of a definition sheet, when and why."""

from __future__ import annotations

import dataclasses
import shutil

import pytest

from kpi.i18n import Translator
from kpi.store.publish import publish
from kpi.store.record import FIGURES, BatchHeader, Definitions, Record
from kpi.store.snapshot import Snapshot
from kpi.views.versions import versions_of
from kpi.views.versions_words import versions_said, versions_table
from tests.small_organisation import INDICATORS, TODAY, TOWN, town


@pytest.fixture
def changed_store(small_store, tmp_path):
    store = tmp_path / "own"
    shutil.copytree(small_store, store)
    told = dataclasses.replace(INDICATORS["LULUS"], purpose="Mutu lulusan", decimals=2)
    with Record.opened(store, writing=True) as record:
        header = BatchHeader(TOWN, "statement", made_by="Sari", reason="reviu 2026")
        record.append(header, Definitions(town().organisation, {}, {"LULUS": told}), FIGURES.empty_table())
    publish(store, today=TODAY)
    return store


def test_each_field_that_changed_stands_with_old_and_new(changed_store):
    versions = versions_of(Snapshot.open(changed_store), TOWN, "LULUS")
    t = Translator("en")
    rows = versions_table(versions, {}, t).to_numpy().tolist()

    assert [version.batch_number for version in versions] == [2, 1]
    assert [row[1:] for row in rows] == [
        ["Sari", "reviu 2026", "Purpose", "–", "Mutu lulusan"],
        ["Sari", "reviu 2026", "Decimals shown", "1", "2"],
        ["test", "town.csv", "First version", "–", "Angka kelulusan"],
    ]
    assert versions_said(versions, t).startswith("2 versions; the newest is of")
    assert versions_said(versions, t).endswith(", by Sari.")
