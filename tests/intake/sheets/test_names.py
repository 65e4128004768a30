"""Matching names with what is known."""

from __future__ import annotations

import pytest

from kpi.intake.sheets.names import KnownCodes, MatchedBy, code_from
from tests.intake.sheets.workbooks import KNOWN

INDICATORS = KNOWN.indicator_names()


@pytest.mark.parametrize(
    "text", ["Angka Kematian Ibu (AKI)", " angka  kematian ibu  (aki)", "ANGKA KEMATIAN IBU – AKI", "AKI", "aki"]
)
def test_case_spaces_and_punctuation_make_no_difference(text):
    assert INDICATORS.match(text).code == "AKI"


def test_close_spelling_is_proposed_and_matches_nothing_by_itself():
    match = INDICATORS.match("Angka Kematain Bayi")
    assert match.code is None
    assert match.matched_by is MatchedBy.CLOSE
    assert match.proposals[0].code == "AKB"
    assert 80 < match.proposals[0].score < 100


def test_what_resembles_nothing_is_unknown():
    assert INDICATORS.match("Jumlah taman kota").matched_by is MatchedBy.UNKNOWN


def test_an_alias_of_an_earlier_file_and_a_mapping_match_at_once():
    known = KnownCodes(units=KNOWN.units, unit_aliases={"Dinkes Kab.": "DINKES"})
    assert known.unit_names().match("DINKES KAB").code == "DINKES"
    confirmed = KNOWN.unit_names({"Din. Kes": "DINKES"}).match("din kes")
    assert (confirmed.code, confirmed.matched_by) == ("DINKES", MatchedBy.MAPPING)


def test_a_name_that_two_codes_bear_is_asked_about():
    match = KnownCodes(units={"A": "Puskesmas Melati", "B": "Puskesmas  melati"}).unit_names().match("Puskesmas Melati")
    assert match.code is None
    assert {proposal.code for proposal in match.proposals} == {"A", "B"}


def test_a_unit_is_found_inside_a_title_only_when_one_is_named():
    units = KNOWN.unit_names()
    assert units.found_in("CAPAIAN IKU DINAS KESEHATAN KABUPATEN KEMUNING") == "DINKES"
    assert units.found_in("Dinas Kesehatan dan Dinas Pendidikan") is None


def test_a_new_name_gives_a_code_of_its_words():
    assert code_from("Angka Kematian Ibu (AKI)") == "ANGKA_KEMATIAN_IBU_AKI"
    assert code_from("★") == "NEW"
