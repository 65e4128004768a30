"""What other systems read: the tables of `kpi export`, for who may see them."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.testclient import TestClient

from kpi.access import LOCAL, PUBLIC, Access, Grant, Role, allowed_snapshot
from kpi.access.rights import NOBODY
from kpi.api.faults import DESCRIPTION
from kpi.api.questions import TABLES
from kpi.api.routes import Caller, routes
from kpi.cli import main
from kpi.store.publish import publish
from kpi.store.record import BatchHeader, Record
from kpi.store.snapshot import Snapshot
from kpi.views import export
from tests.kemuning import kemuning_store
from tests.small_organisation import TODAY, TOWN, figures, small_store, town

__all__ = ["kemuning_store", "small_store"]

OFFICER = Access("ani", "Ani", (Grant(Role.OFFICER, TOWN, "DISDIK"),))
ASKED = {"organisation": TOWN, "from": "2025-09", "to": "2026-09", "grain": "quarter"}
Client = Callable[..., TestClient]


def client_of(store: Path, access: Access = LOCAL, *, is_known: bool = True) -> TestClient:
    def caller(_request: Request) -> Caller:
        return Caller(access, is_known)

    return TestClient(Starlette(routes=routes(lambda: store, caller)))


@pytest.fixture
def api(small_store: Path) -> TestClient:
    return client_of(small_store)


def exported(capsys: pytest.CaptureFixture[str], store: Path, *options: str) -> str:
    assert main(["export", *options, "--store", str(store)]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("what", ["facts", "scores"])
@pytest.mark.parametrize(
    ("query", "options"),
    [
        pytest.param({}, (), id="all"),
        pytest.param({"to_date": "true"}, ("--to-date",), id="to date"),
        pytest.param({"format": "csv", "grain": "month"}, ("--grain", "month"), id="no rows"),
        pytest.param(
            {**ASKED, "unit": ["PKM_B", "DISDIK", "PKM_B"]},
            (
                "--organisation",
                TOWN,
                "--unit",
                "PKM_B",
                "DISDIK",
                "--grain",
                "quarter",
                "--from",
                "2025-09",
                "--to",
                "2026-09",
            ),
            id="units and months",
        ),
        pytest.param(
            {"organisation": TOWN, "indicator": ["APS", "IMUNISASI"]},
            ("--organisation", TOWN, "--indicator", "APS", "--indicator", "IMUNISASI"),
            id="indicators",
        ),
    ],
)
def test_the_same_bytes_as_kpi_export(
    api: TestClient, capsys, small_store: Path, what: str, query: dict, options: tuple
):
    answer = api.get(f"/api/v1/{what}", params={**query, "format": "csv"})

    assert answer.status_code == 200
    assert answer.text == exported(capsys, small_store, what, *options)


def test_the_same_numbers_as_kpi_export_for_a_whole_district(capsys, kemuning_store: Path):
    answer = client_of(kemuning_store).get("/api/v1/scores", params={"format": "csv", "profile": "lkjip_a"})

    assert answer.text == exported(capsys, kemuning_store, "scores", "--profile", "lkjip_a")


def test_json_bears_the_same_numbers_and_null_for_what_is_missing(api: TestClient, small_store: Path):
    answer = api.get("/api/v1/scores").json()

    snapshot = allowed_snapshot(small_store, Snapshot.open(small_store), LOCAL)
    expected = export.scores(snapshot, export.ExportSelection())
    assert answer["version"] == snapshot.meta.version
    assert answer["next"] is None
    assert len(answer["rows"]) == len(expected)
    for name in ("value", "index_percent", "weight"):
        found = pd.Series([row[name] for row in answer["rows"]], dtype=float)
        pd.testing.assert_series_equal(found, expected[name].astype(float), check_names=False, check_exact=True)
    assert any(row["value"] is None for row in answer["rows"])
    assert answer["rows"][0]["period_start"] == f"{expected['period_start'][0]:%Y-%m-%d}"


@pytest.mark.parametrize("limit", [1, 7, 1000])
def test_pages_follow_each_other_without_a_gap(api: TestClient, limit: int):
    whole = api.get("/api/v1/facts", params=ASKED).json()["rows"]

    rows, address = [], str(api.build_request("GET", "/api/v1/facts", params={**ASKED, "limit": limit}).url)
    while address:
        answer = api.get(address).json()
        assert len(answer["rows"]) <= limit
        rows += answer["rows"]
        address = answer["next"]

    assert rows == whole


def test_every_table_has_its_rows(api: TestClient):
    organisations = api.get("/api/v1/organisations").json()["rows"]
    units = api.get("/api/v1/units", params={"organisation": TOWN}).json()["rows"]
    indicators = api.get("/api/v1/indicators").json()["rows"]

    assert [row["organisation_code"] for row in organisations] == [TOWN]
    assert {"unit_code": "PKM_A", "parent_code": "DINKES"}.items() <= {row["unit_code"]: row for row in units}[
        "PKM_A"
    ].items()
    assert {row["indicator_code"] for row in indicators} >= {"APS", "JALAN"}


def test_who_may_not_see_a_figure_gets_null_in_its_place(small_store: Path):
    mine = client_of(small_store, OFFICER).get("/api/v1/facts", params=ASKED).json()["rows"]
    all_rows = client_of(small_store).get("/api/v1/facts", params=ASKED).json()["rows"]

    assert [row["unit_code"] for row in mine] == [row["unit_code"] for row in all_rows]
    assert {row["unit_code"] for row in mine if row["value"] is not None} == {"DISDIK"}
    assert [row for row in mine if row["unit_code"] == "DISDIK"] == [r for r in all_rows if r["unit_code"] == "DISDIK"]


def test_the_public_gets_no_figure_that_is_not_verified(small_store: Path):
    api = client_of(small_store, PUBLIC, is_known=False)

    assert {row["value"] for row in api.get("/api/v1/facts").json()["rows"]} == {None}
    assert {row["index_percent"] for row in api.get("/api/v1/scores").json()["rows"]} == {None}


@pytest.mark.parametrize(("is_known", "status"), [(False, 401), (True, 403)])
@pytest.mark.parametrize("table", TABLES)
def test_nobody_gets_nothing(small_store: Path, table: str, is_known: bool, status: int):
    answer = client_of(small_store, NOBODY, is_known=is_known).get(f"/api/v1/{table}")

    assert answer.status_code == status
    assert set(answer.json()["error"]) == {"place", "thing", "remedy"}


def test_an_answer_that_is_known_is_not_sent_again(api: TestClient):
    first = api.get("/api/v1/facts", params=ASKED)

    again = api.get("/api/v1/facts", params=ASKED, headers={"If-None-Match": f'"old", {first.headers["etag"]}'})

    assert (again.status_code, again.content) == (304, b"")
    assert first.headers["cache-control"] == "private, no-cache"


def test_the_tag_changes_with_rights_form_and_data(small_store: Path, tmp_path: Path):
    store = tmp_path / "store"
    shutil.copytree(small_store, store)

    def tag(access: Access = LOCAL, **query: str) -> str:
        return client_of(store, access).get("/api/v1/facts", params=query).headers["etag"]

    before = [tag(), tag(PUBLIC), tag(OFFICER), tag(format="csv")]
    assert len(set(before)) == 4
    assert [tag(), tag(PUBLIC), tag(OFFICER), tag(format="csv")] == before

    with Record.opened(store, writing=True) as record:
        later = figures().slice(0, 1)
        later = later.set_column(later.column_names.index("value"), "value", pa.array([65.0]))
        record.append(BatchHeader(TOWN, made_by="test", file_name="later.csv", reason="counted anew"), town(), later)
    publish(store, today=TODAY)
    assert tag() not in before


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("unitt=DINKES", 400, "Did you mean 'unit'"),
        ("unit=DINKES", 400, "Add organisation"),
        ("organisation=", 400, "is empty"),
        ("organisation=KOTA&organisation=KOTA", 400, "given 2 times"),
        ("organisation=KOTAA", 404, "Did you mean 'KOTA'"),
        ("organisation=KOTA&unit=DINKS", 404, "Did you mean 'DINKES'"),
        ("organisation=KOTA&indicator=APSS", 404, "Did you mean 'APS'"),
        ("grain=week", 400, "Choose one of"),
        ("to_date=yes", 400, "Choose one of"),
        ("from=2026-13", 400, "is no month"),
        ("from=2026-Q3", 400, "is no month"),
        ("from=2026-09&to=2026-01", 400, "Swap them"),
        ("as_known_at=2026-02-30", 400, "is no day"),
        ("limit=0", 400, "no number of rows"),
        ("limit=٣", 400, "no number of rows"),
        ("cursor=x", 404, "leads nowhere"),
        ("cursor=WyJhIiwiYiIsLTFd", 404, "leads nowhere"),
        ("cursor=WyJhIiwiYiIsdHJ1ZV0", 404, "leads nowhere"),
        ("profile=none", 400, "query parameter 'profile'"),
        ("format=xml", 400, "Choose one of"),
    ],
)
def test_what_can_not_be_read_is_refused_with_place_thing_and_remedy(
    api: TestClient, query: str, status: int, said: str
):
    answer = api.get(f"/api/v1/{'scores' if 'profile' in query else 'facts'}?{query}")

    assert answer.status_code == status
    assert said in " ".join(answer.json()["error"].values())


def test_an_earlier_day_is_for_those_who_see_figures_before_they_are_verified(small_store: Path):
    query = {"as_known_at": "2030-01-01"}

    assert client_of(small_store, PUBLIC).get("/api/v1/facts", params=query).status_code == 403


def test_an_empty_store_says_so(tmp_path: Path):
    answer = client_of(tmp_path).get("/api/v1/facts")

    assert answer.status_code == 503
    assert str(tmp_path) not in answer.text


def test_an_address_that_leads_nowhere_says_so_in_json(api: TestClient):
    assert api.get("/api/v1/secrets").json()["error"]["remedy"] == "See /api/v1/openapi.json."
    assert api.post("/api/v1/facts").status_code == 405


def test_no_text_of_a_csv_becomes_a_formula(api: TestClient):
    rows = csv.reader(io.StringIO(api.get("/api/v1/indicators", headers={"Accept": "text/csv"}).text))

    assert not [cell for row in rows for cell in row if cell.startswith(("=", "@", "+"))]


@pytest.mark.parametrize("table", TABLES)
def test_answers_are_as_described_whatever_is_asked(small_store: Path, tmp_path: Path, table: str):
    store = shutil.copytree(small_store, tmp_path / "store")  # earlier days are kept in it
    app = Starlette(routes=routes(lambda: store, lambda _request: Caller(OFFICER, is_known=True)))
    described = schemathesis.openapi.from_asgi(DESCRIPTION, app)[f"/api/v1/{table}"]["GET"]

    @given(case=described.as_strategy())
    @settings(max_examples=25, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
    def asked(case: schemathesis.Case) -> None:
        case.call_and_validate(excluded_checks=[positive_data_acceptance])  # "unit needs organisation" can't be told

    asked()
