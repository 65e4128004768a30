"""Proposes the direction of indicators that state none, each with its evidence; a person confirms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from rapidfuzz import fuzz

from kpi.intake.messages import Message, mark
from kpi.intake.sheets.achievement_check import Compared
from kpi.intake.sheets.figures import Figure
from kpi.intake.sheets.headers import Role
from kpi.intake.sheets.numbers import Reading
from kpi.intake.sheets.polarities import WAYS
from kpi.intake.sheets.words import fold
from kpi.model import Indicator, Polarity


class EvidenceKind(StrEnum):
    """What speaks for a direction, strongest first."""

    OWN_ACHIEVEMENT = "own_achievement"
    BOUND = "bound"  # the target is written ≥ 90 or ≤ 5
    NAME = "name"
    PEERS = "peers"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that speaks for a direction."""

    kind: EvidenceKind
    polarity: Polarity
    words: Message


@dataclass(frozen=True, slots=True)
class DirectionProposal:
    """The direction that the strongest evidence speaks for; `is_disputed` when other evidence speaks against it."""

    indicator: str
    name: str
    polarity: Polarity
    evidence: tuple[Evidence, ...]
    is_disputed: bool


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_DONE: Final = _words(
    "ditangani tertangani terlayani dilayani ditindaklanjuti diselesaikan terselesaikan penurunan bebas pencegahan "
    "penanganan mendapat mendapatkan penyelesaian dipulihkan tertanggulangi penanggulangan sembuh selamat pelayanan"
)
_BAD: Final = _words(
    "kematian prevalensi stunting wasting underweight kemiskinan miskin pengangguran putus tidak gini kebocoran "
    "pelanggaran inflasi kecelakaan kejadian kasus insiden insidensi incidence keluhan kumuh backlog ketimpangan emisi "
    "kekerasan kriminalitas kriminal banjir kebakaran konflik gangguan rawan buta perceraian pernikahan tunggakan "
    "temuan kehilangan ketergantungan dependency mortality unemployment poverty dropout"
)
_GOOD: Final = _words(
    "cakupan harapan kepuasan partisipasi kelulusan lama indeks capaian kualitas akreditasi terakreditasi meningkat "
    "peningkatan pertumbuhan pendapatan produksi kepatuhan sesuai kemantapan ketersediaan keaktifan kemandirian "
    "penyerapan serapan realisasi terpenuhi pemenuhan baik nilai kinerja kontribusi"
)


def propose_directions(
    figures: Sequence[Figure], compared: Sequence[Compared], known: Mapping[str, Indicator]
) -> list[DirectionProposal]:
    """Return a proposal for each indicator of the figures for which something speaks; the others stay unproposed.

    `figures` are those of indicators whose direction neither the file nor the record states.
    """
    by_indicator: dict[str, list[Figure]] = {}
    for figure in figures:
        by_indicator.setdefault(figure.indicator.code or figure.indicator.name, []).append(figure)
    shown: dict[str, list[Compared]] = {}
    for one in compared:
        shown.setdefault(one.figure.indicator.code or one.figure.indicator.name, []).append(one)
    proposals = (_proposal(code, own, shown.get(code, []), known) for code, own in by_indicator.items())
    return [proposal for proposal in proposals if proposal is not None]


def _proposal(
    code: str, figures: Sequence[Figure], compared: Sequence[Compared], known: Mapping[str, Indicator]
) -> DirectionProposal | None:
    name = figures[0].indicator.name
    measure = figures[0].measure.name if figures[0].measure else ""
    found = [_by_achievement(compared), _by_bound(figures), _by_name(name), _by_peers(name, measure, known)]
    return _proposed(code, name, found)


def evident_direction(
    code: str, name: str, unit_of_measure: str, known: Mapping[str, Indicator]
) -> DirectionProposal | None:
    """Return what an indicator's name and its peers speak for, None where nothing does."""
    return _proposed(code, name, [_by_name(name), _by_peers(name, unit_of_measure, known)])


