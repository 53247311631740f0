"""The fonts on the screen: what the tests draw comes from the bundled fonts alone, so that a missing glyph shows."""

from __future__ import annotations

from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication

import resources

# The names that fontconfig always lists, whether a font stands behind them or not.
GENERIC = {"Monospace", "Sans Serif", "Serif"}


def test_no_font_of_the_machine_is_found(qapp: QApplication) -> None:
    bundled = {
        family
        for number in map(
            QFontDatabase.addApplicationFont, map(str, sorted(resources.path("fonts").glob("*.ttf")))
        )
        for family in QFontDatabase.applicationFontFamilies(number)
    }
    assert {"BIZ UDPGothic", "Noto Sans JP"} <= bundled
    assert set(QFontDatabase.families()) - GENERIC <= bundled
