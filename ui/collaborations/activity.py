"""An activity of a 連携した取組 as it is written: its day and its numbers are text until it is saved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from app.calendar import format_date, parse_date
from app.collaborations.operations import ActivityValues
from app.errors import InputError
from ui.meetings.typed import read_number

T = TypeVar("T")

_NOUN = "取組の経過"

COUNTS = {"families": "参加組数", "participants": "参加人数", "staff": "担い手の人数"}
"""The numbers of an activity, and what they are called."""


@dataclass(frozen=True, slots=True)
class ActivityTyped:
    """An activity as it is written. ``id`` is None until it is in the ledger."""

    held_on: str = ""
    title: str = ""
    place: str = ""
    families: str = ""
    participants: str = ""
    staff: str = ""
    note: str = ""
    id: int | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been written; a new one begins at the place of the one before."""
        return replace(self, id=None, place="") == ActivityTyped()

    def ready(self, number: int) -> ActivityValues:
        """As the operation takes it; ``number`` counts the activities from 1. InputError names the activity and its field."""
        where, here = (
            f"{_NOUN}「{self.title}」" if self.title else f"{number}番目の{_NOUN}",
            f"activities/{number}",
        )
        held_on = read(f"{where}の日付", parse_date, self.held_on, f"{here}/held_on")
        if held_on is None:
            advice = "いつ行ったか、行う予定かを入力してください。"
            raise InputError(f"{where}の日付が空です。", advice, f"{here}/held_on")
        if not self.title:
            advice = "内容を入力するか、その行を取り除いてください。"
            raise InputError(f"{where}の内容が空です。", advice, f"{here}/title")
        counts = {
            name: read(f"{where}の{label}", read_count, getattr(self, name), f"{here}/{name}")
            for name, label in COUNTS.items()
        }
        return ActivityValues(held_on, self.title, id=self.id, place=self.place, note=self.note, **counts)

    def count(self, name: str) -> int | None:
        """One of its numbers, None where it is empty or cannot be read."""
        try:
            return read_count(getattr(self, name))
        except InputError:
            return None

    def means(self) -> ActivityTyped:
        """The same in one spelling, whatever its id."""
        counts = {
            name: str(self.count(name)) if self.count(name) is not None else getattr(self, name).strip()
            for name in COUNTS
        }
        return replace(self, held_on=spelled(self.held_on), id=None, **counts)


def activity_words(one: ActivityTyped) -> str:
    """An activity in one line: its day, what it was, where, and how many came."""
    one = one.means()
    counts = (("families", "組"), ("participants", "人"))
    numbers = "・".join(f"{getattr(one, name)}{unit}" for name, unit in counts if getattr(one, name))
    staff = f"担い手{one.staff}人" if one.staff else ""
    parts = (one.held_on or "（日付なし）", one.title or "（内容なし）", one.place, numbers, staff)
    return "　".join(part for part in parts if part)


def read_count(text: str) -> int | None:
    """The number that a person wrote in any width (12組, ３０); None for an empty text. InputError where it is none."""
    return read_number(text.replace("組", ""))


def read(label: str, by: Callable[[str], T], text: str, field: str) -> T | None:
    """A text as ``by`` reads it, None where it is empty. InputError names the field by its ``label``."""
    if not text.strip():
        return None
    try:
        return by(text)
    except InputError as error:
        raise InputError(f"{label}：{error.message}", error.advice, field) from error


def spelled(text: str) -> str:
    """A day in one spelling; what is none stays as it was typed."""
    try:
        return format_date(parse_date(text)) if text.strip() else ""
    except InputError:
        return text.strip()
