"""What the papers of 連携ステップ have in common: which round, the round as a picture with the one before and the facts beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.calendar import fiscal_year_label
from app.errors import InputError
from app.office import Reader
from app.records import RecordKey
from app.steps import facts, queries, rules
from app.steps.facts import Fact
from app.steps.queries import AssessmentRow, RoundResult, RoundRow, Scope, ScopeResult
from app.steps.round_picture import read_facts, read_picture
from app.steps.rules import Tally
from db.vocabulary import CheckAnswer, Perspective, RoundState, ScopeKind
from reports.catalogue import Choices, Option, OptionKind, Options
from reports.contents.ledger_choices import record_number
from reports.contents.progress_parts import HANDOUT, INTERNAL

MOST_COLUMNS = 14
"""Checkpoints that stand side by side in one table; more of them go on in a table below."""

LATEST = ""
"""The value of the option that leaves the choice of the round to the paper."""


def _rounds(reader: Reader) -> Choices:
    return tuple((str(one.id), f"{one.name}（{one.state.label}）") for one in queries.rounds(reader))


ROUND = Option(
    "round",
    "ステップ確認の回",
    OptionKind.CHOICE,
    LATEST,
    ((LATEST, "おまかせ（この年度のいちばん新しい回）"),),
    source=_rounds,
)
AUDIENCE = Option(
    "audience",
    "用途",
    OptionKind.CHOICE,
    HANDOUT,
    ((HANDOUT, "配布用"), (INTERNAL, "内部用（答えた団体と人も載せる）")),
    "配布用には、答えた団体と人の名前を載せません。",
)


def is_internal(options: Options) -> bool:
    """Whether the paper stays in the office."""
    return options["audience"] == INTERNAL


def round_of(reader: Reader, fiscal_year: int, options: Options) -> RoundRow:
    """The chosen round, or the newest of the year, begun ones first. InputError where there is none."""
    wanted = options["round"].strip()
    if wanted != LATEST:
        return queries.round_row(reader, record_number(wanted, "ステップ確認の回"))
    of_year = queries.rounds(reader, fiscal_year)
    begun = [one for one in of_year if one.state is not RoundState.PLANNED]
    if not of_year:
        raise InputError(
            f"{fiscal_year_label(fiscal_year)}には、ステップ確認の回がありません。",
            "「連携ステップ」のページで回を作るか、帳票の「ステップ確認の回」を選んでください。",
        )
    return (begun or list(of_year))[0]


def in_one_word(held: RoundRow) -> str:
    """令和8年度第2回: the first word of a subtitle, which the name of the file takes."""
    return held.name.replace(" ", "")


def round_before(reader: Reader, held: RoundRow) -> RoundRow | None:
    """The last round that was begun before ``held``."""
    return queries.last_begun(queries.rounds(reader), held)


@dataclass(frozen=True, slots=True)
class Picture:
    """A round: its heat map, whose answers count for each row, the round before, and the facts beside the answers.

    ``before`` and ``counted_before`` are of the last round begun before; ``titles`` names the records behind the facts.
    """

    result: RoundResult
    counted: Mapping[Scope, Sequence[AssessmentRow]]
    before: RoundResult | None
    counted_before: Mapping[Scope, Sequence[AssessmentRow]]
    facts: Mapping[Scope, Sequence[Fact]]
    titles: Mapping[RecordKey, str]

    @property
    def everybody(self) -> tuple[AssessmentRow, ...]:
        """All who were asked, each once."""
        return tuple({one.id: one for many in self.counted.values() for one in many}.values())

    def answer_before(self, scope: Scope, checkpoint_id: int) -> CheckAnswer | None:
        """The answer that stood for all the last time; None where the scope was not asked that."""
        for row in self.before.scopes if self.before else ():
            if row.scope == scope and checkpoint_id in row.tallies:
                return row.tallies[checkpoint_id].common
        return None

    def against(self, row: ScopeResult) -> list[tuple[Fact, str]]:
        """The facts that contradict the answers of a row, with the sentence that says so."""
        told = (
            (fact, facts.contradiction(fact, row.tallies[fact.checkpoint_id]))
            for fact in self.facts.get(row.scope, ())
        )
        return [(fact, words) for fact, words in told if words]

    def evidence(self, fact: Fact, most: int = 3) -> str:
        """The names of the records behind a fact; beyond ``most`` only how many there are."""
        names = [self.titles[key] for key in fact.records if key in self.titles]
        more = [f"ほか{len(names) - most}件"] if len(names) > most else []
        return "、".join((*names[:most], *more))


def picture(reader: Reader, held: RoundRow, today: date) -> Picture:
    """Read a round as a picture; the facts are of its year up to the day it was closed, or ``today``."""
    read = read_picture(reader, held)
    beside = read_facts(reader, read, today)
    return Picture(read.result, read.counted, read.before, read.counted_before, beside.of, beside.titles)


def shown_scopes(rows: Iterable[ScopeResult], with_organisations: bool) -> list[ScopeResult]:
    """The rows that a paper shows."""
    return [one for one in rows if with_organisations or one.scope.kind is not ScopeKind.ORGANISATION]


def by_perspective(
    asked: Iterable[AssessmentRow], checkpoint_ids: Iterable[int]
) -> dict[int, dict[Perspective, Tally]]:
    """Per checkpoint what each of 事務局, 施設 and 地域 said together; one that said nothing is left out."""
    listed = list(asked)
    found: dict[int, dict[Perspective, Tally]] = {}
    for checkpoint_id in checkpoint_ids:
        said: dict[Perspective, list[CheckAnswer]] = {}
        for one in listed:
            given = (answer.answer for answer in one.answers if answer.checkpoint_id == checkpoint_id)
            said.setdefault(one.perspective, []).extend(given)
        found[checkpoint_id] = {
            perspective: rules.tally(said[perspective])
            for perspective in Perspective
            if said.get(perspective)
        }
    return found


def speaker(row: AssessmentRow, internal: bool) -> str:
    """As whom somebody answered; for internal use with the organisation and the person."""
    if not internal:
        return row.perspective.label
    who = "　".join(part for part in (row.organisation, row.respondent) if part)
    return f"{row.perspective.label}（{who}）" if who else row.perspective.label
