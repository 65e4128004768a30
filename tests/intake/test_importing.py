import hashlib
from dataclasses import replace
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kpi.access import LOCAL
from kpi.errors import KpiError, StoreError, UsageError
from kpi.intake import ImportOptions, import_files
from kpi.store.record import FIGURES, BatchHeader, Record

YEAR = "2024-01-01,2024-12-31"
NEXT = "2025-01-01,2025-12-31"
NARROW = "unit_code,indicator_code,period_start,period_end,value"


def digest(folder):
    """Every file with the digest of its bytes; None where there is no folder."""
    if not folder.exists():
        return None
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def counts(report):
    return report.rows, report.accepted, report.unchanged, report.rejected, report.held


def test_the_same_file_again_accepts_nothing_and_changes_no_byte(imported, store, header):
    row = f"A,A,I,I,%,higher,{YEAR},1,2"
    assert counts(imported(header, row)) == (1, 1, 0, 0, 0)
    before = digest(store)
    report = imported(header, row)

    assert counts(report) == (1, 0, 1, 0, 0)
    assert report.batches == ()
    assert digest(store) == before


def test_another_value_under_a_known_key_is_accepted_as_a_correction(imported):
    imported(NARROW, f"A,I,{YEAR},1", f"A,I,{NEXT},2")

    assert counts(imported(NARROW, f"A,I,{YEAR},1", f"A,I,{NEXT},3")) == (2, 1, 1, 0, 0)


def test_an_empty_value_leaves_the_known_one_and_sets_the_target(imported, store, header):
    imported(header, f"A,A,I,I,%,higher,{YEAR},7,")
    assert counts(imported(header, f"A,A,I,I,%,higher,{YEAR},,9")) == (1, 1, 0, 0, 0)

    assert counts(imported(header, f"A,A,I,I,%,higher,{YEAR},7,9")) == (1, 0, 1, 0, 0)


def test_one_refused_row_holds_all_others_and_leaves_the_store_as_it_was(imported, store):
    imported(NARROW, f"A,I,{YEAR},1")
    before = digest(store)
    report = imported(NARROW, f"A,I,{NEXT},1", f"B,I,{NEXT},x", f"C,I,{NEXT},1")

    assert counts(report) == (3, 0, 0, 1, 2)
    assert report.is_refused
    assert digest(store) == before


def test_a_refused_file_makes_no_store(imported, store):
    assert imported(NARROW, f"A,I,{YEAR},x").is_refused
    assert digest(store) is None


def test_a_dry_run_counts_as_the_import_would_and_writes_nothing(imported, store, tmp_path):
    lines = (NARROW, f"A,I,{YEAR},1", f"A,I,{NEXT},2")
    assert counts(imported(*lines, dry_run=True)) == (2, 2, 0, 0, 0)
    assert digest(store) is None

    imported(NARROW, f"A,I,{YEAR},1")
    before = digest(store)
    report = imported(*lines, f"B,I,{YEAR},x", dry_run=True, skip_refused=tmp_path / "aside.csv")
    assert counts(report) == (3, 1, 1, 1, 0)
    assert report.batches == ()
    assert digest(store) == before
    assert not (tmp_path / "aside.csv").exists()


def test_the_figures_that_go_in_are_those_of_the_file(imported, store, header):
    imported(
        f"{header},numerator,denominator,multiplier,target_high,verification,note,weight",
        'A,A,I,I,%,higher,2024-01-01,2024-03-31,,80,3,4,100,90,Verified,"as told, twice",0.5',
    )
    expected = pa.Table.from_pylist(
        [
            {
                "line": 2,
                "unit_code": "A",
                "indicator_code": "I",
                "grain": "quarter",
                "period_start": date(2024, 1, 1),
                "period_end": date(2024, 3, 31),
                "value": 75.0,
                "numerator": 3.0,
                "denominator": 4.0,
                "multiplier": 100.0,
                "target": 80.0,
                "target_high": 90.0,
                "verification": "verified",
                "note": "as told, twice",
                "weight": 0.5,
            }
        ],
        schema=FIGURES,
    )
    with Record.opened(store, writing=False) as record:
        compared = record.compare("KMN", expected)

    assert (compared.unchanged, compared.new, compared.changed) == (1, 0, 0)
    assert pc.sum(compared.lines["known_weight"]).as_py() == 0.5


