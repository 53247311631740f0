"""What stands in the form of a meeting: values as they are stored, and days, times and numbers as they are written."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from app.calendar import format_date, parse_date
from app.drafts import Value
from app.errors import InputError
from app.meetings.queries import MeetingRow
from app.meetings.rules import parse_time
from app.meetings.values import MeetingValues
from app.text import clean, fold

LABELS = {
    "meeting_kind_id": "会議の種類",
    "district_id": "地区",
    "number": "回",
    "title": "会議の名前",
    "held_on": "開催日",
    "starts_at": "開始",
    "ends_at": "終了",
    "place": "場所",
    "online": "オンライン",
    "theme": "テーマ",
    "for_sharing": "共有",
    "for_discussion": "話し合い",
    "for_decision": "取組・役割分担の決定",
    "for_review": "振返り",
    "chair": "司会・進行",
    "minute_taker": "記録",
    "document_number": "文書番号",
    "notified_on": "案内した日",
    "answer_by": "返信の期限",
    "invitation": "案内の文章",
    "next_meeting": "次回の予定",
    "headcount": "出席人数",
    "note": "備考",
}
"""What each field is called, in the order of the form."""

PURPOSES = ("for_sharing", "for_discussion", "for_decision", "for_review")

TEXTS = (
    "title",
    "place",
    "online",
    "theme",
    "chair",
    "minute_taker",
    "document_number",
    "invitation",
    "next_meeting",
    "note",
)


def read_number(text: str) -> int | None:
    """The whole number that a person wrote in any width (第2回, ２); None for an empty text. InputError where it is none."""
    plain = re.sub(r"[\s第回人名分,]", "", fold(text))
    if not plain:
        return None
    if not re.fullmatch(r"\d{1,6}", plain):
        raise InputError(f"「{text.strip()}」は数として読めません。", "数字で入力してください（例：2）。")
    return int(plain)


def _read_day(text: str) -> date | None:
    return parse_date(text) if text.strip() else None


def _written(value: date | int | str | None) -> str:
    if isinstance(value, date):
        return format_date(value)
    return "" if value is None else str(value)


READ: Mapping[str, Callable[[str], Any]] = {
    "number": read_number,
    "held_on": _read_day,
    "starts_at": parse_time,
    "ends_at": parse_time,
    "notified_on": _read_day,
    "answer_by": _read_day,
    "headcount": read_number,
}
"""Fields that are text until they are saved, and how they are read."""


@dataclass(frozen=True, slots=True)
class Typed:
    """The fields as they stand; ``entered`` are the texts of ``READ`` in its order, and ``values`` has none of them."""

    values: MeetingValues
    entered: tuple[str, ...]

    def ready(self) -> MeetingValues:
        """As the operation takes it. InputError where a day, time or number cannot be read; it names the field."""
        found: dict[str, Any] = {}
        for name, text in zip(READ, self.entered, strict=True):
            try:
                found[name] = READ[name](text)
            except InputError as error:
                raise InputError(f"{LABELS[name]}：{error.message}", error.advice) from error
        return replace(self.values, **found)

    def means(self) -> Typed:
        """The same in one spelling, so that only what differs in meaning differs."""
        return Typed(
            self.values,
            tuple(_spelled(name, text) for name, text in zip(READ, self.entered, strict=True)),
        )

    def text_of(self, name: str) -> str:
        """The text of a field of ``READ``."""
        return self.entered[list(READ).index(name)]

    def draft(self) -> dict[str, Value]:
        """As plain values that can be kept against a crash."""
        kept: dict[str, Value] = {name: getattr(self.values, name) for name in _PLAIN}
        return kept | {"entered": list(self.entered)}

    @classmethod
    def of_draft(cls, kept: Mapping[str, Value], stored: Typed) -> Typed:
        """From what was kept; what is missing there stays as it is stored."""
        known: dict[str, Any] = {name: kept[name] for name in _PLAIN if name in kept}
        entered = kept.get("entered")
        is_whole = isinstance(entered, list) and len(entered) == len(READ)
        return cls(replace(stored.values, **known), tuple(entered) if is_whole else stored.entered)  # type: ignore[arg-type]


_PLAIN = tuple(one.name for one in fields(MeetingValues) if one.name not in READ)


def typed_of(row: MeetingRow | MeetingValues) -> Typed:
    """The form as it opens on what the ledger holds, or on what a new meeting begins with."""
    plain = {name: getattr(row, name) for name in _PLAIN}
    plain |= {name: tidy(plain[name]) for name in TEXTS}
    return Typed(MeetingValues(**plain), tuple(_written(getattr(row, name)) for name in READ))


def tidy(text: str) -> str:
    """The text of a field as it may be stored."""
    return clean(text).strip()


def merged(begun: Typed, mine: Typed, theirs: Typed) -> Typed | None:
    """``mine`` over ``theirs``, field by field, seen from where typing ``begun``; None where both have changed the same field."""
    begun, theirs = begun.means(), theirs.means()
    spelled = mine.means()
    values: dict[str, Any] = {}
    entered = []
    for name in (*_PLAIN, *READ):
        before, typed, other = (_value(one, name) for one in (begun, spelled, theirs))
        if typed not in (before, other) and other != before:
            return None
        chosen = theirs if typed == before else mine
        if name in READ:
            entered.append(chosen.text_of(name))
        else:
            values[name] = _value(chosen, name)
    return Typed(MeetingValues(**values), tuple(entered))


def differing(mine: Typed, theirs: Typed, names: Mapping[str, Mapping[int, str]]) -> list[tuple[str, str]]:
    """The fields in which another's text differs from what was typed: their labels, and the other's text.

    ``names`` are the words behind the ids of ``meeting_kind_id`` and ``district_id``.
    """
    mine, theirs = mine.means(), theirs.means()
    return [
        (label, _words(_value(theirs, name), names.get(name)) or "（空）")
        for name, label in LABELS.items()
        if _value(theirs, name) != _value(mine, name)
    ]


def _value(typed: Typed, name: str) -> object:
    return typed.text_of(name) if name in READ else getattr(typed.values, name)


def _words(value: object, names: Mapping[int, str] | None) -> str:
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    if names is not None:
        return names.get(value, "") if isinstance(value, int) else ""
    return str(value or "")


def _spelled(name: str, text: str) -> str:
    try:
        return _written(READ[name](text))
    except InputError:
        return text.strip()
