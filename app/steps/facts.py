"""Facts beside the answers: what the ledger itself knows of each checkpoint, with the records behind it.

They are written for the checkpoints of the standard set and found again by the words of a checkpoint; one that a ward words
otherwise has none. A fact holds, does not hold, or cannot be told from the ledger; only the first two can contradict an answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from app.office import Reader
from app.records import RecordKey
from app.steps import at_meetings, shared_work
from app.steps.found import Found, Keys, as_a_rule, either, told
from app.steps.queries import RoundRow, Scope, SetRow
from app.steps.queries.year import YearRecords, year_records
from app.steps.rules import Tally
from app.steps.standard import standard_sets
from app.steps.year_view import View
from db.vocabulary import CheckAnswer


@dataclass(frozen=True, slots=True)
class Fact:
    """What the ledger knows of one checkpoint. ``holds`` None: it cannot be told from the ledger.

    ``records`` bear the sentence out; where none does, ``looked_at`` are those that were gone through.
    """

    checkpoint_id: int
    sentence: str
    holds: bool | None
    records: Keys = ()
    looked_at: Keys = ()


Look = Callable[[View], Found]


@dataclass(frozen=True, slots=True)
class FactBook:
    """The facts of a fiscal year for any scope, from records read once."""

    _year: YearRecords
    _looks: tuple[tuple[int, Look], ...]

    def of(self, scope: Scope) -> tuple[Fact, ...]:
        """The facts of a scope in the order of the checkpoints; a checkpoint that none was written for is left out."""
        view = View(self._year, scope)
        return tuple(Fact(checkpoint_id, *look(view)) for checkpoint_id, look in self._looks)


def known_until(held: RoundRow, today: date) -> date:
    """The day up to which records count beside the answers of a round: when it was closed, or today.

    It is never before the round was opened: a clock that runs behind would hide what everybody has seen.
    """
    return held.closed_on or max(today, held.opened_on or today)


def fact_book(reader: Reader, asked_set: SetRow, fiscal_year: int, until: date) -> FactBook:
    """Read what the ledger knows of ``fiscal_year`` up to ``until``; see ``known_until``."""
    texts = (text for step in standard_sets()[0].steps for text in step.checkpoints)
    looks = dict(zip(texts, _LOOKS, strict=True))
    known = tuple((one.id, looks[one.text]) for one in asked_set.checkpoints if one.text in looks)
    return FactBook(year_records(reader, fiscal_year, until), known)


def contradiction(fact: Fact, tally: Tally) -> str:
    """A sentence where the answer that stands for all and the fact contradict each other; empty where they do not."""
    answer = tally.common
    if (answer is CheckAnswer.YES and fact.holds is False) or (
        answer is CheckAnswer.NOT_YET and fact.holds is True
    ):
        return f"答えは「{answer.label}」ですが、台帳の記録と食い違います。{fact.sentence}"
    return ""


def _known_to_others(view: View) -> Found:
    """3-2: what others do is known."""
    if not view.members:
        return Found("この範囲の会員団体の記録はありません。", None)
    offering = [one for one in sorted(view.members) if view.year.offering[one]]
    sentence = f"会員{len(view.members)}団体のうち、得意なことや提供できることが名簿にあるのは{len(offering)}団体です。"
    holds = as_a_rule(len(offering), len(view.members))
    return told(sentence, holds, _organisations(offering), _organisations(sorted(view.members)))


def _organisations(ids: Iterable[int]) -> tuple[RecordKey, ...]:
    return tuple(RecordKey("organisation", one) for one in ids)


def _aims(view: View) -> Found:
    """4-1: issue, aim and image are shared."""
    return _with_shared_work(view, shared_work.aims, at_meetings.aims)


def _roles(view: View) -> Found:
    """4-2: who does what is decided."""
    return _with_shared_work(view, shared_work.roles, at_meetings.roles)


def _looked_back(view: View) -> Found:
    """4-3: there is a place to look back."""
    return _with_shared_work(view, shared_work.looked_back, at_meetings.looked_back)


def _with_shared_work(view: View, of_work: Callable[[View], Found | None], in_meetings: Look) -> Found:
    """What 連携した取組 and meetings say together; one of the two alone where there is nothing of the other."""
    done = of_work(view)
    if not view.own and not view.about_work:
        return done or at_meetings.no_meeting(view)
    return either(done, in_meetings(view)) if done else in_meetings(view)


_LOOKS: tuple[Look, ...] = (
    at_meetings.regular,
    at_meetings.talked,
    at_meetings.shared_back,
    at_meetings.informed,
    at_meetings.community,
    at_meetings.situations,
    at_meetings.with_data,
    shared_work.referred,
    _known_to_others,
    _aims,
    _roles,
    _looked_back,
)
"""One for each checkpoint of the standard set, in its order."""
