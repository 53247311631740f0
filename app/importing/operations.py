"""Keeping what the office tells about the files it takes in."""

from __future__ import annotations

import json
from collections.abc import Mapping

from app.importing.headings import heading_key
from app.importing.queries import columns_setting
from app.office import Unit
from db.schema.office import Setting


def remember(unit: Unit, name: str, mapping: Mapping[str, str]) -> None:
    """Keep in the setting ``name`` what headings hold: the key of a field (empty: not read) by the heading."""
    value = json.dumps({heading_key(head): key for head, key in mapping.items()}, ensure_ascii=False)
    setting_id = columns_setting(unit, name)
    if setting_id is None:
        unit.add(Setting(name=name, value=value))
        return
    setting = unit.get(Setting, setting_id)
    if setting.value != value:
        setting.value = value
