"""What tells two versions of the program apart."""

from __future__ import annotations

from kpi.cluster import release


def test_the_digest_changes_with_a_line_of_sql_and_with_nothing_else(tmp_path, monkeypatch):
    code = tmp_path / "kpi"
    (code / "store").mkdir(parents=True)
    (code / "model.py").write_text("a = 1\n")
    (code / "store" / "q.sql").write_text("SELECT 1\n")
    monkeypatch.setattr(release, "_PACKAGE", code)

    before = release.digest.__wrapped__()
    (code / "notes.txt").write_text("beside")
    assert release.digest.__wrapped__() == before
    (code / "store" / "q.sql").write_text("SELECT 2\n")
    assert release.digest.__wrapped__() != before
