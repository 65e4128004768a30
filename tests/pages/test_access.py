"""The administrator's page: roles are given and ended, the public let in, the log read; and by nobody else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from kpi.access import LOCAL, Access, Grant, Role, access_of, granted, public_is_open, set_grants
from kpi.access.checks import refuse
from kpi.access.rights import Right
from kpi.store.access_log import LOOK, REFUSED, log_of, read_logs
from tests.access.roles import ACCESSES
from tests.hostile import HOSTILE
from tests.pages.conftest import OpenPage
from tests.pages.test_data_upload import press
from tests.pages.test_hostile_texts import _LIVE, PLAIN, elements, texts
from tests.pages.test_language import english, own_store, read
from tests.small_organisation import TOWN
from ui import gate, visitor
from ui.sign_in import Identity, Standing

__all__ = ["own_store"]
ANI = "ani@example.go.id"
OFFICER = Grant(Role.OFFICER, TOWN, "DISDIK")
ADMINISTRATOR = ACCESSES["administrator"]
Open = Callable[..., AppTest]


@pytest.fixture
def open_access(open_page: OpenPage, own_store: Path, monkeypatch: pytest.MonkeyPatch) -> Open:
    """Open the page in a store of this test, as somebody: `open_access(ADMINISTRATOR, access="log")`."""

    def opened(reader: Access | None = None, name: str = "access", **choices: str) -> AppTest:
        if reader is not None:
            monkeypatch.setattr(visitor, "LOCAL", reader)
        st.cache_data.clear()
        return open_page(name, **choices)

    return opened


def field(page: AppTest, kind: str, name: str):
    """Return a field of the form, whichever of its rounds is shown."""
    return next(each for each in getattr(page, kind) if each.key and each.key.startswith(f"roles-{name}-"))


def said(page: AppTest) -> str:
    assert not page.exception
    return "\n".join(read(page))


def offered(page: AppTest, key: str) -> list[str]:
    return [option for box in page.segmented_control if box.key == key for option in box.options]


def test_an_administrator_gives_a_role_changes_it_and_ends_it(open_access: Open, own_store: Path):
    page = open_access(ADMINISTRATOR)
    field(page, "text_input", "who").set_value(ANI)
    field(page, "selectbox", "role").set_value("officer").run()
    field(page, "selectbox", "unit").set_value("DISDIK")
    field(page, "text_input", "reason").set_value("surat tugas 12")
    press(page, "Tetapkan peran")

    assert access_of(own_store, ANI, "Ani").grants == (OFFICER,)
    assert "sudah ditetapkan" in said(page)
    table = page.dataframe[0].value
    row = table.iloc[0].to_dict()
    assert (row["Identitas"], row["Peran"], row["Unit"]) == (ANI, "Petugas perangkat daerah", "Dinas Pendidikan")
    assert (row["Ditetapkan oleh"], row["Alasan"]) == (ADMINISTRATOR.identity, "surat tugas 12")

    field(page, "selectbox", "of").set_value(ANI).run()
    field(page, "multiselect", f"kept-{ANI}").set_value([])
    field(page, "selectbox", "role").set_value("verifier").run()
    field(page, "text_input", "reason").set_value("pindah tugas")
    press(page, "Tetapkan peran")
    assert access_of(own_store, ANI, "Ani").grants == (Grant(Role.VERIFIER, TOWN),)

    field(page, "selectbox", "of").set_value(ANI).run()
    field(page, "multiselect", f"kept-{ANI}").set_value([])
    field(page, "text_input", "reason").set_value("pensiun")
    press(page, "Tetapkan peran")
    assert access_of(own_store, ANI, "Ani").grants == ()
    assert "Belum ada yang memiliki peran" in said(page)

    page = open_access(LOCAL)
    page.toggle(key="roles-history").set_value(True).run()
    assert page.dataframe[0].value["Alasan"].tolist() == ["pensiun", "pindah tugas", "surat tugas 12"]


def test_roles_elsewhere_stay_when_an_administrator_of_one_organisation_changes_some(
    open_access: Open, own_store: Path
):
    everywhere = Grant(Role.LEADERSHIP)
    set_grants(own_store, LOCAL, ANI, [everywhere, OFFICER], "surat tugas")
    page = open_access(ADMINISTRATOR)
    assert page.dataframe[0].value["Peran"].tolist() == ["Petugas perangkat daerah"]

    field(page, "selectbox", "of").set_value(ANI).run()
    field(page, "multiselect", f"kept-{ANI}").set_value([])
    field(page, "text_input", "reason").set_value("selesai")
    press(page, "Tetapkan peran")

    assert access_of(own_store, ANI, "Ani").grants == (everywhere,)


@pytest.mark.parametrize(
    ("filled", "fault"),
    [
        pytest.param({"who": ANI, "reason": "x"}, "Tidak ada yang berubah", id="no role"),
        pytest.param({"role": "planner", "reason": "x"}, "Peran memerlukan identitas", id="no identity"),
        pytest.param({"who": ANI, "role": "planner"}, "dengan alasan", id="no reason"),
        pytest.param({"who": ANI, "role": "employee", "reason": "x"}, "kode pegawai", id="no employee"),
        pytest.param(
            {"who": ADMINISTRATOR.identity, "role": "planner", "reason": "x"}, "tidak berwenang", id="their own"
        ),
    ],
)
def test_what_can_t_stand_is_said_in_place_and_not_written(open_access, own_store, filled, fault):
    page = open_access(ADMINISTRATOR)
    for name in set(filled) - {"role"}:
        field(page, "text_input", name).set_value(filled[name])
    field(page, "selectbox", "role").set_value(filled.get("role", "")).run()
    press(page, "Tetapkan peran")

    assert fault in "\n".join(str(box.value) for box in (*page.error, *page.warning))
    assert not granted(own_store, LOCAL)
    assert not english(page)


def test_the_public_is_let_in_and_out_by_an_administrator_of_all_alone(open_access: Open, own_store: Path):
    page = open_access(ADMINISTRATOR, access="public")
    assert "Hanya administrator untuk semua organisasi" in said(page)
    assert not [button for button in page.button if "Buka angka" in button.label]

    page = open_access(LOCAL, access="public")
    press(page, "Buka angka terverifikasi untuk umum")
    assert "dengan alasan" in page.error[0].value
    field(page, "text_input", "public-reason").set_value("keputusan bupati")
    press(page, "Buka angka terverifikasi untuk umum")
    assert public_is_open(own_store)
    field(page, "text_input", "public-reason").set_value("dicabut")
    press(page, "Tutup kembali angka")
    assert not public_is_open(own_store)


def test_the_log_shows_the_newest_of_the_own_organisation_without_persons(open_access: Open, own_store: Path):
    log = log_of(own_store)
    log.add(LOOK, "h1@example.go.id", "superior", "the whole record", organisation_code=TOWN, employee_code="A4")
    log.add(REFUSED, "x@example.go.id", "officer", "report figures", organisation_code=TOWN, unit_code="DISDIK")
    log.add(REFUSED, "far@example.go.id", "officer", "report figures", organisation_code="LAIN")

    page = open_access(ADMINISTRATOR, access="log")
    table = page.dataframe[0].value
    assert table["Identitas"].tolist() == ["x@example.go.id", "h1@example.go.id"]
    assert table["Mengenai"].tolist() == ["Dinas Pendidikan · Kota Contoh", "Kota Contoh"]
    assert table["Apa yang terjadi"].tolist()[0] == "Ditolak: melaporkan angka"

    page = open_access(LOCAL, access="log", log="look")
    assert page.dataframe[0].value["Mengenai"].tolist() == ["A4 · Kota Contoh"]


@pytest.mark.parametrize("role", [role for role in ACCESSES if role not in ("administrator", "local", "nobody")])
def test_nobody_else_sees_a_figure_or_a_list(open_access: Open, own_store: Path, role: str):
    set_grants(own_store, LOCAL, ANI, [OFFICER], "surat tugas")
    page = open_access(ACCESSES[role])

    assert not page.exception
    assert ANI not in said(page)
    assert not page.dataframe
    assert not page.get("bidi_component")
    assert not offered(page, "access")
    assert not [button for button in page.button if button.key and button.key.startswith("roles-")]
    if role != "elsewhere":
        assert "mengatur siapa boleh melihat apa" in page.error[0].value
        entry = [entry for file in read_logs(own_store) for entry in file.entries][-1]
        assert (entry.act, entry.who) == (REFUSED, ACCESSES[role].identity)


@pytest.mark.parametrize("role", Role)
def test_the_page_is_listed_for_administrators_alone(role: Role):
    who = visitor.Visitor(Identity(Standing.SIGNED_IN), Access("ani", "Ani", (Grant(role, TOWN),)))

    is_listed = role in {Role.ADMINISTRATOR, Role.LOCAL}
    assert gate.if_administers(who) == ("visible" if is_listed else "hidden")


@pytest.mark.parametrize("part", ["roles", "log"])
def test_identities_and_reasons_are_shown_as_they_were_written(open_access: Open, own_store: Path, part: str):
    set_grants(own_store, LOCAL, HOSTILE, [OFFICER], HOSTILE)
    with pytest.raises(Exception, match="may not"):
        refuse(own_store, Access(HOSTILE, HOSTILE, ()), Right.REPORT, TOWN, whom=HOSTILE)
    page = open_access(access=part)
    if part == "roles":
        field(page, "selectbox", "of").set_value(HOSTILE).run()
        field(page, "multiselect", f"kept-{HOSTILE}").set_value([])
        field(page, "text_input", "reason").set_value(HOSTILE)
        press(page, "Tetapkan peran")
        assert page.success

    assert not page.exception
    found = [(place, text) for kind, proto in elements(page) for place, text in texts(proto, kind)]
    live = [(place, text) for place, text in found if place not in {*PLAIN, ("selectbox", "id")} and _LIVE.search(text)]
    assert not live
    cells = page.dataframe[0].value if len(page.dataframe) else None
    assert cells is None or HOSTILE in cells["Identitas"].tolist()


@pytest.mark.parametrize(
    ("role", "sections", "tasks"),
    [
        pytest.param("officer", 5, 0, id="an officer reports, and verifies nothing"),
        pytest.param("verifier", 2, 0, id="a verifier sets states, and sends nothing"),
        pytest.param("planner", 5, 0, id="a planner agrees, and verifies nothing"),
        pytest.param("local", 5, 2, id="the user of this machine does everything"),
    ],
)
def test_the_data_page_offers_what_the_reader_may_use(open_access, own_store, role, sections, tasks):
    page = open_access(ACCESSES[role], "data", part="states")

    assert not page.exception
    assert len(offered(page, "part")) == sections
    verifies = [button for button in page.button if button.label == "Tetapkan status"]
    assert bool(verifies) is (role in {"verifier", "local"})
    assert len(offered(page, "task")) == (tasks or len(verifies))
    assert not [entry for file in read_logs(own_store) for entry in file.entries]


@pytest.mark.parametrize("part", ["upload", "form", "stating", "history"])
def test_a_verifier_is_refused_nothing_by_merely_opening_the_data_page(open_access, own_store, part):
    page = open_access(ACCESSES["verifier"], "data", part=part)

    assert not page.exception
    assert not page.error
    assert not [entry for file in read_logs(own_store) for entry in file.entries]
