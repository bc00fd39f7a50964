"""The colours: readable by day, by night and on paper, whoever reads."""

import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).resolve().parents[2] / "workflow" / "static" / "css" / "tokens.css"
LEAST_FOR_TEXT = 4.5
LEAST_FOR_EDGES = 3.0

#: What is written in which colour on which ground, somewhere on the pages.
WRITTEN = [
    *(("ink", ground) for ground in ("paper", "sheet", "wash", "amber-wash", "alarm-wash", "baize-wash")),
    *(("muted", ground) for ground in ("paper", "sheet", "wash", "amber-wash")),
    *(("baize", ground) for ground in ("paper", "sheet", "wash", "baize-wash", "alarm-wash")),
    *(("on-baize", ground) for ground in ("baize", "baize-strong")),
    *(("amber", ground) for ground in ("sheet", "amber-wash")),
    *(("alarm", ground) for ground in ("sheet", "alarm-wash")),
    *((f"side-{order}", f"side-{order}-wash") for order in (1, 2, 3)),
    *(("ink", f"side-{order}-wash") for order in (1, 2, 3)),
    ("inserted", "inserted-wash"),
    ("deleted", "deleted-wash"),
]
#: The lines that show where something can be typed, pressed or told apart.
DRAWN = [
    *(("edge", ground) for ground in ("paper", "sheet")),
    *((f"side-{order}", "sheet") for order in (1, 2, 3)),
    ("baize", "sheet"),
    ("inserted-line", "sheet"),
]


def _colours(css: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", css))


def _themes() -> dict[str, dict[str, str]]:
    light, _, rest = TOKENS.read_text().partition("@media (prefers-color-scheme: dark)")
    dark, _, paper = rest.partition("@media print")
    day = _colours(light)
    return {"light": day, "dark": day | _colours(dark), "print": day | _colours(paper)}


def _luminance(colour: str) -> float:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of WCAG 2.2 between two colours."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_black_on_white_has_the_greatest_contrast_there_is() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("theme", ["light", "dark", "print"])
def test_text_is_readable_on_every_ground_it_stands_on(theme: str) -> None:
    colours = _themes()[theme]
    faint = {pair: round(contrast(*(colours[name] for name in pair)), 2) for pair in WRITTEN}
    assert {pair: ratio for pair, ratio in faint.items() if ratio < LEAST_FOR_TEXT} == {}


@pytest.mark.parametrize("theme", ["light", "dark", "print"])
def test_lines_that_mean_something_can_be_seen(theme: str) -> None:
    colours = _themes()[theme]
    faint = {pair: round(contrast(*(colours[name] for name in pair)), 2) for pair in DRAWN}
    assert {pair: ratio for pair, ratio in faint.items() if ratio < LEAST_FOR_EDGES} == {}


def test_the_night_gives_every_colour_of_the_day_a_value_of_its_own() -> None:
    light, _, rest = TOKENS.read_text().partition("@media (prefers-color-scheme: dark)")
    assert _colours(rest.partition("@media print")[0]).keys() == _colours(light).keys()