def test_several_files_go_in_together_each_as_a_batch(store, csv_file):
    first = csv_file(NARROW, f"A,I,{YEAR},1", name="first.csv")
    second = csv_file(NARROW, f"A,I,{NEXT},1", name="second.csv")
    report = import_files(store, LOCAL, [first, second], ImportOptions("KMN", create=True))

    assert counts(report) == (2, 2, 0, 0, 0)
    assert report.batches == (1, 2)
    assert report.as_dict()["batches"] == [1, 2]
    assert report.as_dict()["batch"] == 2


def test_one_refused_file_refuses_the_others_too_and_each_error_names_its_file(store, csv_file):
    good = csv_file(NARROW, f"A,I,{YEAR},1", name="good.csv")
    bad = csv_file(NARROW, f"A,I,{NEXT},x", name="bad.csv")
    report = import_files(store, LOCAL, [good, bad], ImportOptions("KMN", create=True))

    assert counts(report) == (2, 0, 0, 1, 1)
    assert report.as_dict()["errors"][0]["file"] == str(bad)
    assert digest(store) is None


def test_a_figure_that_stands_in_two_files_is_refused_in_the_second(store, csv_file):
    first = csv_file(NARROW, f"B,I,{YEAR},1", f"A,I,{YEAR},1", name="first.csv")
    second = csv_file(NARROW, f"A,I,{NEXT},1", f"A,I,{YEAR},1", name="second.csv")
    report = import_files(store, LOCAL, [first, second], ImportOptions("KMN", create=True))

    assert counts(report) == (4, 0, 0, 1, 3)
    (error,) = report.errors
    assert (error.line, error.column, error.file) == (3, None, second)
    assert f"line 3 of {first}" in error.message


def test_a_file_may_use_what_the_file_before_it_registers_and_not_contradict_it(store, csv_file, header):
    first = csv_file(header, f"A,A,I,I,%,higher,{YEAR},1,", name="first.csv")
    second = csv_file(header, f"A,A,I,I,%,lower,{NEXT},1,", name="second.csv")
    report = import_files(store, LOCAL, [first, second], ImportOptions("KMN", create=True))

    assert [(error.line, error.column, error.file) for error in report.errors] == [(2, "polarity", second)]


def test_two_organisations_keep_their_codes_apart(store, csv_file, header):
    path = csv_file(header, f"A,A,I,I,%,higher,{YEAR},1,")
    other = csv_file(header, f"A,A,I,I,%,lower,{YEAR},1,", name="other.csv")

    assert import_files(store, LOCAL, [path], ImportOptions("ONE", create=True)).accepted == 1
    assert import_files(store, LOCAL, [other], ImportOptions("TWO", create=True)).accepted == 1


def test_an_export_of_several_organisations_is_not_taken_for_one(imported):
    head = f"organisation_code,{NARROW}"

    assert imported(head, f"ONE,A,I,{YEAR},1", f"ONE,A,I,{NEXT},1").accepted == 2
    report = imported(head, f"ONE,A,I,{YEAR},1", f"TWO,A,I,{NEXT},1")
    assert report.held == 2
    assert "several organisations (ONE, TWO)" in report.errors[0].message


def test_an_ordinal_indicator_takes_its_levels_as_words(imported, store):
    imported(NARROW, f"A,OPINI,{YEAR},3")
    with Record.opened(store, writing=True) as record:
        known = record.definitions("KMN")
        graded = replace(known.indicators["OPINI"], ordinal_levels="WTP:4;WDP:3")
        changed = replace(known, indicators={**known.indicators, "OPINI": graded})
        record.append(BatchHeader("KMN"), changed, FIGURES.empty_table())

    assert counts(imported(NARROW, f"A,OPINI,{YEAR}, wdp ", f"A,OPINI,{NEXT},WTP")) == (2, 1, 1, 0, 0)
    assert imported(NARROW, "A,OPINI,2023-01-01,2023-12-31,WTX").rejected == 1


@pytest.mark.parametrize(
    ("options", "word"),
    [
        ({"year_starts_in": 13}, "month"),
        ({"skip_refused": "figures.csv"}, "names the file"),
    ],
)
def test_a_wrong_call_is_refused_before_anything_is_read(imported, tmp_path, options, word):
    if "skip_refused" in options:
        options = {"skip_refused": tmp_path / options["skip_refused"]}
    with pytest.raises(UsageError, match=word):
        imported(NARROW, f"A,I,{YEAR},1", **options)


