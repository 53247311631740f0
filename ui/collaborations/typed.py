"""What stands in the form of a 連携した取組: values as they are stored, days and numbers as they are written."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import Any

from app.calendar import format_date, parse_date
from app.collaborations.operations import CollaborationValues, PartnerValues
from app.collaborations.queries import CollaborationRow
from app.drafts import Value
from app.errors import InputError
from app.text import clean
from db.vocabulary import CollaborationState
from ui.collaborations.activity import ActivityTyped, activity_words, read, spelled

LABELS = {
    "title": "取組の名称",
    "step_number": "連携ステップ",
    "state": "状態",
    "district_id": "地区",
    "started_on": "始めた日",
    "ended_on": "終えた日",
    "origin": "きっかけ",
    "issue": "課題",
    "aim": "共有した目的",
    "image": "取組のイメージ",
    "partners": "役割分担",
    "activities": "取組の経過",
    "result": "成果",
    "learned": "振り返り",
    "reviewed_on": "振り返った日",
    "next_step": "次に取り組むこと",
    "topics": "関係する到達イメージ",
    "note": "備考",
}
"""What each field is called, in the order of the form."""

NARRATIVE = ("origin", "issue", "aim", "image", "result", "learned", "next_step", "note")
"""Fields of several lines."""

LONGEST_LINE = 200
"""So many characters the ledger takes where one line is written."""

_DAYS = ("started_on", "ended_on", "reviewed_on")


@dataclass(frozen=True, slots=True)
class Typed:
    """The fields as they stand; days are text."""

    title: str = ""
    step_number: int | None = None
    state: CollaborationState = CollaborationState.PLANNED
    district_id: int | None = None
    started_on: str = ""
    ended_on: str = ""
    origin: str = ""
    issue: str = ""
    aim: str = ""
    image: str = ""
    result: str = ""
    learned: str = ""
    next_step: str = ""
    reviewed_on: str = ""
    note: str = ""
    partners: tuple[PartnerValues, ...] = ()
    activities: tuple[ActivityTyped, ...] = ()
    topics: tuple[int, ...] = ()

    def ready(self, stored: Typed) -> CollaborationValues:
        """As the operation takes it over ``stored``. InputError where a field cannot be read; it names the field."""
        kept = self.with_ids_of(stored)
        days: dict[str, Any] = {
            name: read(LABELS[name], parse_date, getattr(self, name), name) for name in _DAYS
        }
        plain = {name: getattr(self, name) for name in _PLAIN if name not in _DAYS}
        return CollaborationValues(
            **plain,
            **days,
            partners=tuple(one for one in kept.partners if not is_nobody(one)),
            activities=tuple(
                one.ready(number) for number, one in enumerate(kept.activities, 1) if not one.is_empty
            ),
            topics=self.topics,
        )

    def with_ids_of(self, stored: Typed) -> Typed:
        """The same without the ids of partners and activities that the ledger does not hold any more."""
        partners = {one.id for one in stored.partners}
        activities = {one.id for one in stored.activities}
        return replace(
            self,
            partners=tuple(one if one.id in partners else replace(one, id=None) for one in self.partners),
            activities=tuple(
                one if one.id in activities else replace(one, id=None) for one in self.activities
            ),
        )

    def means(self) -> Typed:
        """The same in one spelling, so that only what differs in meaning differs."""
        activities = [one.means() for one in self.activities if not one.is_empty]
        days: dict[str, Any] = {name: spelled(getattr(self, name)) for name in _DAYS}
        return replace(
            self,
            **days,
            partners=tuple(replace(one, id=None) for one in self.partners if not is_nobody(one)),
            activities=tuple(sorted(activities, key=lambda one: _order(one.held_on))),
            topics=tuple(sorted(self.topics)),
        )

    def draft(self) -> dict[str, Value]:
        """As plain values that can be kept against a crash."""
        kept: dict[str, Value] = {name: getattr(self, name) for name in _PLAIN if name != "state"}
        return kept | {
            "state": self.state.value,
            "topics": [str(one) for one in self.topics],
            "partners": [json.dumps(asdict(one), ensure_ascii=False) for one in self.partners],
            "activities": [json.dumps(asdict(one), ensure_ascii=False) for one in self.activities],
        }

    @classmethod
    def of_draft(cls, kept: Mapping[str, Value], stored: Typed) -> Typed:
        """From what was kept; what is missing there stays as it is stored."""
        known: dict[str, Any] = {name: kept[name] for name in _PLAIN if name in kept}
        if "state" in known:
            known["state"] = CollaborationState(known["state"])
        parts: dict[str, Callable[[str], Any]] = {
            "topics": int,
            "partners": lambda text: PartnerValues(**json.loads(text)),
            "activities": lambda text: ActivityTyped(**json.loads(text)),
        }
        for name, made in parts.items():
            texts = kept.get(name)
            if isinstance(texts, list):
                known[name] = tuple(made(text) for text in texts)
        return replace(stored, **known).with_ids_of(stored)


_PLAIN = tuple(one.name for one in fields(Typed) if one.name not in ("partners", "activities", "topics"))


def tidy(text: str) -> str:
    """The text of a field as it may be stored."""
    return clean(text).strip()


def typed_of(row: CollaborationRow) -> Typed:
    """The form as it opens on what the ledger holds."""
    plain = {name: getattr(row, name) for name in _PLAIN if name not in _DAYS}
    plain |= {name: tidy(plain[name]) for name in ("title", *NARRATIVE)}
    plain |= {name: _written(getattr(row, name)) for name in _DAYS}
    return Typed(
        **plain,
        partners=tuple(
            PartnerValues(
                id=one.id,
                organisation_id=one.organisation_id,
                name="" if one.organisation_id is not None else one.name,
                role=tidy(one.role),
                is_lead=one.is_lead,
            )
            for one in row.partners
        ),
        activities=tuple(
            ActivityTyped(
                _written(one.held_on),
                one.title,
                one.place,
                _number(one.families),
                _number(one.participants),
                _number(one.staff),
                tidy(one.note),
                one.id,
            )
            for one in row.activities
        ),
        topics=row.topics,
    )


def merged(begun: Typed, mine: Typed, theirs: Typed) -> Typed | None:
    """``mine`` over ``theirs``, field by field, seen from where typing ``begun``; None where both have changed the same field."""
    before, typed, other = begun.means(), mine.means(), theirs.means()
    chosen: dict[str, Any] = {}
    for one in fields(Typed):
        values = [getattr(part, one.name) for part in (before, typed, other)]
        if values[1] not in (values[0], values[2]) and values[2] != values[0]:
            return None
        chosen[one.name] = getattr(theirs if values[1] == values[0] else mine, one.name)
    return Typed(**chosen)


def differing(mine: Typed, theirs: Typed, names: Mapping[str, Mapping[int, str]]) -> list[tuple[str, str]]:
    """The fields in which another's text differs from what was typed: their labels, and the other's text.

    ``names`` are the words behind the ids of ``organisation`` and ``district_id``, and the numbers of ``step_number``.
    """
    mine, theirs = mine.means(), theirs.means()
    return [
        (label, _words(theirs, name, names) or "（空）")
        for name, label in LABELS.items()
        if getattr(mine, name) != getattr(theirs, name)
    ]


def partner_words(one: PartnerValues, organisations: Mapping[int, str]) -> str:
    """A partner in one line: who it is, what it does, and whether it leads."""
    name = one.name if one.organisation_id is None else organisations.get(one.organisation_id, "")
    lead = "（とりまとめ）" if one.is_lead else ""
    return f"{name}{lead}{f'：{one.role}' if one.role else ''}"


def _words(typed: Typed, name: str, names: Mapping[str, Mapping[int, str]]) -> str:
    value = getattr(typed, name)
    match name:
        case "state":
            return str(value.label)
        case "partners":
            return "／".join(partner_words(one, names["organisation"]) for one in typed.partners)
        case "activities":
            return "／".join(activity_words(one) for one in typed.activities)
        case "topics":
            return f"{len(typed.topics)}件" if typed.topics else ""
        case "district_id" | "step_number":
            return names[name].get(value, "") if value is not None else ""
        case _:
            return str(value)


def is_nobody(one: PartnerValues) -> bool:
    """Whether nothing is written about a partner."""
    return one.organisation_id is None and not one.name and not one.role and not one.is_lead


def _order(text: str) -> tuple[bool, date]:
    """Days in their order; what is none stands at the end."""
    try:
        return False, parse_date(text)
    except InputError:
        return True, date.max


def _written(day: date | None) -> str:
    return format_date(day) if day else ""


def _number(value: int | None) -> str:
    return "" if value is None else str(value)
