"""What a returned check sheet would change beside what the ledger has; what is doubtful leaves the ledger as it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from app.calendar import format_date, last_day
from app.importing.file_values import Place, Remark
from app.importing.step_sheet_grid import ReadPoint, SheetContent
from app.importing.step_sheet_preview import Difference
from app.importing.step_sheet_words import words_key
from app.steps.operations import AssessmentValues
from app.steps.queries import AssessmentRow, RoundRow
from app.steps.sheet import FIELDS, LAST_STEP, SheetOrder, choice_of
from db.vocabulary import AnswerForm, CheckAnswer

_FAR = timedelta(days=180)
"""An answer so long before or after the round was, by its date, given to something else."""

_LONG = timedelta(days=5 * 366)
"""A next step is taken before the next plan."""


def check_last(content: SheetContent, order: SheetOrder, numbers: Mapping[int, str]) -> None:
    """What stands as the last answer must be what was sent: somebody may have answered in the wrong column."""
    for checkpoint_id, (text, cell) in content.last.items():
        sent = choice_of(order.last[checkpoint_id].answer) if checkpoint_id in order.last else ""
        if cell and words_key(text) != words_key(sent):
            reason = f"{numbers[checkpoint_id]}の「前回の答え」が書き換えられています。答えを書く欄を間違えていないか、確かめてください。"
            content.doubts.append(Remark(Place(content.sheet, cell), text, reason))
    text, cell = content.last_step
    if cell and words_key(text) != words_key(order.last_step):
        content.doubt(
            cell,
            text,
            f"「{LAST_STEP}」が書き換えられているので、読んでいません。今回の「次の一手」なら、その欄に写してください。",
        )


def check_days(content: SheetContent, held: RoundRow, today: date) -> None:
    """The day of the answer must lie near the round and not to come, the term after it: a year is easily mistyped."""
    begun = held.opened_on
    if begun is None:
        return
    day, until = (content.days.get(name) for name in ("answered_on", "next_due_on"))
    if day is not None and not begun - _FAR <= day <= last_day(held.fiscal_year) + _FAR:
        _doubt_day(content, "answered_on", f"答えた日が{held.name}の期間から離れています。")
    elif day is not None and begun <= today < day:
        # A clock that runs behind the round tells nothing.
        _doubt_day(content, "answered_on", "答えた日が、今日よりあとになっています。")
    if until is not None and not begun - _FAR <= until <= begun + _LONG:
        _doubt_day(content, "next_due_on", f"次の一手の期限が{held.name}から離れています。")


def _doubt_day(content: SheetContent, name: str, reason: str) -> None:
    day = content.days[name]
    content.doubt(content.cells[name], format_date(day) if day else "", f"{reason}年を確かめてください。")
    content.days[name] = None
    content.unsure.add(name)


def values_of(content: SheetContent, before: AssessmentRow) -> AssessmentValues:
    """What would be written: what the sheet says, and where that is doubtful, what the ledger has."""
    written: dict[str, Any] = {**content.texts, **content.days}
    told = {
        name: getattr(before, name) if name in content.unsure else written.get(name, getattr(before, name))
        for name in FIELDS.values()
    }
    known = {one.checkpoint_id: (one.answer, one.comment) for one in before.answers}
    answers: dict[int, tuple[CheckAnswer, str]] = {}
    for checkpoint_id, point in content.points.items():
        answer = _answer(point, known.get(checkpoint_id))
        if answer is not None:
            answers[checkpoint_id] = answer
    return AssessmentValues(form=AnswerForm.SHEET, answers=answers, **told)


def point_out_comments(content: SheetContent, values: AssessmentValues) -> None:
    """A comment stands beside an answer: where that cannot be taken, neither can the comment."""
    for checkpoint_id, point in content.points.items():
        if point.comment and point.comment_is_sure and checkpoint_id not in values.answers:
            reason = "答えが取り込めないので、このコメントも取り込まれません。"
            content.doubt(point.comment_cell, point.comment, reason)


def _answer(point: ReadPoint, known: tuple[CheckAnswer, str] | None) -> tuple[CheckAnswer, str] | None:
    answer = point.answer if point.is_sure else known[0] if known else None
    comment = point.comment if point.comment_is_sure else known[1] if known else ""
    if answer is None:
        # A comment beside no answer, which is pointed out: that it cannot be told is the answer that keeps it.
        return (CheckAnswer.UNKNOWN, comment) if point.is_sure and comment else None
    return answer, comment


def says_something(values: AssessmentValues) -> bool:
    """Whether there is anything to be written: an answer, or a word about the whole."""
    words = (values.went_well, values.difficulty, values.next_step, values.next_assignee)
    return bool(values.answers) or any(one.strip() for one in words)


def differences_of(
    content: SheetContent, values: AssessmentValues, before: AssessmentRow, points: Sequence[tuple[int, str]]
) -> Iterator[Difference]:
    """What would be other in the ledger, in the order of the sheet."""
    known = {one.checkpoint_id: (one.answer, one.comment) for one in before.answers}
    for checkpoint_id, number in points:
        was, now = known.get(checkpoint_id), values.answers.get(checkpoint_id)
        if was != now:
            yield Difference(number, _shown(was), _shown(now), content.points[checkpoint_id].cell)
    for label, name in FIELDS.items():
        was, now = getattr(before, name), getattr(values, name)
        if (was or "") != (now or "") and not (name == "answered_on" and now is None):
            yield Difference(label, _text(was), _text(now), content.cells.get(name, ""))


def _shown(answer: tuple[CheckAnswer, str] | None) -> str:
    return "　".join(part for part in (choice_of(answer[0]), answer[1]) if part) if answer else ""


def _text(value: str | date | None) -> str:
    return format_date(value) if isinstance(value, date) else value or ""
