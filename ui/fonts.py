"""The bundled fonts on the screen: BIZ UDPGothic, and Noto Sans JP for what it lacks."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontDatabase

import resources

FAMILIES = ("BIZ UDPGothic", "Noto Sans JP")
BASE_POINTS = 10.5
"""The size of text at 100 percent."""

_FIRST = ("BIZUDPGothic-Regular.ttf", "BIZUDPGothic-Bold.ttf")
_LATER = ("NotoSansJP-Fallback.ttf",)


def load() -> None:
    """Make all bundled fonts known to Qt, once after the application object exists."""
    load_first()
    load_later()


def load_first() -> None:
    """Those that the window's frame is written in."""
    _load(_FIRST)


def load_later() -> None:
    """Those that only what people type may need."""
    _load(_LATER)


def _load(names: tuple[str, ...]) -> None:
    for name in names:
        QFontDatabase.addApplicationFont(str(resources.path(f"fonts/{name}")))


def application_font(text_size: int) -> QFont:
    """The font of the window at ``text_size`` percent."""
    font = QFont()
    font.setFamilies(list(FAMILIES))
    font.setPointSizeF(BASE_POINTS * text_size / 100)
    font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    return font
