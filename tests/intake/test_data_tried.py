"""The counts in docs/data-tried.md are those of a run."""

import pytest

from bench.data_tried import FISCAL_YEARS, tried
from kpi.access import LOCAL
from kpi.intake import ImportOptions, import_files

FOLDERS = [
    "belitung-timur-kesehatan-2015-2023",
    "ideb-kota-brasil-2005-2021",
    "jabar-indikator-makro-2004-2022",
    "jabar-kesehatan-2010-2024",
    "jatim-ipm-stunting-2020-2024",
    "mta-kinerja-bulanan-2008-2018",
    "negara-aki-akba-1990-2017",
    "nhs-ae-bulanan-2016-2019",
    "nyc-mmr-2016-2023",
    "putus-sekolah-provinsi-2008-2011",
    "teppa-pengadaan-bulanan-2012-2013",
]


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_real_folder_imports_as_the_docs_say(folder, shared_data, root, tmp_path):
    documented = (root / "docs" / "data-tried.md").read_text(encoding="utf-8").splitlines()

    assert tried(shared_data / "data" / "real" / folder / "data.csv", tmp_path / "store") in documented


def test_every_real_folder_with_figures_is_tried(shared_data):
    found = {path.parent.name for path in (shared_data / "data" / "real").glob("*/data.csv")}

    assert found == set(FOLDERS)
    assert set(FISCAL_YEARS) <= found


def test_new_york_is_refused_whole_with_the_option_that_fits_when_its_year_is_not_stated(shared_data, tmp_path):
    path = shared_data / "data" / "real" / "nyc-mmr-2016-2023" / "data.csv"
    report = import_files(tmp_path / "store", LOCAL, [path], ImportOptions("NYC", create=True))

    assert (report.rows, report.rejected) == (6542, 6542)
    assert all("--year-starts-in 7" in error.message for error in report.errors)
