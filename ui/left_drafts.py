"""What an earlier run of the program has left unsaved: what it is about, and where it is offered again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app import records
from app.calendar import fiscal_year_label
from app.office import Reader
from app.records import RecordKey, kind_label
from ui.navigation import PAGES
from ui.routes import page_of_kind

_PAGES = {"minutes": "meetings", "plans": "plans", "settings": "settings", "step_ruling": "steps"}
"""The page that offers drafts whose keys do not begin with the kind of a record."""

_KINDS = {"minutes": "meeting", "outcome_review": "plan_item", "step_ruling": "assessment_round"}
"""Of what the number in a key is the id, where its first word is not the kind itself."""

_WITHOUT_RECORD = ("plans", "settings", "referral")
"""Whole pages; the number of ``referral`` is a month's."""

_PARTS = {"form": "会議の情報", "agenda": "次第"}


@dataclass(frozen=True, slots=True)
class Left:
    """Something left under ``key``. ``page`` offers it: at ``topic``, or with ``record`` in view; ``fiscal_year`` where it is one's."""

    key: str
    words: str
    kept_at: datetime
    page: str
    topic: str = ""
    record: RecordKey | None = None
    fiscal_year: int | None = None


def page_of_draft(key: str) -> str | None:
    """The key of the page that offers a draft; None where none does."""
    kind = key.partition("/")[0]
    return _PAGES.get(kind) or page_of_kind(kind)


def left(reader: Reader, kept: Mapping[str, datetime]) -> tuple[Left, ...]:
    """What was kept under these keys, the latest first. Nothing is said of what no page could offer, as of a record that is gone."""
    about = {key: _record(key) for key in kept if page_of_draft(key) is not None}
    names = records.titles(reader, {one for one in about.values() if one is not None and one.id})
    found = (_left(key, kept[key], record, names) for key, record in about.items())
    return tuple(sorted((one for one in found if one is not None), key=lambda one: one.kept_at, reverse=True))


def _record(key: str) -> RecordKey | None:
    """The record of a draft; its id is 0 where it is a new one."""
    kind, _, rest = key.partition("/")
    number = rest.partition("/")[0]
    if kind in _WITHOUT_RECORD or not number.isdigit():
        return None
    return RecordKey(_KINDS.get(kind, kind), int(number))


def _left(
    key: str, kept_at: datetime, record: RecordKey | None, names: Mapping[RecordKey, str]
) -> Left | None:
    page = page_of_draft(key)
    if page is None:
        return None
    kind, *rest = key.split("/")
    if record is None:
        title = next((entry.title for entry in PAGES if entry.key == page), page)
        return Left(key, f"「{title}」の入力", kept_at, page)
    if record.id == 0:
        return Left(key, f"新しい{kind_label(record.kind)}", kept_at, page)
    if record not in names:
        return None
    name = names[record]
    if kind == "minutes":
        return Left(key, f"{name}の会議録", kept_at, page, f"minutes?meeting={record.id}")
    if kind == "meeting":
        part = rest[1]
        return Left(key, f"{name}の{_PARTS[part]}", kept_at, page, f"preparation/{part}?meeting={record.id}")
    if kind == "outcome_review":
        year = int(rest[1])
        return Left(key, f"{fiscal_year_label(year)}の{name}", kept_at, page, record=record, fiscal_year=year)
    return Left(key, name, kept_at, page, record=record)
