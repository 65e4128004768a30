"""Who is let in to which page, by which way, and what everybody else is shown instead."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit import config
from streamlit.testing.v1 import AppTest

from kpi.access import LOCAL, Access, Grant, Role, open_public, set_grants
from tests.pages.parts import part
from tests.small_organisation import TOWN
from ui import gate, visitor
from ui.sign_in import Identity, Standing

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(path.stem for path in (ROOT / "pages").glob("[a-z]*.py"))
ANI = "ani@kemuning.test"
SECRETS = {"auth": {"client_id": "kpi", "redirect_uri": "http://localhost:8501/oauth2callback"}}
ENTERING = {Role.PLANNER, Role.OFFICER, Role.VERIFIER, Role.LOCAL}
Visit = Callable[..., AppTest]


@pytest.fixture
def visit(open_page: Callable[..., AppTest], small_store: Path) -> Visit:
    """Open a page as somebody whom a provider named, on a server with sign-in: `visit("gaps", email=…)`."""

    def visited(page: str, **claims: object) -> AppTest:
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
        app.secrets.update(SECRETS)
        app.user = {"is_logged_in": bool(claims), "exp": time.time() + 300, **claims}
        app.query_params["lang"] = "en"
        app.run()
        return app if page == "overview" else app.switch_page(f"pages/{page}.py").run()

    return visited


@pytest.fixture(autouse=True)
def roles(small_store: Path) -> Iterator[None]:
    """Nobody has a role when a test begins, and nothing is public; the store serves other tests too."""
    yield
    give(small_store)
    open_public(small_store, LOCAL, False, "for a test")


@pytest.fixture
def bound_elsewhere() -> Iterator[None]:
    """As after `kpi serve --host 0.0.0.0`."""
    config.set_option("server.address", "0.0.0.0")
    yield
    config.set_option("server.address", "localhost")


def give(store: Path, *grants: Grant, identity: str = ANI) -> None:
    set_grants(store, LOCAL, identity, grants, "for a test")


def shown(app: AppTest) -> str:
    """Return all that stands on a page outside the sidebar."""
    kinds = (app.main.title, app.main.markdown, app.main.info, app.main.error, app.main.caption, app.main.subheader)
    return "\n".join(str(element.value) for kind in kinds for element in kind)


def assert_no_figure(app: AppTest) -> None:
    assert not app.exception
    for kind in (
        "metric",
        "dataframe",
        "table",
        "bidi_component",
        "download_button",
        "selectbox",
        "pills",
        "multiselect",
    ):
        assert not app.get(kind), kind
    assert "Kota Contoh" not in shown(app)


@pytest.mark.parametrize("page", PAGES)
def test_nobody_sees_a_figure_without_signing_in(page: str, visit: Visit):
    app = visit(page)

    assert app.main.title[0].value == "Sign in"
    assert [button.label for button in app.main.button] == ["Sign in"]
    assert_no_figure(app)


@pytest.mark.parametrize("page", PAGES)
def test_nobody_sees_a_figure_without_a_role(page: str, visit: Visit):
    app = visit(page, email=ANI, name="Ani")

    assert app.main.title[0].value == "You have no role yet"
    assert f"`{ANI}`" in shown(app)
    assert_no_figure(app)


@pytest.mark.parametrize("page", PAGES)
def test_nobody_sees_a_figure_after_the_sign_in_has_ended(page: str, visit: Visit, small_store: Path):
    give(small_store, Grant(Role.PLANNER))

    app = visit(page, email=ANI, exp=time.time() - 1)

    assert app.main.title[0].value == "Your sign-in has ended"
    assert "It held until" in shown(app)
    assert_no_figure(app)


def test_who_has_a_role_is_greeted_and_sees_figures(visit: Visit, small_store: Path):
    give(small_store, Grant(Role.OFFICER, TOWN, "DISDIK"))

    app = visit("overview", email=ANI, name="Ani <b>Lestari</b>")

    assert "Kota Contoh" in shown(app)
    assert any("Unit officer (DISDIK)" in said.value and "\\<b\\>" in said.value for said in app.sidebar.markdown)
    assert "Sign out" in [button.label for button in app.sidebar.button]


def test_an_identity_is_the_same_in_whatever_letters(visit: Visit, small_store: Path):
    give(small_store, Grant(Role.PLANNER))

    assert "Kota Contoh" in shown(visit("overview", email="Ani@Kemuning.test"))


def test_a_session_that_runs_on_ends_with_its_sign_in(visit: Visit, small_store: Path):
    give(small_store, Grant(Role.PLANNER))
    app = visit("overview", email=ANI)
    assert "Kota Contoh" in shown(app)

    app.user = {**app.user, "exp": time.time() - 1}
    app.run()

    assert app.main.title[0].value == "Your sign-in has ended"
    assert_no_figure(app)


def test_a_role_that_is_taken_away_ends_with_the_next_run(visit: Visit, small_store: Path):
    give(small_store, Grant(Role.PLANNER))
    app = visit("overview", email=ANI)
    give(small_store)

    app.run()

    assert_no_figure(app)


def test_signing_out_ends_the_sign_in_in_every_window(visit: Visit, small_store: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(visitor, "SIGN_OUTS", visitor.SignOuts())
    give(small_store, Grant(Role.PLANNER))
    claims = {"email": ANI, "nonce": "1", "exp": time.time() + 300}
    one, other = visit("overview", **claims), visit("overview", **claims)
    assert "Kota Contoh" in shown(other)

    one.button(key="sign-out").click().run()
    other.run()

    assert other.main.title[0].value == "Sign in"
    assert_no_figure(other)


@pytest.mark.parametrize("claims", [{}, {"email": ANI}, {"email": ANI, "exp": 0}])
def test_everybody_sees_published_figures_where_they_were_opened(visit: Visit, small_store: Path, claims: dict):
    open_public(small_store, LOCAL, True, "for a test")

    app = visit("overview", **claims)

    assert "Kota Contoh" in shown(app)
    assert not part(app, "tiles-shown"), "nothing is verified in this town"


def test_without_sign_in_the_user_of_this_machine_may_do_everything(open_page: Callable[..., AppTest]):
    app = open_page("overview", lang="en")

    assert part(app, "tiles-shown")
    assert not any("verified figures only" in said.value for said in app.info)


def test_without_sign_in_other_machines_see_published_figures_only(
    bound_elsewhere: None, open_page: Callable[..., AppTest]
):
    app = open_page("overview", lang="en")

    assert "You see verified figures only" in app.info[0].value
    assert "Kota Contoh" in shown(app)
    assert not part(app, "tiles-shown"), "nothing is verified in this town"


def test_secrets_without_a_provider_let_nobody_in(visit: Visit, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(SECRETS, "auth", {"redirect_uri": "http://localhost:8501/oauth2callback"})

    app = visit("overview", email=ANI)

    assert app.main.title[0].value == "Sign-in is not set up properly"
    assert_no_figure(app)


def test_who_signed_in_is_not_asked_for_a_name(visit: Visit, small_store: Path):
    give(small_store, Grant(Role.VERIFIER))

    app = visit("data", email=ANI, name="Ani")

    assert not [field for field in app.text_input if field.label == "Your name"]


@pytest.mark.parametrize(("role", "is_listed"), [(role, role in ENTERING) for role in Role])
def test_the_page_for_entering_is_listed_for_those_who_enter(role: Role, is_listed: bool):
    access = Access("ani", "Ani", (Grant(role, TOWN),))
    who = visitor.Visitor(Identity(Standing.SIGNED_IN), access)

    assert gate.if_enters(who) == ("visible" if is_listed else "hidden")
