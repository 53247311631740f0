"""What stands in the table of a month of つなぎ: pairs of organisations with their counts as they are written."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from app.drafts import Value
from app.errors import InputError
from app.referrals.operations import Pair, ReferralValues
from app.referrals.queries import ReferralRow
from app.text import clean
from ui.meetings.typed import read_number


@dataclass(frozen=True, slots=True)
class Line:
    """So many families from one organisation to another; an empty count and 0 are none."""

    from_id: int
    to_id: int
    count: str = ""
    note: str = ""

    @property
    def pair(self) -> Pair:
        """From which organisation to which."""
        return self.from_id, self.to_id

    @property
    def number(self) -> int | None:
        """The count; None where there is none, or none that can be read."""
        try:
            return read_count(self.count)
        except InputError:
            return None

    @property
    def is_written(self) -> bool:
        """Whether something is to be kept."""
        return bool(self.note) or (bool(self.count) and self.number != 0)

    def means(self) -> Line:
        """The same in one spelling."""
        return self if self.number is None else replace(self, count=str(self.number))


@dataclass(frozen=True, slots=True)
class Month:
    """The table of a month (its first day). ``known`` has the versions of the lines as they were read."""

    month: date
    lines: tuple[Line, ...] = ()
    known: Mapping[Pair, int] = field(default_factory=dict)

    @property
    def version(self) -> int:
        """Another number wherever the ledger holds something else."""
        return hash(frozenset(self.known.items()))

    def written(self) -> dict[Pair, Line]:
        """What is to be kept, in one spelling."""
        return {one.pair: one.means() for one in self.lines if one.is_written}

    def means(self) -> object:
        """What it says, whatever the order and the spelling."""
        return self.month, self.written()

    def ready(self, names: Mapping[int, str]) -> tuple[ReferralValues, ...]:
        """As the operation takes it. InputError where a count is missing or cannot be read; it names the pair."""
        found = []
        for one in self.written().values():
            where = f"{names.get(one.from_id, '')} → {names.get(one.to_id, '')}"
            try:
                count = read_count(one.count)
            except InputError as error:
                raise InputError(f"{where}の件数：{error.message}", error.advice) from error
            if not count:
                raise InputError(
                    f"{where}：備考だけが書かれています。", "件数を入力するか、備考を空にしてください。"
                )
            found.append(ReferralValues(one.from_id, one.to_id, count, one.note))
        return tuple(found)

    def draft(self) -> dict[str, Value]:
        """As plain values that can be kept against a crash."""
        lines = [(one.from_id, one.to_id, one.count, one.note) for one in self.lines if one.is_written]
        return {"lines": [json.dumps(one, ensure_ascii=False) for one in lines]}

    @classmethod
    def of_draft(cls, kept: Mapping[str, Value], stored: Month) -> Month:
        """From what was kept about the month that ``stored`` is."""
        texts = kept.get("lines")
        if not isinstance(texts, list):
            return stored
        return replace(stored, lines=tuple(Line(*json.loads(text)) for text in texts))


def read_count(text: str) -> int | None:
    """The count that a person wrote in any width (3, ３件); None for an empty text. InputError where it is none."""
    return read_number(text.replace("件", ""))


def tidy(text: Any) -> str:
    """What was put into a cell, as it may be stored."""
    return clean(str(text or "")).strip()


def month_of(month: date, rows: Sequence[ReferralRow]) -> Month:
    """The table as the ledger holds it; ``rows`` may hold other months as well."""
    mine = [row for row in rows if row.month == month]
    return Month(
        month,
        tuple(Line(row.from_id, row.to_id, str(row.count), tidy(row.note)) for row in mine),
        {(row.from_id, row.to_id): row.version for row in mine},
    )


def merged(begun: Month, mine: Month, theirs: Month) -> Month | None:
    """``mine`` over ``theirs``, pair by pair, seen from where typing ``begun``; None where both have changed the same pair."""
    before, typed, other = begun.written(), mine.written(), theirs.written()
    lines = []
    for pair in {**other, **typed, **before}:
        was, now, meanwhile = before.get(pair), typed.get(pair), other.get(pair)
        if now not in (was, meanwhile) and meanwhile != was:
            return None
        chosen = meanwhile if now == was else now
        if chosen is not None:
            lines.append(chosen)
    return replace(theirs, lines=tuple(lines))


def differing(mine: Month, theirs: Month, names: Mapping[int, str]) -> list[tuple[str, str]]:
    """The pairs of which another has written something else, and what."""
    typed, other = mine.written(), theirs.written()
    found = []
    for pair in {**other, **typed}:
        line = other.get(pair)
        if line != typed.get(pair):
            words = "（なし）" if line is None else f"{line.count}件{f'　{line.note}' if line.note else ''}"
            found.append((f"{names.get(pair[0], '')} → {names.get(pair[1], '')}", words))
    return found
