from datetime import date, datetime
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from kpi.access import LOCAL
from kpi.errors import RefusedFile
from kpi.intake import ImportOptions, import_files
from kpi.intake.readers import read_sheet


def columns(**others):
    return {
        "unit_code": ["A", "B"],
        "indicator_code": ["I", "I"],
        "period_start": [date(2024, 1, 1)] * 2,
        "period_end": [date(2024, 12, 31)] * 2,
        "value": [1.5, 2.0],
    } | others


@pytest.fixture
def parquet_file(tmp_path):
    def write(name="figures.parquet", **others):
        path = tmp_path / name
        pq.write_table(pa.table(columns(**others)), path)
        return path

    return write


def test_rows_are_counted_from_1(parquet_file):
    assert read_sheet(parquet_file()).lines.tolist() == [1, 2]


def test_a_parquet_file_is_known_by_its_content(parquet_file):
    assert read_sheet(parquet_file(name="figures.data")).row_count == 2


@pytest.mark.parametrize(
    "others",
    [
        {"period_start": [datetime(2024, 1, 1)] * 2, "period_end": ["2024-12-31"] * 2},  # noqa: DTZ001 (a file's)
        {"value": [Decimal("1.50"), None], "target": pa.array([None, 3], pa.int64())},
        {"value": pa.array([1.5, 2], pa.float32()), "unit_code": pa.array([1, 2])},
        {"unit_code": pa.array(["A", "B"]).dictionary_encode(), "value": pa.array(["1.5", "2"], pa.large_string())},
    ],
)
def test_dates_numbers_and_codes_are_read_from_every_sensible_type(parquet_file, tmp_path, others):
    report = import_files(tmp_path / "store", LOCAL, [parquet_file(**others)], ImportOptions("KMN", create=True))

    assert (report.accepted, report.errors) == (2, ())


def test_a_fault_names_the_row_from_1(parquet_file, tmp_path):
    path = parquet_file(value=[1.0, float("nan")])
    report = import_files(tmp_path / "store", LOCAL, [path], ImportOptions("KMN", create=True))

    assert [(error.line, error.column) for error in report.errors] == [(2, "value")]


def test_a_rounded_figure_is_judged_by_the_decimals_that_it_shows(parquet_file, tmp_path):
    path = parquet_file(value=[33.33, 33.3], numerator=[1, 1], denominator=[3, 3], multiplier=[100, 100])

    assert import_files(tmp_path / "store", LOCAL, [path], ImportOptions("KMN", create=True)).accepted == 2


def test_a_time_of_day_is_no_day(parquet_file, tmp_path):
    path = parquet_file(period_start=[datetime(2024, 1, 1), datetime(2024, 1, 1, 5)])  # noqa: DTZ001 (a file's)
    report = import_files(tmp_path / "store", LOCAL, [path], ImportOptions("KMN", create=True))

    assert [(error.line, error.column) for error in report.errors] == [(2, "period_start")]


def test_a_null_is_an_empty_cell(parquet_file, tmp_path):
    path = parquet_file(value=[None, 1.0], target=[2.0, None])

    assert import_files(tmp_path / "store", LOCAL, [path], ImportOptions("KMN", create=True)).accepted == 2


def test_refused_rows_are_set_aside_as_csv(parquet_file, tmp_path):
    path, aside = parquet_file(value=[1.0, None]), tmp_path / "aside.csv"
    import_files(tmp_path / "store", LOCAL, [path], ImportOptions("KMN", create=True, skip_refused=aside))

    assert aside.read_text().splitlines()[1].startswith("B,I,2024-01-01,2024-12-31,,")


@pytest.mark.parametrize(
    ("others", "word"),
    [
        ({"value": [[1.0], [2.0]]}, "list"),
        ({"note": [b"\xff", b"x"]}, "binary"),
    ],
)
def test_a_column_of_a_type_that_says_nothing_is_refused_by_name(parquet_file, others, word):
    with pytest.raises(RefusedFile, match=word):
        read_sheet(parquet_file(**others))


def test_a_broken_parquet_is_refused(parquet_file):
    path = parquet_file()
    path.write_bytes(path.read_bytes()[:-20])

    with pytest.raises(RefusedFile, match="not a sound Parquet file"):
        read_sheet(path)


def test_a_parquet_whose_pages_are_damaged_is_refused(parquet_file):
    path = parquet_file()
    content = bytearray(path.read_bytes())
    content[4:60] = b"\xff" * 56
    path.write_bytes(bytes(content))

    with pytest.raises(RefusedFile):
        read_sheet(path)


def test_a_small_file_that_unpacks_to_more_than_the_limit_is_refused(tmp_path, monkeypatch):
    path = tmp_path / "bomb.parquet"
    table = pa.table({name: pa.array([value[0]] * 200_000) for name, value in columns().items()})
    pq.write_table(table, path, use_dictionary=False, compression="zstd", row_group_size=200_000)
    monkeypatch.setenv("KPI_MAX_FILE_BYTES", str(path.stat().st_size + 1000))

    with pytest.raises(RefusedFile, match="unpacks to"):
        read_sheet(path)


def test_a_parquet_without_rows_is_refused(tmp_path):
    path = tmp_path / "none.parquet"
    pq.write_table(pa.table(columns()).slice(0, 0), path)

    with pytest.raises(RefusedFile, match="no rows"):
        read_sheet(path)
