"""Which reader stands behind each column of a roster."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from app.importing.roster_cells import (
    Reading,
    day,
    flag,
    guarded,
    hours,
    kana,
    list_word,
    name,
    numeric_text,
    opening,
    plain,
    text,
)
from app.importing.roster_contact_cells import mail, postal_code, telephone, web
from app.importing.safe_workbook import Value

CellReader = Callable[[Value], Reading]

READERS: Mapping[str, CellReader] = {
    "name": name,
    "short_name": guarded(plain),
    "kana": kana,
    "category": list_word,
    "district": list_word,
    "area": list_word,
    "service_type": list_word,
    "postal_code": postal_code,
    "building": guarded(plain),
    "telephone": telephone,
    "fax": telephone,
    "mail": mail,
    "web": web,
    "uses_tag": flag,
    "opening": opening,
    "opening_days": guarded(text),
    "opening_hours": guarded(hours),
    "venue": guarded(plain),
    "audience": guarded(numeric_text),
    "fee": guarded(numeric_text),
    "strengths": guarded(text),
    "offers": guarded(text),
    "member_from": day,
    "member_to": day,
    "note": guarded(numeric_text),
}
"""How the column of each name is read; address, 電話・FAX, channels and people have ways of their own."""

DETAILS: Mapping[str, CellReader] = {
    "kana": kana,
    "position_title": guarded(plain),
    "telephone": telephone,
    "mail": mail,
}
"""How what a roster says of a person beside the name is read."""
