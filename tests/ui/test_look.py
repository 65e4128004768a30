"""Every text of the theme can be read on its ground (WCAG AA, computed); page, charts and style name one palette."""

from __future__ import annotations

import re
import tomllib

import pytest

from kpi.charts import theme as charts
from kpi.scoring.profile import load_profile, profile_codes
from kpi.views.ratings import GREY
from tests.pages.conftest import ROOT
from ui import assets

AA, AA_LARGE = 4.5, 3.0
CONFIG = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
STYLE = (ROOT / "ui" / "browser" / "look.css").read_text(encoding="utf-8")
TONES = ("light", "dark")
ALERT = {"light": 0.1, "dark": 0.2}
"""Streamlit lays a colour over the page so strongly where no ground of its own is stated."""


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


def laid_over(colour: str, ground: str, opacity: float) -> str:
    pairs = [(int(colour[at : at + 2], 16), int(ground[at : at + 2], 16)) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(above * opacity + below * (1 - opacity)):02x}" for above, below in pairs)


def variables(tone: str) -> dict[str, str]:
    """The style's own colours of a tone."""
    block = re.search(r":root \{([^}]*)\}" if tone == "light" else r"\.kpi-dark \{([^}]*)\}", STYLE)
    assert block
    return dict(re.findall(r"--kpi-([\w-]+): (#\w{6});", block[1]))


def test_the_measure_of_contrast_is_that_of_wcag():
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("tone", TONES)
def test_text_and_links_can_be_read_on_both_grounds(tone):
    look = CONFIG[tone]
    for ground in (look["backgroundColor"], look["secondaryBackgroundColor"]):
        for text in (look["textColor"], look["linkColor"], look["primaryColor"], variables(tone)["quiet"]):
            assert contrast(text, ground) >= AA, (text, ground)


@pytest.mark.parametrize("tone", TONES)
@pytest.mark.parametrize("name", ["green", "yellow", "orange", "red", "blue"])
def test_a_coloured_text_can_be_read_on_the_page_and_on_its_own_pale_ground(tone, name):
    look = CONFIG[tone]
    text, page = look[f"{name}TextColor"], look["backgroundColor"]
    assert contrast(text, page) >= AA
    ground = look.get(f"{name}BackgroundColor") or laid_over(look[f"{name}Color"], page, ALERT[tone])
    assert contrast(text, ground) >= AA


@pytest.mark.parametrize("tone", TONES)
def test_what_stands_on_the_accent_can_be_read(tone):
    own = variables(tone)
    assert contrast(own["on-accent"], own["accent"]) >= AA
    assert contrast(own["accent"], own["page"]) >= AA_LARGE


@pytest.mark.parametrize("tone", TONES)
def test_style_theme_and_charts_name_the_same_colours(tone):
    look, own = CONFIG[tone], variables(tone)
    assert own["accent"] == look["primaryColor"] == charts.ACCENT[tone]
    assert own["page"] == look["backgroundColor"]
    assert own["pale"] == look["secondaryBackgroundColor"]
    assert charts.TEXT[tone] == look["textColor"]
    assert contrast(charts.QUIET[tone], look["backgroundColor"]) >= AA


@pytest.mark.parametrize("tone", TONES)
def test_every_rating_can_be_read_as_text_and_has_a_shape_of_its_own(tone):
    page = CONFIG[tone]["backgroundColor"]
    for code in profile_codes():
        profile = load_profile(code)
        for bands in (profile.bands, profile.bands_of_units):
            assert len({band.shape for band in bands}) == len({band.colour.name for band in bands})
            for band in bands:
                assert contrast(band.colour.dark if tone == "dark" else band.colour.light, page) >= AA
    assert contrast(GREY[tone], page) >= AA


def test_the_first_paint_can_be_read_in_both_tones():
    grounds = re.findall(r"\.kpi-first \{[^}]*background: (#\w{6});\s*color: (#\w{6});", STYLE)
    assert len(grounds) == 2
    assert all(contrast(ground, text) >= AA for ground, text in grounds)


def test_every_font_that_the_style_names_is_ours_and_has_its_licence():
    named = set(re.findall(r'url\("([^"]+)"\)', STYLE))
    assert named == {name for name in assets.FILES if name.endswith(".woff2")}
    licences = [path.name for path in (ROOT / "ui" / "browser" / "fonts").glob("*OFL.txt")]
    assert all(any(name.startswith(licence.removesuffix("-OFL.txt")) for licence in licences) for name in named)
    assert CONFIG["font"].split(",")[0] in STYLE
    assert CONFIG["headingFont"].split(",")[0] in STYLE
