"""What the office has set."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields

from sqlalchemy import select

from app.calendar import DateStyle
from app.office import Reader
from db.schema.office import Setting


@dataclass(frozen=True, slots=True)
class OfficeSettings:
    """Who issues the papers, and how dates and numbers stand on them.

    ``network_name`` is the network in whose name papers go out, ``office_name`` its secretariat; ``is_sample`` marks every
    paper 見本.
    """

    network_name: str = ""
    office_name: str = ""
    department: str = ""
    contact: str = ""
    document_number_pattern: str = ""
    date_style: DateStyle = DateStyle.WAREKI
    is_sample: bool = False

    @property
    def issuer(self) -> str:
        """Whose name stands on papers."""
        return self.network_name or self.office_name


def settings(reader: Reader) -> OfficeSettings:
    """The settings of this ledger; what has never been set has its default."""
    stored = {row.name: json.loads(row.value) for row in reader.rows(select(Setting.name, Setting.value))}
    known = {field.name: stored[field.name] for field in fields(OfficeSettings) if field.name in stored}
    if "date_style" in known:
        known["date_style"] = DateStyle(known["date_style"])
    return OfficeSettings(**known)
