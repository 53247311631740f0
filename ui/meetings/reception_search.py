"""Who has just come through the door: a few kana, letters or characters find them. Knows no Qt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.meetings.queries import AttendanceRow, MeetingRow
from app.text import kana_key, search_key
from db.vocabulary import AttendanceAnswer
from ui.meetings.name_search import rank, ways, words_of

_COUNTED_NUMBERS = "123456789"


@dataclass(frozen=True, slots=True)
class Seat:
    """An entry of the list as it stands at the door; ``is_sent`` as long as the ledger has not confirmed it."""

    row: AttendanceRow
    is_present: bool | None
    arrived_at: str
    is_sent: bool
    words: tuple[str, ...]
    order: tuple[str, str, str]

    @property
    def id(self) -> int:
        return self.row.id

    @property
    def title(self) -> str:
        """The organisation, or the person where there is none."""
        return self.row.belongs_to or self.row.name

    @property
    def person(self) -> str:
        """Who comes for it."""
        return " ".join(part for part in (self.row.position_title, self.row.name) if part)

    @property
    def called(self) -> str:
        """Organisation and person in one line."""
        return "　".join(part for part in (self.row.belongs_to, self.row.name) if part)

    @property
    def state(self) -> str:
        """Where they stand, in words."""
        if self.is_present:
            words = "受付済" + (f" {self.arrived_at}" if self.arrived_at else "")
            return words + (f"　早退 {self.row.left_at}" if self.row.left_at else "")
        if self.is_present is False:
            return "欠席"
        if self.row.answer is AttendanceAnswer.ABSENT:
            return "欠席の返事"
        if self.row.answer is AttendanceAnswer.UNANSWERED:
            return "未回答"
        return "未着" if self.row.answer is AttendanceAnswer.ATTENDING else f"未着（{self.row.answer.label}）"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many are there, and how many who said they would come are not yet."""

    people: int
    organisations: int
    missing: int


def make_seat(
    row: AttendanceRow, is_present: bool | None, arrived_at: str, is_sent: bool, more: Iterable[str] = ()
) -> Seat:
    """An entry with the keys it is found by; ``more`` are further words for its organisation."""
    texts = (row.organisation, row.organisation_kana, row.affiliation, row.name, row.kana, *more)
    order = kana_key(row.organisation_kana or row.kana, row.belongs_to or row.name)
    return Seat(row, is_present, arrived_at, is_sent, words_of(texts), order)


def find(seats: Sequence[Seat], typed: str) -> list[Seat]:
    """Those whom ``typed`` may mean: who has not come yet first, then whose name begins so, then who said they would come.

    All of them, in kana order, for an empty text.
    """
    wanted = ways(typed)
    found = []
    for seat in seats:
        place = rank(seat.words, wanted)
        if place is not None:
            found.append((seat.is_present is True, place, _answer_rank(seat), seat.order, seat.id, seat))
    return [one[-1] for one in sorted(found, key=lambda one: one[:-1])]


def numbered(typed: str, seats: Sequence[Seat]) -> tuple[str, int] | None:
    """``typed`` parted into the text and the number behind it that chooses a row; None where the digit belongs to a name."""
    key = search_key(typed).strip()
    if len(key) < 2 or key[-1] not in _COUNTED_NUMBERS:
        return None
    if any(rank(seat.words, ways(typed)) is not None for seat in seats):
        return None
    return typed.strip()[:-1], int(key[-1]) - 1


def count(seats: Iterable[Seat]) -> Counts:
    """Count the people and organisations that are there."""
    every = list(seats)
    here = [seat for seat in every if seat.is_present]
    organisations = {seat.row.organisation_id for seat in here} - {None}
    missing = sum(seat.is_present is None and seat.row.answer.comes for seat in every)
    return Counts(len(here), len(organisations), missing)


def arrival_time(meeting: MeetingRow, now: datetime) -> str:
    """HH:MM for somebody who comes after the beginning, on the day itself; nothing for all others."""
    time = f"{now:%H:%M}"
    is_late = meeting.held_on == now.date() and meeting.starts_at and time > meeting.starts_at
    return time if is_late else ""


def words_by_organisation(words: Mapping[str, int]) -> dict[int, list[str]]:
    """The words for each organisation, from the words for all of them."""
    found: dict[int, list[str]] = {}
    for word, organisation_id in words.items():
        found.setdefault(organisation_id, []).append(word)
    return found


def _answer_rank(seat: Seat) -> int:
    if seat.row.answer.comes:
        return 0
    return 1 if seat.row.answer is AttendanceAnswer.UNANSWERED else 2
