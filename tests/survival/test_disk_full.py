"""A full disk at import and at publish: a clear error, and the store as it was."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from kpi.store.check import check
from tests.survival import place
from tests.survival.conftest import Tell

_MEGABYTES = 96
_ROOMS = [0, 4, 16, 64, 128, 256, 512, 1024, 2048]
"""Kilobytes left free: from too little for anything to too little for the snapshot alone."""


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own in memory, of a few megabytes; skips where one can't be mounted."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = shutil.which("mount")
    size = f"size={_MEGABYTES}m"
    if not mount or subprocess.run([mount, "-t", "tmpfs", "-o", size, "tmpfs", disk], capture_output=True).returncode:
        pytest.skip("no small disk can be mounted here: that takes root on Linux")
    try:
        yield disk
    finally:
        # lazily: this process keeps the snapshots that it read open
        subprocess.run(["umount", "--lazy", disk], check=True)


def _fill(disk: Path, kilobytes_left: int) -> Path:
    """Fill the disk up to `kilobytes_left`; return the file that does it."""
    ballast = disk / "ballast"
    with ballast.open("wb") as file:
        file.write(b"\0" * (shutil.disk_usage(disk).free - kilobytes_left * 1024))
    return ballast


def _run(words: list[str], folder: Path) -> tuple[int | None, str]:
    """Run the command line in a process of its own; return its exit code and what it said."""
    log = folder / "said.txt"
    process = place.started(words, log, context=place.context())
    process.join(120)
    return process.exitcode, log.read_text(encoding="utf-8")


def _survives_imports(rooms: list[int], disk: Path, tmp_path: Path) -> tuple[int, int]:
    """Import with each of these rooms left; return how many imports were refused and how many only the publish."""
    store, number, refused, unpublished = disk / "store", 1, 0, 0
    assert _run(place.importing(store, place.file_of(1, tmp_path)), tmp_path)[0] == 0
    for room in rooms:
        published, (before, _) = place.numbers_published(store), place.last_batch(store)
        ballast = _fill(disk, room)
        code, said = _run(place.importing(store, place.file_of(number + 1, tmp_path)), tmp_path)
        ballast.unlink()
        after, accepted = place.last_batch(store)
        assert check(store).is_sound, f"with {room} kB left"
        assert "Traceback" not in said
        if code == 0:
            assert place.numbers_published(store) == {number + 1.0}
        else:
            assert code == 1
            assert "space" in said.lower(), said
            assert place.numbers_published(store) == published
            refused, unpublished = refused + (after == before), unpublished + (after > before)
        assert after == before or accepted == place.ROWS
        number += after - before
        code, said = _run(["publish", "--store", str(store)], tmp_path)
        assert code == 0, said
        assert place.numbers_published(store) == {float(number)}
    return refused, unpublished


def test_an_import_on_a_full_disk_says_so_and_leaves_the_store_as_it_was(small_disk, tmp_path):
    refused, _ = _survives_imports([0, 256], small_disk, tmp_path)

    assert refused


def test_a_publish_on_a_full_disk_says_so_and_readers_keep_what_they_have(small_disk, tmp_path):
    store = small_disk / "store"
    _run(place.importing(store, place.file_of(1, tmp_path)), tmp_path)
    _run([*place.importing(store, place.file_of(2, tmp_path)), "--no-publish"], tmp_path)
    ballast = _fill(small_disk, 64)

    code, said = _run(["publish", "--store", str(store)], tmp_path)

    assert (code, "Traceback" in said, "space" in said.lower()) == (1, False, True), said
    assert place.numbers_published(store) == {1.0}
    ballast.unlink()
    assert _run(["publish", "--store", str(store)], tmp_path)[0] == 0
    assert place.numbers_published(store) == {2.0}


@pytest.mark.soak
def test_no_room_left_at_any_point_harms_the_store(small_disk, tmp_path, tell: Tell):
    refused, unpublished = _survives_imports(_ROOMS, small_disk, tmp_path)

    tell(
        "disk full at import and at publish",
        f"{len(_ROOMS)} rooms from 0 to {_ROOMS[-1]} kB: {refused} imports refused in words, {unpublished} recorded "
        "whole and not published; the store sound each time, and published once there was room",
    )
