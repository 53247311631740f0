"""The colours of paper and screen: one hex value for each ink, and the text colour that can be read on it.

Pure values, no drawing library. The accent is 牡丹. The levels are one hue whose luminance falls step by step, so that their order
survives a black and white copy; the word always stands beside the colour.
"""

from __future__ import annotations

from types import MappingProxyType

from reports.document import Ink

COLOURS = MappingProxyType(
    {
        Ink.TEXT: "#1F1B1D",
        Ink.MUTED: "#625B5F",
        Ink.ACCENT: "#A8326E",
        Ink.WARNING: "#9A3B00",
        Ink.LEVEL_0: "#FBEFF5",
        Ink.LEVEL_1: "#F0C6DB",
        Ink.LEVEL_2: "#DE93B8",
        Ink.LEVEL_3: "#B84A84",
        Ink.LEVEL_4: "#7A1E4E",
        Ink.NOT_ASSESSED: "#D5D3D4",
        Ink.BLANK: "#FFFFFF",
    }
)
"""The colour of each ink as #RRGGBB. ``BLANK`` is the paper itself and needs a border where it stands for something."""

RULE = "#BDB5B9"
"""Thin rules between rows."""

RULE_STRONG = "#6E656A"
"""Rules that close a head or a total, and the borders of bars."""

GROUND = "#F5F1F3"
"""The ground of table heads and quiet boxes."""

GROUND_DEEP = "#E9E2E6"
"""The ground of group rows."""

_DARK = COLOURS[Ink.TEXT]
_LIGHT = "#FFFFFF"


def colour(ink: Ink) -> str:
    """The hex colour (#RRGGBB) of ``ink``."""
    return COLOURS[ink]


def rgb(hex_colour: str) -> tuple[float, float, float]:
    """#RRGGBB as three numbers from 0 to 1."""
    value = int(hex_colour.removeprefix("#"), 16)
    return (value >> 16) / 255, (value >> 8 & 255) / 255, (value & 255) / 255


def luminance(hex_colour: str) -> float:
    """The relative luminance, 0 (black) to 1 (white), as WCAG 2.2 defines it."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in rgb(hex_colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21, as WCAG 2.2 defines it."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def on(ink: Ink) -> str:
    """The text colour that reads best on a ground of ``ink``: at least 4.5 : 1."""
    ground = COLOURS[ink]
    return max((_DARK, _LIGHT), key=lambda text: contrast(text, ground))
