"""宿題: one line typed during a meeting becomes who, by when and what; which ones are overdue. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from db.vocabulary import ActionState


@dataclass(frozen=True, slots=True)
class Typed:
    """What a line of 宿題 says: the organisation where it is known, who, by when, what; ``doubt`` is a sentence, or empty."""

    what: str
    assignee: str = ""
    organisation_id: int | None = None
    due_on: date | None = None
    doubt: str = ""


def parse_line(text: str, organisations: Mapping[str, int], today: date) -> Typed:
    """Read 「だれ／いつまで／なに」 in one line, parted by ／ or |: 「○○ケアプラザ 佐藤／12/10／ちらしを配る」.

    ``organisations`` are names, short names and kana by folded key (``search_key``). A day without a year is the next one after
    ``today``. A part that is left out stays empty; a line without a parting is all 「なに」. What is no day is not
    guessed: it stays in the text, and ``doubt`` says so.
    """
    raise NotImplementedError


def is_overdue(state: ActionState, due_on: date | None, today: date) -> bool:
    """Whether it is open after its day."""
    return state is ActionState.OPEN and due_on is not None and due_on < today


def order(due: Sequence[tuple[int, date | None]], today: date) -> tuple[int, ...]:
    """Ids of open 宿題 as they are listed: overdue ones first, the oldest first; then by day; those without a day last."""
    return tuple(
        one[0]
        for one in sorted(
            due, key=lambda one: (one[1] is None, one[1] is None or one[1] >= today, one[1] or today, one[0])
        )
    )
