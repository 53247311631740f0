"""The bundled fonts on the screen: BIZ UDPGothic, and Noto Sans JP for what it lacks."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontDatabase

import resources

FAMILIES = ("BIZ UDPGothic", "Noto Sans JP")
BASE_POINTS = 10.5
"""The size of text at 100 percent."""

_FILES = ("BIZUDPGothic-Regular.ttf", "BIZUDPGothic-Bold.ttf", "NotoSansJP-Fallback.ttf")


def load() -> None:
    """Make the bundled fonts known to Qt, once after the application object exists."""
    for name in _FILES:
        QFontDatabase.addApplicationFont(str(resources.path(f"fonts/{name}")))


def application_font(text_size: int) -> QFont:
    """The font of the window at ``text_size`` percent."""
    font = QFont()
    font.setFamilies(list(FAMILIES))
    font.setPointSizeF(BASE_POINTS * text_size / 100)
    font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    return font
