"""連携ステップ: the checkpoints asked, the rounds in which they are asked, and what was answered."""

from datetime import date

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.schema.base import Base, Recorded, word
from db.vocabulary import AnswerForm, CheckAnswer, Perspective, RoundState, ScopeKind


class CheckpointSet(Recorded, Base):
    """取組チェックポイントの組, as one source or ward words it. Answers keep their set; a changed wording is a new set.

    ``needed_percent`` is the rule by which a step is reached: so many of its answers must be できている, and none まだ.
    """

    __tablename__ = "checkpoint_set"
    __table_args__ = (UniqueConstraint("title"), {"sqlite_autoincrement": True})

    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    source: Mapped[str] = mapped_column(Text, default="")
    needed_percent: Mapped[int]


class Step(Recorded, Base):
    """連携ステップ of a set, counted from 1."""

    __tablename__ = "step"
    __table_args__ = (UniqueConstraint("checkpoint_set_id", "number"), {"sqlite_autoincrement": True})

    checkpoint_set_id: Mapped[int] = mapped_column(ForeignKey("checkpoint_set.id"))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    description: Mapped[str] = mapped_column(Text, default="")


class Checkpoint(Recorded, Base):
    """取組チェックポイント: one box to tick, in the words of its source; ``explanation`` is the office's own."""

    __tablename__ = "checkpoint"
    __table_args__ = (UniqueConstraint("step_id", "position"), {"sqlite_autoincrement": True})

    step_id: Mapped[int] = mapped_column(ForeignKey("step.id"))
    position: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    explanation: Mapped[str] = mapped_column(Text, default="")


class AssessmentRound(Recorded, Base):
    """ステップ確認の回: one asking of a set, the n-th of a fiscal year."""

    __tablename__ = "assessment_round"
    __table_args__ = (UniqueConstraint("fiscal_year", "number"), {"sqlite_autoincrement": True})

    fiscal_year: Mapped[int]
    number: Mapped[int]
    checkpoint_set_id: Mapped[int] = mapped_column(ForeignKey("checkpoint_set.id"), index=True)
    state: Mapped[RoundState] = mapped_column(word(RoundState, "state"))
    opened_on: Mapped[date | None]
    answer_by: Mapped[date | None]
    closed_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(Text, default="")


class StepAssessment(Recorded, Base):
    """ステップ確認: who is asked about a scope, as whom, and, once it came back, what was said.

    It is made when a sheet goes out (``answered_on`` None) and filled when it returns. ``scope_id`` is the row of the table that
    ``scope_kind`` names (district, area, service_type, organisation; 0: 区全体). ``respondent`` is who answered, as written;
    ``organisation_id`` the organisation that was asked, if it was one. ``code`` stands on the sheet and is found again on it.
    """

    __tablename__ = "step_assessment"
    __table_args__ = (
        UniqueConstraint("code"),
        UniqueConstraint(
            "assessment_round_id", "scope_kind", "scope_id", "perspective", "organisation_id", name="asked"
        ),
        Index("ix_step_assessment_round", "assessment_round_id"),
        {"sqlite_autoincrement": True},
    )

    assessment_round_id: Mapped[int] = mapped_column(ForeignKey("assessment_round.id"))
    scope_kind: Mapped[ScopeKind] = mapped_column(word(ScopeKind, "scope_kind"))
    scope_id: Mapped[int]
    perspective: Mapped[Perspective] = mapped_column(word(Perspective, "perspective"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    code: Mapped[str] = mapped_column(String(40))
    sent_on: Mapped[date | None]
    reminded_on: Mapped[date | None]
    respondent: Mapped[str] = mapped_column(String(200), default="")
    answered_on: Mapped[date | None]
    form: Mapped[AnswerForm | None] = mapped_column(word(AnswerForm, "form"))
    went_well: Mapped[str] = mapped_column(Text, default="")
    difficulty: Mapped[str] = mapped_column(Text, default="")
    next_step: Mapped[str] = mapped_column(Text, default="")
    next_assignee: Mapped[str] = mapped_column(String(200), default="")
    next_due_on: Mapped[date | None]
    next_result: Mapped[str] = mapped_column(Text, default="")


class CheckpointAnswer(Recorded, Base):
    """The answer to one checkpoint in a step_assessment, with a comment."""

    __tablename__ = "checkpoint_answer"
    __table_args__ = (UniqueConstraint("step_assessment_id", "checkpoint_id"), {"sqlite_autoincrement": True})

    step_assessment_id: Mapped[int] = mapped_column(ForeignKey("step_assessment.id"))
    checkpoint_id: Mapped[int] = mapped_column(ForeignKey("checkpoint.id"), index=True)
    answer: Mapped[CheckAnswer] = mapped_column(word(CheckAnswer, "answer"))
    comment: Mapped[str] = mapped_column(Text, default="")


class StepRuling(Recorded, Base):
    """The step that a scope has reached in a round by decision and not by the rule, with the reason. 0: none yet."""

    __tablename__ = "step_ruling"
    __table_args__ = (
        UniqueConstraint("assessment_round_id", "scope_kind", "scope_id"),
        {"sqlite_autoincrement": True},
    )

    assessment_round_id: Mapped[int] = mapped_column(ForeignKey("assessment_round.id"))
    scope_kind: Mapped[ScopeKind] = mapped_column(word(ScopeKind, "scope_kind"))
    scope_id: Mapped[int]
    step_number: Mapped[int]
    reason: Mapped[str] = mapped_column(Text)
