"""The frozen rows of 連携ステップ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from app.calendar import fiscal_year_label
from app.steps.rules import Tally
from db.vocabulary import AnswerForm, CheckAnswer, Perspective, RoundState, ScopeKind


@dataclass(frozen=True, slots=True, order=True)
class Scope:
    """Of what it is asked: ``id`` is the row of the table of ``kind`` (0: 区全体)."""

    kind: ScopeKind
    id: int = 0


@dataclass(frozen=True, slots=True)
class CheckpointRow:
    """取組チェックポイント; ``number`` is 「1-3」: the step and its place there."""

    id: int
    step_id: int
    step_number: int
    position: int
    text: str
    explanation: str

    @property
    def number(self) -> str:
        """1-3."""
        return f"{self.step_number}-{self.position}"


@dataclass(frozen=True, slots=True)
class StepRow:
    """連携ステップ with its checkpoints."""

    id: int
    number: int
    title: str
    description: str
    checkpoints: tuple[CheckpointRow, ...]


@dataclass(frozen=True, slots=True)
class SetRow:
    """取組チェックポイントの組."""

    id: int
    version: int
    title: str
    source: str
    needed_percent: int
    steps: tuple[StepRow, ...]

    @property
    def checkpoints(self) -> tuple[CheckpointRow, ...]:
        """All checkpoints in order."""
        return tuple(one for step in self.steps for one in step.checkpoints)


@dataclass(frozen=True, slots=True)
class ListedSet:
    """A set in the list of sets: in how many rounds it is asked, and whether answers or its source hold it to its words."""

    row: SetRow
    rounds: int
    is_answered: bool
    is_standard: bool

    @property
    def is_fixed(self) -> bool:
        """Whether what is asked can no longer be worded otherwise."""
        return self.is_answered or self.is_standard


@dataclass(frozen=True, slots=True)
class RoundRow:
    """ステップ確認の回, with how many were asked and how many answered."""

    id: int
    version: int
    fiscal_year: int
    number: int
    checkpoint_set_id: int
    state: RoundState
    opened_on: date | None
    answer_by: date | None
    closed_on: date | None
    note: str
    asked: int
    answered: int

    @property
    def name(self) -> str:
        """令和8年度 第2回."""
        return f"{fiscal_year_label(self.fiscal_year)} 第{self.number}回"


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """The answer to one checkpoint."""

    checkpoint_id: int
    answer: CheckAnswer
    comment: str


@dataclass(frozen=True, slots=True)
class AssessmentRow:
    """ステップ確認 with the names of its scope and of who was asked; ``answered_on`` None: not yet returned."""

    id: int
    version: int
    assessment_round_id: int
    scope: Scope
    scope_name: str
    perspective: Perspective
    organisation_id: int | None
    organisation: str
    code: str
    sent_on: date | None
    reminded_on: date | None
    respondent: str
    answered_on: date | None
    form: AnswerForm | None
    went_well: str
    difficulty: str
    next_step: str
    next_assignee: str
    next_due_on: date | None
    next_result: str
    updated_by: str
    updated_at: datetime
    answers: tuple[AnswerRow, ...] = ()
    kana: str = ""
    """How the organisation is read."""


@dataclass(frozen=True, slots=True)
class RulingRow:
    """A step decided upon in place of the rule's."""

    id: int
    version: int
    scope: Scope
    step_number: int
    reason: str


@dataclass(frozen=True, slots=True)
class ScopeResult:
    """A row of the heat map: a scope's answers put together per checkpoint, the step by the rule, and the one decided upon."""

    scope: Scope
    name: str
    tallies: Mapping[int, Tally]
    spreads: Mapping[int, float | None]
    by_rule: int
    ruling: RulingRow | None
    before: int | None
    """The step in the last round; None where the scope was not asked then."""
    answered: int
    asked: int
    kana: str = ""
    """How an organisation is read."""

    @property
    def step(self) -> int:
        """The step that counts."""
        return self.ruling.step_number if self.ruling else self.by_rule


@dataclass(frozen=True, slots=True)
class RoundResult:
    """A round as one picture: the set, and a row per scope (区全体 first, then by the order of the office's lists)."""

    round: RoundRow
    set: SetRow
    scopes: tuple[ScopeResult, ...]
