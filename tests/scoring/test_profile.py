"""Rule profiles: the shipped ones are whole, a made-up one takes no code, and mistakes are all told at once."""

from itertools import chain

import pandas as pd
import pytest

from kpi.errors import ProfileError
from kpi.model import Mark
from kpi.scoring.profile import DARK_PAGE, LIGHT_PAGE, SHIPPED, contrast, load_profile, profile_codes
from kpi.scoring.table import score_table
from tests.scoring.strategies import PROFILES

MADE_UP = """
code = "kemuning"
version = "2"
valid_from = 2026-07-01
band_on = "achievement"
least_coverage = 0.75
name = { id = "Aturan Kemuning", en = "Kemuning rule" }
description = { id = "Contoh.", en = "An example." }
target_range = { article = "-", mark = "D" }
cap = { at = 1.5, article = "-", mark = "D" }

[rules.minimize.positive_target]
formula = "mirrored_share"
article = "-"
mark = "D"

[[bands]]
code = "fine"
from = 95
colour = { name = "green", light = "#1a7f37", dark = "#4ac26b" }
shape = "star"
labels = { id = "Aman", en = "Fine" }
article = "-"
mark = "D"

[[bands]]
code = "watch"
from = -inf
colour = { name = "red", light = "#b42318", dark = "#ff7b72" }
shape = "cross"
labels = { id = "Awas", en = "Watch" }
article = "-"
mark = "D"
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("KPI_PROFILES", str(tmp_path))
    return tmp_path


def written(folder, text, code="kemuning"):
    (folder / f"{code}.toml").write_text(text, encoding="utf-8")
    return code


def test_the_shipped_profiles_are_those_of_the_methodology():
    assert profile_codes() == PROFILES


@pytest.mark.parametrize("code", PROFILES)
def test_every_shipped_band_can_be_read_by_colour_shape_and_word(code):
    profile = load_profile(code)
    for bands in filter(None, (profile.bands, profile.unit_bands)):
        for band in bands:
            assert contrast(band.colour.light, LIGHT_PAGE) >= 4.5
            assert contrast(band.colour.dark, DARK_PAGE) >= 4.5
            assert band.labels["id"] != band.labels["en"]
        assert len({band.symbol for band in bands}) == len({band.colour.name for band in bands}) == len(bands)


@pytest.mark.parametrize("code", PROFILES)
def test_every_source_of_a_shipped_profile_is_listed(code, shared_data):
    listed = set(pd.read_csv(shared_data / "sources.csv")["source_id"])
    assert set(load_profile(code).sources) <= listed


@pytest.mark.parametrize("code", PROFILES)
def test_what_no_source_says_is_marked_so(code):
    profile = load_profile(code)
    sourced = chain(profile.bands, profile.unit_bands or (), [profile.target_range])
    assert all(part.sources or part.mark in (Mark.RECALLED, Mark.DERIVED) for part in sourced)


def test_kmk_is_never_marked_as_seen_in_the_rule_itself():
    assert f'mark = "{Mark.VERIFIED}"' not in (SHIPPED / "kmk.toml").read_text(encoding="utf-8")


def test_the_limits_and_coverage_are_as_decided():
    limits = {code: (load_profile(code).cap, load_profile(code).floor) for code in PROFILES}
    assert limits == {"kmk": (1.2, 0.0), "lkjip_a": (None, 0.0), "lkjip_b": (None, 0.0), "permenpan8": (1.2, 0.0)}
    assert {load_profile(code).least_coverage for code in PROFILES} == {0.5}


def test_a_made_up_profile_takes_no_code(folder):
    profile = load_profile(written(folder, MADE_UP))
    frame = pd.DataFrame({"value": [10.0, 4.0, 40.0, 9.0], "target": 10.0, "polarity": ["minimize"] * 3 + ["maximize"]})
    scored = score_table(frame, profile)
    assert profile_codes() == ("kemuning",)
    assert scored["index"].tolist()[:3] == [1.0, 1.5, -2.0]
    assert scored["rating"].tolist()[:3] == ["fine", "fine", "watch"]
    assert scored["reason"].tolist()[3] == "no_rule_for_polarity"


def test_a_changed_file_is_read_again(folder):
    code = written(folder, MADE_UP)
    assert load_profile(code).cap == 1.5
    written(folder, MADE_UP.replace("1.5", "1.25"))
    assert load_profile(code).cap == 1.25


def test_an_unknown_code_asks_did_you_mean():
    with pytest.raises(ProfileError, match=r"'lkjip' is not defined. Did you mean 'lkjip_a'"):
        load_profile("lkjip")


def test_an_empty_folder_says_so(folder):
    with pytest.raises(ProfileError, match="has no profile"):
        load_profile("kmk")


def test_all_mistakes_of_a_file_are_told_at_once_with_its_name(folder):
    wrong = MADE_UP.replace('"2"', '""').replace("mirrored_share", "mirored_share").replace('"star"', '"blob"')
    wrong = wrong.replace("#b42318", "#ffdddd") + "colour_of_the_sky = 1\n"
    with pytest.raises(ProfileError) as told:
        load_profile(written(folder, wrong))
    message = str(told.value)
    assert message.startswith("kemuning.toml ")
    for place in ("version", "Did you mean 'mirrored_share'", "bands.0.shape", "less than 4.5", "colour_of_the_sky"):
        assert place in message


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('formula = "mirrored_share"', 'formula = "share_of_target"', "would score a better value lower"),
        ("from = 95", "from = -inf", "list the best band first"),
        ("from = -inf", "from = 0", "the lowest band must start at"),
        ('"cross"', '"star"', "two bands have the same shape"),
        ('code = "watch"', 'code = "fine"', "two bands have the same code"),
        ('mark = "D"\n\n[[bands]]', 'mark = "S"\n\n[[bands]]', "needs at least one source"),
        ('code = "kemuning"', 'code = "other"', "Name the file other.toml"),
        ('band_on = "achievement"', "band_on = ", "not a TOML file"),
        ("least_coverage = 0.75", "least_coverage = 75", "less than or equal to 1"),
        (
            "[rules.minimize",
            '[full_at_target]\nindex = 1.2\npolarities = ["minimize"]\narticle = "-"\nmark = "D"\n\n[rules.minimize',
            "band_on must be 'index'",
        ),
    ],
)
def test_a_profile_that_breaks_its_own_rules_is_refused(folder, old, new, complaint):
    assert old in MADE_UP
    with pytest.raises(ProfileError, match=complaint):
        load_profile(written(folder, MADE_UP.replace(old, new)))


def test_a_profile_cannot_be_changed():
    with pytest.raises(ValueError, match="frozen"):
        load_profile("kmk").version = "9"  # type: ignore[misc]
