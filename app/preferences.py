"""What one person has chosen on one computer: it stays there and is no part of the ledger."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import NamedTuple

from platformdirs import user_config_path

THEMES = (("system", "パソコンの設定に合わせる"), ("light", "明るい"), ("dark", "暗い"))
TEXT_SIZES = (90, 100, 110, 125, 150, 175, 200)
"""Text sizes in percent."""


class Preferences(NamedTuple):
    """What was chosen; a named tuple, since this is read before the window is painted and loads little.

    ``geometry`` is the window's place as Qt wrote it, in base 64; ``roster_columns`` the columns of the list of
    organisations, parted by commas; ``week_begins`` is ``monday`` where the calendar does; empty texts mean that nothing was
    chosen yet.
    """

    theme: str = "system"
    text_size: int = 100
    backup_folder: str = ""
    last_ledger: str = ""
    geometry: str = ""
    roster_columns: str = ""
    week_begins: str = ""


def _file() -> Path:
    return user_config_path("tsunagari", appauthor=False) / "preferences.json"


def load() -> Preferences:
    """The preferences kept on this computer; defaults for what is missing, unknown or unreadable."""
    try:
        stored = json.loads(_file().read_text("utf-8"))
    except (OSError, ValueError):
        return Preferences()
    if not isinstance(stored, dict):
        return Preferences()
    default = Preferences()
    known = {
        name: stored[name]
        for name, value in default._asdict().items()
        if type(stored.get(name)) is type(value)
    }
    return Preferences(**known)


def save(preferences: Preferences) -> None:
    """Keep them. Raises OSError where the folder cannot be written."""
    target = _file()
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_suffix(".new")
    beside.write_text(json.dumps(preferences._asdict(), ensure_ascii=False, indent=1), "utf-8")
    os.replace(beside, target)