def test_setting_rows_aside_takes_one_file_at_a_time(store, csv_file, tmp_path):
    paths = [csv_file(NARROW, f"A,I,{YEAR},1", name=name) for name in ("a.csv", "b.csv")]
    with pytest.raises(UsageError, match="one file at a time"):
        import_files(store, LOCAL, paths, ImportOptions("KMN", create=True, skip_refused=tmp_path / "aside.csv"))


def test_a_place_where_refused_rows_can_not_be_written_keeps_the_sound_ones_out(imported, store, tmp_path):
    with pytest.raises(KpiError, match="refused rows can't be written"):
        imported(NARROW, f"A,I,{YEAR},1", f"B,I,{YEAR},x", skip_refused=tmp_path / "nowhere" / "aside.csv")
    assert digest(store) is None


def test_a_record_in_use_is_said_to_be_so(imported, store, monkeypatch):
    imported(NARROW, f"A,I,{YEAR},1")
    monkeypatch.setattr(Record.opened.__func__.__wrapped__, "__defaults__", (0.05,))

    with Record.opened(store, writing=True), pytest.raises(StoreError, match="in use"):
        imported(NARROW, f"A,I,{NEXT},1")


def test_a_file_is_judged_anew_when_another_import_came_between(store, csv_file, header, monkeypatch):
    first = csv_file(header, f"A,A,I,I,%,higher,{YEAR},1,", name="first.csv")
    second = csv_file(header, f"A,A,I,I,%,lower,{NEXT},1,", name="second.csv")

    def other_import(share, what):
        if what == "recording":
            import_files(store, LOCAL, [first], ImportOptions("KMN", create=True))

    report = import_files(store, LOCAL, [second], ImportOptions("KMN", create=True), progress=other_import)

    assert [(error.line, error.column) for error in report.errors] == [(2, "polarity")]


# A slow, obvious judge of small files, written only to be compared with the one that works on whole columns.

CELLS = {
    "unit_code": ["A", "B", " A", ""],
    "indicator_code": ["I", "J"],
    "polarity": ["", "higher", "maximize", "lower", "sideways"],
    "period": ["2024-01-01,2024-12-31", "2024-01-01,2024-01-31", "2024-02-01,2024-02-29", "2024-01-02,2024-01-31"],
    "value": ["1", "2.5", "", "x", "nan"],
    "target": ["", "", "3", "1,5"],
    "weight": ["", "1", "2", "-1"],
}
small_rows = st.lists(st.tuples(*(st.sampled_from(cells) for cells in CELLS.values())), min_size=1, max_size=8)


def number(text):
    try:
        return float(text)
    except ValueError:
        return float("nan")


def slowly_refused(rows):
    """The physical lines that the contract refuses."""
    refused, keys, directions, weights = set(), set(), {}, {}
    for line, (unit, indicator, polarity, period, value, target, weight) in enumerate(rows, start=2):
        code = unit.strip()
        direction = {"higher": "maximize", "lower": "minimize"}.get(polarity, polarity)
        whole = period != CELLS["period"][3]
        if not code or not whole or polarity == "sideways" or value in ("x", "nan") or weight == "-1":
            refused.add(line)
        if target == "1,5" or (value == "" and target == ""):
            refused.add(line)
        if direction not in ("", "sideways") and directions.setdefault(indicator, direction) != direction:
            refused.add(line)
        if code and whole and (code, indicator, period) in keys:
            refused.add(line)
        if code and whole and weight and weights.setdefault((code, indicator), weight) != weight:
            refused.add(line)
        if code and whole:
            keys.add((code, indicator, period))
    return refused


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=small_rows)
def test_the_refused_lines_are_those_that_a_slow_judge_refuses_and_the_counts_add_up(rows, tmp_path):
    path = tmp_path / "random.csv"
    head = "unit_code,indicator_code,polarity,period_start,period_end,value,target,weight"
    cells = [",".join(f'"{cell}"' if cell == "1,5" else cell for cell in row) for row in rows]
    path.write_text("\n".join([head, *cells]))
    report = import_files(tmp_path / "none", LOCAL, [path], ImportOptions("KMN", create=True, dry_run=True))
    answer = report.as_dict()

    assert {error.line for error in report.errors} == slowly_refused(rows)
    assert answer["rows"] == len(rows) == sum(answer[name] for name in ("accepted", "unchanged", "rejected", "held"))
    assert answer["rejected"] == len(slowly_refused(rows))
    assert answer["accepted"] == (0 if slowly_refused(rows) else len(rows))
