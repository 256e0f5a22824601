"""The theme is readable in light and dark: contrast computed from the settings themselves."""

from __future__ import annotations

import tomllib
from itertools import combinations
from pathlib import Path

import pytest

THEME = tomllib.loads((Path(__file__).parents[2] / ".streamlit/config.toml").read_text(encoding="utf-8"))["theme"]
MODES = ("light", "dark")
HUES = ("red", "orange", "yellow", "green", "blue", "gray")
WHITE = "#FFFFFF"

#: Linear red, green and blue as seen without one kind of cone (Machado, Oliveira and Fernandes 2009, severity 1).
CONES = {
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
}


def channels(color: str) -> list[float]:
    return [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]


def linear(color: str) -> list[float]:
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels(color)]


def luminance(color: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear(color), strict=True))


def contrast(one: str, other: str) -> float:
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def blended(color: str, ground: str, opacity: float) -> str:
    mixed = [opacity * c + (1 - opacity) * g for c, g in zip(channels(color), channels(ground), strict=True)]
    return "#" + "".join(f"{round(255 * c):02X}" for c in mixed)


def seen(color: str, kind: str) -> tuple[float, float, float]:
    """L*, a*, b* of a colour as seen without the given cone."""
    rgb = [max(0.0, min(1.0, sum(w * c for w, c in zip(row, linear(color), strict=True)))) for row in CONES[kind]]
    rows = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    xyz = [sum(w * c for w, c in zip(row, rgb, strict=True)) for row in rows]
    x, y, z = (
        t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (xyz[0] / 0.9505, xyz[1], xyz[2] / 1.089)
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def distance(one: str, other: str, kind: str) -> float:
    pairs = zip(seen(one, kind), seen(other, kind), strict=True)
    return sum((a - b) ** 2 for a, b in pairs) ** 0.5


def test_the_formula_gives_the_published_contrasts():
    assert contrast("#000000", WHITE) == pytest.approx(21.0)
    assert contrast("#767676", WHITE) == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("ground", ["backgroundColor", "secondaryBackgroundColor"])
def test_text_and_links_are_readable_on_every_ground(mode, ground):
    colors = THEME[mode]
    assert contrast(colors["textColor"], colors[ground]) >= 7
    assert contrast(colors["linkColor"], colors[ground]) >= 4.5
    assert contrast(colors["codeTextColor"], colors["codeBackgroundColor"]) >= 4.5


@pytest.mark.parametrize("mode", MODES)
def test_captions_are_readable_although_they_are_faded(mode):
    colors = THEME[mode]
    assert contrast(blended(colors["textColor"], colors["backgroundColor"], 0.6), colors["backgroundColor"]) >= 4.5


@pytest.mark.parametrize("mode", MODES)
def test_the_text_of_a_main_button_and_the_button_itself_stand_out(mode):
    colors = THEME[mode]
    assert contrast(WHITE, colors["primaryColor"]) >= 4.5
    # The colour of chosen words too. White on it and it on a dark page cannot both reach 4.5.
    assert contrast(colors["primaryColor"], colors["backgroundColor"]) >= 4.2


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("hue", HUES)
def test_badges_and_messages_are_readable(mode, hue):
    colors = THEME[mode]
    assert contrast(colors[f"{hue}TextColor"], colors[f"{hue}BackgroundColor"]) >= 4.5
    assert contrast(colors[f"{hue}TextColor"], colors["backgroundColor"]) >= 4.5


@pytest.mark.parametrize("mode", MODES)
def test_table_headers_are_readable(mode):
    colors = THEME[mode]
    assert contrast(colors["dataframeHeaderTextColor"], colors["dataframeHeaderBackgroundColor"]) >= 4.5


@pytest.mark.parametrize("mode", MODES)
def test_every_chart_colour_stands_out_from_the_page(mode):
    colors = THEME[mode]
    assert [c for c in colors["chartCategoricalColors"] if contrast(c, colors["backgroundColor"]) < 4.5] == []


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("kind", CONES)
def test_chart_colours_stay_apart_for_the_colour_blind(mode, kind):
    pairs = combinations(THEME[mode]["chartCategoricalColors"], 2)
    assert [(a, b) for a, b in pairs if distance(a, b, kind) < 10] == []


def test_no_font_is_fetched_from_elsewhere():
    assert "http" not in THEME["font"] + THEME["headingFont"] + THEME["codeFont"]
    assert "fontFaces" not in THEME
