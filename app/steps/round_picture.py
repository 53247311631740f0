"""A round of ステップ確認 as it is looked at, on the screen and on paper: with the round before it, and the facts beside the answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app import records
from app.office import Reader
from app.records import RecordKey
from app.steps import facts, queries
from app.steps.facts import Fact
from app.steps.queries import AssessmentRow, RoundResult, RoundRow, Scope, ScopeResult
from app.steps.rules import Tally
from db.vocabulary import CheckAnswer


@dataclass(frozen=True, slots=True)
class Picture:
    """A round: its heat map, who was asked, and which of their answers count for each row; ``before`` is the last round begun before."""

    result: RoundResult
    assessments: tuple[AssessmentRow, ...]
    counted: Mapping[Scope, Sequence[AssessmentRow]]
    before: RoundResult | None
    counted_before: Mapping[Scope, Sequence[AssessmentRow]]
    rows: Mapping[Scope, ScopeResult]
    rows_before: Mapping[Scope, ScopeResult]

    @property
    def round(self) -> RoundRow:
        """The round itself."""
        return self.result.round

    def row(self, scope: Scope) -> ScopeResult | None:
        """The row of a scope."""
        return self.rows.get(scope)

    def tally_before(self, scope: Scope, checkpoint_id: int) -> Tally | None:
        """What a scope answered the last time; None where it was not asked that."""
        found = self.rows_before.get(scope)
        return found.tallies.get(checkpoint_id) if found else None

    def answer_before(self, scope: Scope, checkpoint_id: int) -> CheckAnswer | None:
        """The answer that stood for all the last time."""
        tally = self.tally_before(scope, checkpoint_id)
        return tally.common if tally else None


@dataclass(frozen=True, slots=True)
class Facts:
    """What the ledger knows beside the answers of a round, by scope, and what the records behind it are called."""

    assessment_round_id: int
    of: Mapping[Scope, tuple[Fact, ...]]
    titles: Mapping[RecordKey, str]
    contradictions: Mapping[tuple[Scope, int], str]
    """By scope and checkpoint: in what answer and ledger contradict each other."""

    def fact(self, scope: Scope, checkpoint_id: int) -> Fact | None:
        """The fact of one cell."""
        return next((one for one in self.of.get(scope, ()) if one.checkpoint_id == checkpoint_id), None)


def read_picture(reader: Reader, shown: RoundRow) -> Picture:
    """Read a round as a picture."""
    before = queries.last_begun(queries.rounds(reader), shown)
    result = queries.result(reader, shown.id)
    result_before = queries.result(reader, before.id) if before else None
    return Picture(
        result,
        queries.assessments(reader, shown.id),
        queries.counted(reader, shown),
        result_before,
        queries.counted(reader, before) if before else {},
        {one.scope: one for one in result.scopes},
        {one.scope: one for one in result_before.scopes} if result_before else {},
    )


def read_facts(reader: Reader, picture: Picture, today: date) -> Facts:
    """What the ledger knows of each row of the picture, up to the day the round was closed."""
    held = picture.round
    until = facts.known_until(held, today)
    book = facts.fact_book(reader, picture.result.set, held.fiscal_year, until)
    of = {row.scope: book.of(row.scope) for row in picture.result.scopes}
    keys = {key for many in of.values() for fact in many for key in (*fact.records, *fact.looked_at)}
    against = {
        (row.scope, fact.checkpoint_id): words
        for row in picture.result.scopes
        for fact in of[row.scope]
        if (words := facts.contradiction(fact, row.tallies[fact.checkpoint_id]))
    }
    return Facts(held.id, of, records.titles(reader, keys), against)