def _proposed(code: str, name: str, found: Sequence[Evidence | None]) -> DirectionProposal | None:
    """Return the direction for which the strongest evidence speaks."""
    evidence = tuple(one for one in found if one is not None)
    if not evidence:
        return None
    first = evidence[0].polarity
    return DirectionProposal(code, name, first, evidence, any(one.polarity is not first for one in evidence))


def _by_achievement(compared: Sequence[Compared]) -> Evidence | None:
    """Ask which direction alone explains the file's own achievement; a figure exactly on target tells nothing."""
    fits: dict[Polarity, int] = dict.fromkeys((Polarity.MAXIMIZE, Polarity.MINIMIZE, Polarity.STABILIZE), 0)
    for one in compared:
        directions = {direction for direction, _ in one.formulas}
        if len(directions - {Polarity.STABILIZE}) == 1:
            fits[next(iter(directions - {Polarity.STABILIZE}))] += 1
        elif directions == {Polarity.STABILIZE}:
            fits[Polarity.STABILIZE] += 1
    best = max(fits, key=lambda polarity: fits[polarity])
    told = sum(fits.values())
    if told == 0 or fits[best] * 2 <= told:
        return None
    text = mark("in {fits} of {told} figures that can tell, the file's own achievement is that of {polarity}")
    words = Message(text, {"fits": fits[best], "told": told, "polarity": Message(WAYS[best])})
    return Evidence(EvidenceKind.OWN_ACHIEVEMENT, best, words)


def _by_bound(figures: Sequence[Figure]) -> Evidence | None:
    """Read ≥ and ≤ before targets."""
    readings = {amount.parsed.reading: amount for figure in figures if (amount := figure.amounts.get(Role.TARGET))}
    for reading, polarity in ((Reading.AT_LEAST, Polarity.MAXIMIZE), (Reading.AT_MOST, Polarity.MINIMIZE)):
        if reading in readings and not {Reading.AT_LEAST, Reading.AT_MOST} <= readings.keys():
            amount = readings[reading]
            values = {"cell": amount.cell, "text": amount.parsed.text.strip()}
            words = Message(mark("the target in {cell} is '{text}'"), values)
            return Evidence(EvidenceKind.BOUND, polarity, words)
    if Reading.RANGE in readings:
        amount = readings[Reading.RANGE]
        words = Message(mark("the target in {cell} is a range"), {"cell": amount.cell})
        return Evidence(EvidenceKind.BOUND, Polarity.STABILIZE, words)
    return None


def _by_name(name: str) -> Evidence | None:
    """Read the words of a name: `angka kematian` is to fall, `cakupan` to rise; what is dealt with is to rise."""
    words = fold(name).split()
    for telling, polarity in ((_DONE, Polarity.MAXIMIZE), (_BAD, Polarity.MINIMIZE), (_GOOD, Polarity.MAXIMIZE)):
        said = next((word for word in words if word in telling), None)
        if said is not None:
            return Evidence(EvidenceKind.NAME, polarity, Message(mark("its name says '{word}'"), {"word": said}))
    return None


def _by_peers(name: str, measure: str, known: Mapping[str, Indicator]) -> Evidence | None:
    """Find the known indicator of most similar name, in the same unit of measure, whose direction is stated."""
    stated = [
        (fuzz.token_set_ratio(fold(name), fold(indicator.name)), code, indicator)
        for code, indicator in known.items()
        if indicator.polarity is not None and (not measure or fold(indicator.unit_of_measure) == fold(measure))
    ]
    score, code, peer = max(stated, key=lambda pair: (pair[0], pair[1]), default=(0.0, "", None))
    if peer is None or peer.polarity is None or score < 75:
        return None
    values = {"code": code, "name": peer.name, "polarity": Message(WAYS[peer.polarity])}
    return Evidence(EvidenceKind.PEERS, peer.polarity, Message(mark("{code} '{name}' is {polarity}"), values))
