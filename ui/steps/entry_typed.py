"""What stands in the form of a sheet: marks and comments by checkpoint, the words about the whole, days as they are written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from app.calendar import format_date, parse_date
from app.drafts import Value
from app.errors import InputError
from app.steps.operations import AssessmentValues
from app.steps.queries import AssessmentRow, CheckpointRow
from app.text import clean
from db.vocabulary import AnswerForm, CheckAnswer, Perspective
from reports.answer_marks import mark_words

LABELS = {
    "respondent": "答えた人",
    "answered_on": "答えた日",
    "went_well": "うまくいっていること",
    "difficulty": "難しいこと",
    "next_step": "次の一手",
    "next_assignee": "次の一手の担当",
    "next_due_on": "次の一手の期限",
}
"""What each field is called, in the order of the form."""

_TEXTS = tuple(LABELS)

Given = tuple[CheckAnswer | None, str]


@dataclass(frozen=True, slots=True)
class Typed:
    """The fields as they stand; ``answers`` has (answer, comment) by the id of the checkpoint. Days are text."""

    form: AnswerForm = AnswerForm.PAPER
    answers: Mapping[int, Given] = field(default_factory=dict)
    respondent: str = ""
    answered_on: str = ""
    went_well: str = ""
    difficulty: str = ""
    next_step: str = ""
    next_assignee: str = ""
    next_due_on: str = ""

    def ready(self, checkpoints: Sequence[CheckpointRow]) -> AssessmentValues:
        """As the operation takes it. InputError where a field cannot be read; it names the field."""
        given: dict[int, tuple[CheckAnswer, str]] = {}
        for one in checkpoints:
            answer, comment = self.answers.get(one.id, (None, ""))
            if answer is not None:
                given[one.id] = (answer, comment)
            elif comment.strip():
                raise InputError(
                    f"{one.number} は、コメントだけで答えが選ばれていません。",
                    "1〜4のキーで答えを選ぶか、コメントを消してください。",
                )
        return AssessmentValues(
            self.respondent,
            _day("answered_on", self.answered_on),
            self.form,
            self.went_well,
            self.difficulty,
            self.next_step,
            self.next_assignee,
            _day("next_due_on", self.next_due_on),
            given,
        )

    def means(self) -> Typed:
        """The same in one spelling, so that only what differs in meaning differs."""
        return replace(
            self,
            answers={key: one for key, one in self.answers.items() if one != (None, "")},
            answered_on=_spelled(self.answered_on),
            next_due_on=_spelled(self.next_due_on),
        )

    def draft(self) -> dict[str, Value]:
        """As plain values that can be kept against a crash."""
        kept: dict[str, Value] = {name: getattr(self, name) for name in _TEXTS}
        answers = [
            f"{key}\t{answer.value if answer else ''}\t{comment}"
            for key, (answer, comment) in self.means().answers.items()
        ]
        return kept | {"form": self.form.value, "answers": answers}

    @classmethod
    def of_draft(cls, kept: Mapping[str, Value], stored: Typed) -> Typed:
        """From what was kept; what is missing there stays as it is stored."""
        texts = {name: str(kept[name]) for name in _TEXTS if name in kept}
        form = AnswerForm(str(kept["form"])) if "form" in kept else stored.form
        lines = kept.get("answers")
        answers = dict(map(_answer, lines)) if isinstance(lines, list) else stored.answers
        return replace(stored, form=form, answers=answers, **texts)


def tidy(text: str) -> str:
    """The text of a field as it may be stored."""
    return clean(text).strip()


def typed_of(row: AssessmentRow) -> Typed:
    """The form as it opens on what the ledger holds; the secretariat answers on the screen, the others as a rule on paper."""
    usual = AnswerForm.SCREEN if row.perspective is Perspective.SECRETARIAT else AnswerForm.PAPER
    return Typed(
        row.form or usual,
        {one.checkpoint_id: (one.answer, tidy(one.comment)) for one in row.answers},
        tidy(row.respondent),
        format_date(row.answered_on) if row.answered_on else "",
        tidy(row.went_well),
        tidy(row.difficulty),
        tidy(row.next_step),
        tidy(row.next_assignee),
        format_date(row.next_due_on) if row.next_due_on else "",
    )


def differing(mine: Typed, theirs: Typed, checkpoints: Sequence[CheckpointRow]) -> list[tuple[str, str]]:
    """The fields in which another's text differs from what was typed: their labels, and the other's text."""
    mine, theirs = mine.means(), theirs.means()
    found: list[tuple[str, str]] = []
    for one in checkpoints:
        answer, comment = theirs.answers.get(one.id, (None, ""))
        if (answer, comment) != mine.answers.get(one.id, (None, "")):
            found.append((one.number, "　".join(part for part in (mark_words(answer), comment) if part)))
    found += [
        (label, getattr(theirs, name) or "（空）")
        for name, label in LABELS.items()
        if getattr(theirs, name) != getattr(mine, name)
    ]
    if mine.form is not theirs.form:
        found.append(("届き方", theirs.form.label))
    return found


def _answer(line: str) -> tuple[int, Given]:
    key, answer, comment = line.split("\t", 2)
    return int(key), (CheckAnswer(answer) if answer else None, comment)


def _day(name: str, text: str) -> date | None:
    if not text.strip():
        return None
    try:
        return parse_date(text)
    except InputError as error:
        raise InputError(f"{LABELS[name]}：{error.message}", error.advice) from error


def _spelled(text: str) -> str:
    try:
        return format_date(parse_date(text)) if text.strip() else ""
    except InputError:
        return text.strip()
