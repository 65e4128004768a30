import csv

from kpi.access import LOCAL
from kpi.intake import ImportOptions, import_files
from kpi.store.record import Record

YEAR = "2024-01-01,2024-12-31"
NARROW = "unit_code,indicator_code,period_start,period_end,value,mine"


def rows_of(path):
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.reader(file))


def test_sound_rows_go_in_and_refused_ones_are_set_aside_as_they_were(imported, store, tmp_path):
    aside = tmp_path / "aside.csv"
    report = imported(NARROW, f"A,I,{YEAR},1,x", f'B,I,{YEAR}, abc ,"=1+1, so"', skip_refused=aside)

    assert (report.rows, report.accepted, report.rejected, report.held) == (2, 1, 1, 0)
    assert not report.is_refused
    head, row = rows_of(aside)
    assert head == [*NARROW.split(","), "reason"]
    assert row[:6] == ["B", "I", *YEAR.split(","), " abc ", "'=1+1, so"]
    assert row[6].startswith("value: 'abc' is not a number")


def test_refused_rows_come_back_once_they_are_mended(imported, store, tmp_path):
    aside = tmp_path / "aside.csv"
    imported(NARROW, f"A,I,{YEAR},1,", f"B,I,{YEAR},abc,", skip_refused=aside)
    aside.write_text(aside.read_text().replace("abc,,", "2,,", 1))
    report = import_files(store, LOCAL, [aside], ImportOptions("KMN", create=True))

    assert (report.accepted, report.rejected) == (1, 0)
    assert not any("reason" in warning.message for warning in report.warnings)


def test_a_second_refusal_replaces_the_first_reason(imported, store, tmp_path):
    aside, again = tmp_path / "aside.csv", tmp_path / "again.csv"
    imported(NARROW, f"A,I,{YEAR},1,", f"B,I,{YEAR},abc,", f"C,I,{YEAR},5,", f"C,I,{YEAR},6,", skip_refused=aside)
    import_files(store, LOCAL, [aside], ImportOptions("KMN", create=True, skip_refused=again))

    assert rows_of(again)[0] == rows_of(aside)[0]
    assert len(rows_of(again)) == 2  # line 5 was a duplicate of a line that went in, and now is a correction


def test_a_row_with_the_wrong_number_of_cells_is_set_aside_too(imported, tmp_path):
    aside = tmp_path / "aside.csv"
    imported(NARROW, f"A,I,{YEAR},1,", f"B,I,{YEAR}", f"C,I,{YEAR},1,x,y,z", skip_refused=aside)

    _, short, long = rows_of(aside)
    assert short == ["B", "I", *YEAR.split(","), "", "", short[-1]]
    assert long[:8] == ["C", "I", *YEAR.split(","), "1", "x", "y", "z"]
    assert "the row has 4 cells" in short[-1]


def test_all_reasons_of_a_row_stand_beside_it(imported, tmp_path):
    aside = tmp_path / "aside.csv"
    imported("polarity," + NARROW, f"higher,A,I,{YEAR},1,", f"up,B,I,{YEAR},abc,", skip_refused=aside)

    assert "polarity: 'up'" in rows_of(aside)[1][-1]
    assert "value: 'abc'" in rows_of(aside)[1][-1]


def test_nothing_is_set_aside_where_nothing_is_refused(imported, tmp_path):
    assert imported(NARROW, f"A,I,{YEAR},1,", skip_refused=tmp_path / "aside.csv").refused_file is None
    assert not (tmp_path / "aside.csv").exists()


def test_a_file_without_a_sound_row_is_refused_and_still_set_aside(imported, store, tmp_path):
    aside = tmp_path / "aside.csv"
    report = imported(NARROW, f"A,I,{YEAR},x,", skip_refused=aside)

    assert report.is_refused
    assert len(rows_of(aside)) == 2
    assert not store.exists()


def test_the_batch_counts_what_was_set_aside(imported, store, tmp_path):
    imported(NARROW, f"A,I,{YEAR},1,", f"B,I,{YEAR},x,", skip_refused=tmp_path / "aside.csv")
    with Record.opened(store, writing=False) as record:
        (batch,) = record.batches()

    assert (batch.rows, batch.accepted, batch.rejected) == (2, 1, 1)


def test_no_cell_is_a_live_formula_and_the_file_comes_back_as_it_was(imported, store, tmp_path):
    aside, again = tmp_path / "aside.csv", tmp_path / "again.csv"
    head = NARROW.replace("mine", "note,unit_name")
    imported(head, f"A,I,{YEAR},1,,", f"B,I,{YEAR},=1+1,@SUM(A1),-Dinas", skip_refused=aside)
    assert rows_of(aside)[1][4:7] == ["'=1+1", "'@SUM(A1)", "'-Dinas"]
    import_files(store, LOCAL, [aside], ImportOptions("KMN", create=True, skip_refused=again))
    assert rows_of(again)[1][4:7] == rows_of(aside)[1][4:7]
    aside.write_text(aside.read_text().replace("'=1+1", "2", 1))
    import_files(store, LOCAL, [aside], ImportOptions("KMN", create=True))

    with Record.opened(store, writing=False) as record:
        definitions = record.definitions("KMN")
    assert definitions is not None
    assert definitions.units["B"].name == "-Dinas"
