"""How the window looks: one table of colours for light and dark, and everything that is made from it.

A widget that paints asks ``tokens()``; everything else is dressed by the style sheet, by its ``look`` property.
"""

from __future__ import annotations

from string import Template
from typing import NamedTuple

from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

import resources
from ui import fonts


class Tokens(NamedTuple):
    """The colours of the window as #RRGGBB, named by what they are for.

    ``on_…`` is text on that ground; ``accent`` fills, ``accent_text`` writes and draws on ground and surface.
    A named tuple: a dataclass of this size takes a tenth of the time to the first paint.
    """

    ground: str
    surface: str
    sunken: str
    hover: str
    line: str
    line_strong: str
    text: str
    muted: str
    accent: str
    accent_hover: str
    accent_pressed: str
    on_accent: str
    accent_text: str
    accent_soft: str
    on_accent_soft: str
    problem: str
    problem_soft: str
    done: str
    done_soft: str
    disabled: str
    handle: str


LIGHT = Tokens(
    ground="#F6F4F2",
    surface="#FFFFFF",
    sunken="#EFEBE9",
    hover="#E9E4E2",
    line="#DED8D5",
    line_strong="#8C8387",
    text="#1F1B1D",
    muted="#625B5F",
    accent="#A8326E",
    accent_hover="#932B60",
    accent_pressed="#7A1E4E",
    on_accent="#FFFFFF",
    accent_text="#A8326E",
    accent_soft="#F6E6EE",
    on_accent_soft="#7A1E4E",
    problem="#9A3B00",
    problem_soft="#FCEFE5",
    done="#1B6146",
    done_soft="#E6F2EC",
    disabled="#A39B9E",
    handle="#C4BCBF",
)

DARK = Tokens(
    ground="#1A1819",
    surface="#242122",
    sunken="#2E2A2C",
    hover="#383335",
    line="#3F393C",
    line_strong="#8F868A",
    text="#F2EDEF",
    muted="#BDB4B8",
    accent="#B63F7C",
    accent_hover="#BF4884",
    accent_pressed="#9C3269",
    on_accent="#FFFFFF",
    accent_text="#F0A3C7",
    accent_soft="#46293A",
    on_accent_soft="#F9D6E6",
    problem="#F4B183",
    problem_soft="#402B1D",
    done="#8AD3AE",
    done_soft="#1F372C",
    disabled="#776F73",
    handle="#5A5256",
)


def tokens() -> Tokens:
    """The colours in use now."""
    return DARK if QGuiApplication.palette().window().color().lightness() < 128 else LIGHT


def apply(app: QApplication, theme: str, text_size: int) -> None:
    """Dress the program: ``theme`` is light, dark or system; ``text_size`` in percent."""
    is_dark = theme == "dark" or (theme == "system" and _is_system_dark(app))
    chosen = DARK if is_dark else LIGHT
    app.setFont(fonts.application_font(text_size))
    app.setPalette(_palette(chosen))
    app.setStyleSheet(stylesheet(chosen, text_size))


def frame(app: QApplication, theme: str) -> None:
    """Let the system draw the window's own frame to match; after the first paint, since it loads ``Qt``."""
    from PySide6.QtCore import Qt

    schemes = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
    app.styleHints().setColorScheme(schemes.get(theme, Qt.ColorScheme.Unknown))


def _is_system_dark(app: QApplication) -> bool:
    return app.style().standardPalette().window().color().lightness() < 128


def stylesheet(chosen: Tokens, text_size: int) -> str:
    """The style sheet made from the colours and the text size in percent."""
    template = Template(resources.path("style/window.qss").read_text("utf-8"))
    points = fonts.BASE_POINTS * text_size / 100
    sizes = {
        "size_small": f"{points * 0.9:.1f}pt",
        "size_base": f"{points:.1f}pt",
        "size_section": f"{points * 1.15:.1f}pt",
        "size_title": f"{points * 1.5:.1f}pt",
        "size_figure": f"{points * 2:.1f}pt",
        "arrow": f"{round(14 * text_size / 100)}px",
        "drop": f"{round(26 * text_size / 100)}px",
        "indicator": f"{round(16 * text_size / 100)}px",
        "scroll": f"{round(12 * min(text_size, 150) / 100)}px",
        "style": resources.path("style").as_posix(),
    }
    return template.substitute(chosen._asdict(), **sizes)


def set_look(widget: QWidget, look: str) -> None:
    """Dress ``widget`` as ``look`` of the style sheet; one that has been dressed before is dressed anew at once."""
    before = widget.property("look")
    if before == look:
        return
    widget.setProperty("look", look)
    if before is not None or widget.isVisible():
        # A widget just made is dressed when it is first shown; loading QStyle for it takes a tenth of the time to the first paint.
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def _palette(chosen: Tokens) -> QPalette:
    roles = QPalette.ColorRole
    colours = {
        roles.Window: chosen.ground,
        roles.WindowText: chosen.text,
        roles.Base: chosen.surface,
        roles.AlternateBase: chosen.sunken,
        roles.Text: chosen.text,
        roles.Button: chosen.surface,
        roles.ButtonText: chosen.text,
        roles.BrightText: chosen.on_accent,
        roles.ToolTipBase: chosen.text,
        roles.ToolTipText: chosen.surface,
        roles.PlaceholderText: chosen.muted,
        roles.Highlight: chosen.accent,
        roles.HighlightedText: chosen.on_accent,
        roles.Accent: chosen.accent_text,
        roles.Link: chosen.accent_text,
        roles.LinkVisited: chosen.accent_text,
        roles.Light: chosen.surface,
        roles.Midlight: chosen.hover,
        roles.Mid: chosen.line,
        roles.Dark: chosen.line_strong,
    }
    palette = QPalette()
    for role, colour in colours.items():
        palette.setColor(role, QColor(colour))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(chosen.disabled))
    return palette
