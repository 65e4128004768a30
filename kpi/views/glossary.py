"""The glossary: what each word means, in the reader's language. docs/glossary.md says the same; a test compares them.

Words are few and stand beside each other in both languages; meanings are in the catalogue. Knows no screen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kpi.i18n import Language, Translator, mark
from kpi.views.markdown import plain


@dataclass(frozen=True, slots=True)
class Term:
    """A word in English and as the Indonesian screens say it, and what it means (a message id)."""

    en: str
    id: str
    meaning: str

    def word(self, language: Language) -> str:
        """Return the word in a language."""
        return self.id if language == "id" else self.en


TERMS: Final[dict[str, Term]] = {
    "achievement": Term(
        "achievement",
        "capaian",
        mark(
            "the share of the target that was reached, by the rule's formula alone: before conversion scale, cap and "
            "floor. 1.0 is exactly on target; shown as percent"
        ),
    ),
    "agreement": Term(
        "agreement",
        "perjanjian kinerja",
        mark("what a unit has agreed to for a year: which indicators, with which weight"),
    ),
    "appraisal": Term(
        "appraisal",
        "penilaian kinerja pegawai",
        mark(
            "a superior's judgement of an employee's work result and behaviour in a period, annual or periodic; never"
            " computed"
        ),
    ),
    "batch": Term(
        "batch", "kiriman", mark("one file (or one act) that brought figures in: who, when, from which file, how many")
    ),
    "cascade": Term(
        "cascade", "penurunan", mark("how an individual indicator follows from one of a unit: direct, partial or new")
    ),
    "coaching_list": Term(
        "coaching list",
        "daftar pembinaan",
        mark("for whom something should be done, why, and what is proposed; decides nothing"),
    ),
    "comment": Term(
        "comment",
        "penjelasan capaian",
        mark(
            "what a unit says of one figure, above all of a missed target: cause, obstacle, follow-up. One per unit, "
            "indicator and period; the newest counts"
        ),
    ),
    "core_value": Term(
        "core value", "nilai dasar (BerAKHLAK)", mark("one of the seven values beside the judgement of behaviour")
    ),
    "coverage": Term(
        "coverage",
        "cakupan bobot",
        mark("weight of the scored indicators ÷ weight agreed. Below the profile's least coverage a unit is not rated"),
    ),
    "credit_points": Term("credit points", "angka kredit", mark("what an appraisal counts in a functional position")),
    "employee": Term("employee", "pegawai", mark("a person in a post")),
    "fact": Term(
        "fact",
        "angka terkonsolidasi",
        mark(
            "one consolidated figure: a unit, an indicator, a period, with value and target, for the period or to date"
        ),
    ),
    "finding": Term(
        "finding",
        "temuan",
        mark("what publishing or checking noticed, such as a reported figure that differs from its parts"),
    ),
    "follow_up": Term(
        "follow-up",
        "tindak lanjut",
        mark(
            "of an employee: what was decided to be done, with kind, owner, due day, state. Of a figure: what is done"
            " about a missed target, by which post, until when"
        ),
    ),
    "funnel_limit": Term(
        "funnel limit",
        "batas corong",
        mark("how far a rate may lie from the common rate by chance alone, given its denominator"),
    ),
    "gap": Term("gap", "selisih", mark("value minus target, in the unit of measure, signed so that negative is worse")),
    "grain": Term("grain", "jenis periode", mark("the length of a period: month, quarter, semester, year")),
    "index": Term(
        "index",
        "indeks capaian",
        mark(
            "achievement after conversion scale, “full at target”, cap and floor. A unit's index is the weighted mean"
            " of its scored indicators"
        ),
    ),
    "indicator": Term("indicator", "indikator (IKU)", mark("what is measured")),
    "individual_indicator": Term(
        "individual indicator",
        "indikator kinerja individu (IKI)",
        mark("what one employee is to achieve; scored as a unit's indicator"),
    ),
    "like_for_like": Term(
        "like for like",
        "sebanding",
        mark("the same period of another year, to date compared with to date, finished with finished"),
    ),
    "loss": Term(
        "loss",
        "poin hilang",
        mark("what an indicator costs its unit: w(100 − index) ÷ Σw, in points of the unit's index"),
    ),
    "measurement": Term("measurement", "realisasi", mark("the value found")),
    "multiplier": Term(
        "multiplier", "pengali", mark("value = multiplier × numerator ÷ denominator (100 for percent, 100,000 for AKI)")
    ),
    "not_scored": Term("not scored", "tidak dinilai", mark("no score, with its reason. Never 0")),
    "organisation": Term("organisation", "pemerintah daerah", mark("a government; the root of its tree of units")),
    "parts": Term(
        "parts",
        "bagian",
        mark("the finer periods and child units of which a consolidated figure is made: expected, present"),
    ),
    "period": Term("period", "periode", mark("when. A year is named by the calendar year in which it ends")),
    "polarity": Term(
        "polarity", "arah", mark("which way is better: maximize, minimize, stabilize; neutral is never rated")
    ),
    "post": Term(
        "post", "jabatan", mark("where an employee works, under whom, from when to when; a move is a new post")
    ),
    "predicate": Term(
        "predicate", "predikat kinerja", mark("what an appraisal comes to, or what a unit as a whole is judged at")
    ),
    "publish": Term("publish", "terbitkan", mark("make a new snapshot of the record")),
    "rating": Term("rating", "predikat", mark("the band of the profile in which the index falls")),
    "record": Term("record", "buku", mark("the append-only book of everything ever reported")),
    "rule_profile": Term(
        "rule profile",
        "profil aturan",
        mark("formulas, cap, floor, bands and words of one regulation, as a dated file"),
    ),
    "role": Term(
        "role", "peran", mark("what an identity may see and enter, in an organisation or in a unit and all below it")
    ),
    "snapshot": Term("snapshot", "terbitan", mark("the read-only state that pages show; has a version")),
    "superior": Term("superior", "atasan", mark("the employee who appraises")),
    "target": Term("target", "target", mark("the value wanted for a period; with a high end it is a range")),
    "to_date": Term(
        "to date", "s.d. periode", mark("from the start of the organisation's year to the end of the period")
    ),
    "unit": Term(
        "unit",
        "unit",
        mark(
            "the body that is measured: a department, a puskesmas. Never “percent”: that is the unit of measure "
            "(satuan)"
        ),
    ),
    "verification": Term("verification", "verifikasi", mark("reported, verified or locked")),
    "weight": Term("weight", "bobot", mark("what an indicator counts in its unit's index for a year")),
}

NAMES: Final[dict[str, tuple[str, ...]]] = {
    "achievement": (mark("Achievement"),),
    "batch": (mark("Batch"),),
    "coverage": (mark("Weight scored"),),
    "index": (mark("Index"),),
    "indicator": (mark("Indicator"),),
    "measurement": (mark("Value"),),
    "polarity": (mark("Direction"),),
    "rating": (mark("Rating"),),
    "rule_profile": (mark("Rule profile"),),
    "target": (mark("Target"),),
    "unit": (mark("Unit"),),
    "weight": (mark("Weight"),),
}
"""What else a word is called above a column."""


def hint(t: Translator, *codes: str) -> str:
    """Return what some words mean, for a tooltip (Markdown)."""
    said = (f"**{plain(TERMS[code].word(t.language))}**: {plain(t(TERMS[code].meaning))}." for code in codes)
    return "\n\n".join(said)


def meaning_of(column: str, t: Translator) -> str | None:
    """Return what a column's or a field's name means where it is a word of the glossary; None where it isn't."""
    wanted = column.casefold()
    for code, term in TERMS.items():
        if wanted in (term.word(t.language).casefold(), *(t(name).casefold() for name in NAMES.get(code, ()))):
            return f"{t(term.meaning)}."
    return None
