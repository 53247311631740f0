"""The colours of the window: readable in light and in dark, and dressed onto the widgets."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reports import palette
from reports.document import Ink
from ui import fonts, icons, theme
from ui.theme import DARK, LIGHT, Tokens
from ui.widgets.button import Button

TEXTS = [
    ("text", ("ground", "surface", "sunken", "hover")),
    ("muted", ("ground", "surface", "sunken")),
    ("accent_text", ("ground", "surface", "sunken")),
    ("on_accent", ("accent", "accent_hover", "accent_pressed")),
    ("on_accent_soft", ("accent_soft",)),
    ("problem", ("ground", "surface", "problem_soft")),
    ("done", ("ground", "surface", "done_soft")),
]


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "grounds"), TEXTS)
def test_text_can_be_read_on_every_ground_it_stands_on(
    colours: Tokens, ink: str, grounds: tuple[str, ...]
) -> None:
    for ground in grounds:
        contrast = palette.contrast(getattr(colours, ink), getattr(colours, ground))
        assert contrast >= 4.5, f"{ink} on {ground}: {contrast:.2f}"


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_edges_of_fields_and_the_focus_ring_can_be_seen(colours: Tokens) -> None:
    for ground in (colours.ground, colours.surface):
        assert palette.contrast(colours.line_strong, ground) >= 3
        assert palette.contrast(colours.accent_text, ground) >= 3


def test_accent_is_the_one_of_the_papers() -> None:
    assert LIGHT.accent == palette.colour(Ink.ACCENT)


@pytest.mark.parametrize("size", [90, 100, 200])
def test_style_sheet_is_filled_in_completely_and_grows_with_the_text(size: int) -> None:
    sheet = theme.stylesheet(DARK, size)
    assert "$" not in sheet
    assert f"font-size: {fonts.BASE_POINTS * size / 100 * 1.5:.1f}pt" in sheet


def test_dark_and_light_follow_the_choice(qapp: QApplication) -> None:
    theme.apply(qapp, "dark", 150)
    try:
        assert theme.tokens() is DARK
        assert qapp.font().pointSizeF() == pytest.approx(fonts.BASE_POINTS * 1.5)
    finally:
        theme.apply(qapp, "light", 100)
    assert theme.tokens() is LIGHT


def test_text_is_set_in_the_bundled_font(qapp: QApplication) -> None:
    assert QFontInfo(qapp.font()).family() == "BIZ UDPGothic"


def test_icon_takes_the_colours_of_the_theme(qapp: QApplication) -> None:
    def ink(name: str) -> str:
        image = icons.pixmap("home", 32, name).toImage()
        darkest = max(
            (image.pixelColor(x, y) for x in range(32) for y in range(32)), key=lambda colour: colour.alpha()
        )
        return darkest.name().upper()

    assert ink("text") == LIGHT.text
    theme.apply(qapp, "dark", 100)
    try:
        assert ink("text") == DARK.text
    finally:
        theme.apply(qapp, "light", 100)


def test_button_with_an_ampersand_shows_it(qtbot: QtBot) -> None:
    button = Button("A & B", name="A & B")
    qtbot.addWidget(button)
    assert button.text() == "A && B"
    assert button.accessibleName() == "A & B"
