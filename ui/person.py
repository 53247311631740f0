"""The person at this computer: what they chose for themselves, kept here and announced to whoever must look different."""

from __future__ import annotations

import contextlib
from typing import Any

from PySide6.QtCore import QObject, Signal

from app import preferences
from app.preferences import Preferences


class Person(QObject):
    """Holds the preferences; ``choose`` changes some of them. ``is_kept`` is false for one who leaves nothing behind (a test)."""

    changed = Signal(object)
    """The Preferences, after something was chosen."""

    def __init__(
        self, chosen: Preferences | None = None, is_kept: bool = False, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.preferences = chosen or Preferences()
        self._is_kept = is_kept

    def choose(self, **changes: Any) -> None:
        """Change preferences by their names. A folder that cannot be written is no reason to stop: they hold until the end."""
        chosen = self.preferences._replace(**changes)
        if chosen == self.preferences:
            return
        self.preferences = chosen
        if self._is_kept:
            with contextlib.suppress(OSError):
                preferences.save(chosen)
        self.changed.emit(chosen)
