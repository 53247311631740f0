"""Changing what the office has set."""

from __future__ import annotations

import json
from dataclasses import fields

from sqlalchemy import select

from app.errors import InputError
from app.office import Unit, operation
from app.settings.queries import OfficeSettings
from app.settings.rules import document_number
from db.schema.office import Setting


@operation("設定を変更")
def save_settings(unit: Unit, values: OfficeSettings) -> None:
    """Write the settings that differ. InputError where the network has no name or the 文書番号 pattern cannot be filled."""
    if not values.issuer.strip():
        raise InputError("連絡会の名前が空です。", "帳票の発行者になる名前を入力してください。")
    document_number(values.document_number_pattern, 2026, 1)
    stored = {row.name: row.id for row in unit.rows(select(Setting.id, Setting.name))}
    for field in fields(OfficeSettings):
        value = json.dumps(getattr(values, field.name), ensure_ascii=False)
        if field.name not in stored:
            unit.add(Setting(name=field.name, value=value))
            continue
        setting = unit.get(Setting, stored[field.name])
        if setting.value != value:
            setting.value = value
