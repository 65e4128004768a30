"""Damaged workbooks, templates and CSV files through the whole import: read or refused in words, soon, and cheaply."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from tests.survival.conftest import Tell
from tests.survival.offered import Offers, offer_mutated

_FILES = 2_000
_PROCESSES = 3
_SECONDS, _MEMORY = 10.0, 1e9


def _all_tried(files: int, processes: int, folder: Path) -> Offers:
    """Offer one damaged file per seed, in processes of their own so that their memory is theirs alone."""
    folders = [folder / str(number) for number in range(processes)]
    for each in folders:
        each.mkdir()
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn"), max_tasks_per_child=1) as pool:
        seeds = [range(number, files, processes) for number in range(processes)]
        found = list(pool.map(offer_mutated, seeds, folders))
    offers = [offer for each in found for offer in each.offers]
    return Offers(offers, max(each.memory for each in found))


def _faults(tried: Offers) -> Iterator[str]:
    """Say what must not be: one line per fault."""
    for offer in tried.offers:
        if offer.failure:
            yield f"{offer.seed}: {offer.failure}"
        elif not offer.is_in_words:
            yield f"{offer.seed}: a finding has no words"
        if offer.is_refused and not offer.left_record_alone:
            yield f"{offer.seed}: the record changed though the file was refused"
        if offer.seconds > _SECONDS:
            yield f"{offer.seed}: took {offer.seconds:.0f} s"
    if tried.memory > _MEMORY:
        yield f"{tried.memory / 1e6:.0f} MB were needed"


def test_a_damaged_file_goes_in_or_leaves_the_record_as_it_was(tmp_path):
    tried = _all_tried(40, 1, tmp_path)

    assert not list(_faults(tried))
    assert len({offer.is_refused for offer in tried.offers}) == 2, "all went one way: nothing was tried"


@pytest.mark.soak
def test_two_thousand_damaged_files_leave_the_record_sound(tmp_path, tell: Tell):
    tried = _all_tried(_FILES, _PROCESSES, tmp_path)

    assert not list(_faults(tried))
    refused = sum(offer.is_refused for offer in tried.offers)
    slowest = max(offer.seconds for offer in tried.offers)
    tell(
        "damaged workbooks, templates and CSV files",
        f"{len(tried.offers):,} files: {refused:,} refused in words and the record as before, "
        f"{len(tried.offers) - refused:,} read; the slowest {slowest:.1f} s of the processor, "
        f"at most {tried.memory / 1e6:.0f} MB",
    )
