"""The steps and checkpoints that every ledger begins with: complete, and to the letter of the printed text.

``data/collaboration-steps-official.txt`` holds the lines of chapter 5 of 担い手同士の連携の考え方 as they are laid out in print, each
box of checkpoints moved to the step that it speaks of.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from app import history, ledgers
from app.office import Office
from app.steps import queries
from app.steps.operations import (
    Asked,
    AssessmentValues,
    RoundValues,
    SetValues,
    add_round,
    add_set,
    add_standard_set,
    open_round,
    save_answers,
)
from app.steps.queries import Scope
from app.steps.set_values import CheckpointValues, StepValues
from app.steps.standard import standard_sets
from db import migrations
from db.vocabulary import CheckAnswer, Perspective, ScopeKind

OFFICIAL = Path(__file__).with_name("data") / "collaboration-steps-official.txt"
DIGITS = "１２３４"


def test_the_steps_are_those_of_the_city_to_the_letter() -> None:
    (told,) = standard_sets()
    lines: list[str] = []
    for step in told.steps:
        lines += [f"【ステップ{DIGITS[step.number - 1]}】{step.title}", *step.description.split("\n")]
        lines += ["≪取組チェックポイント≫", *(f"□ {text}" for text in step.checkpoints)]
    assert "".join(lines) == OFFICIAL.read_text("utf-8").replace("\n", "")


def test_a_box_lies_with_the_step_it_speaks_of() -> None:
    (told,) = standard_sets()
    assert [step.number for step in told.steps] == [1, 2, 3, 4]
    assert [len(step.checkpoints) for step in told.steps] == [5, 2, 2, 3]
    assert all("連絡会等" in text or "地域で活動している人たち" in text for text in told.steps[0].checkpoints)
    assert all("親子" in text or "子育て家庭" in text for text in told.steps[1].checkpoints)
    assert all("親子" in text and "他" in text for text in told.steps[2].checkpoints)
    assert all("取組" in text for text in told.steps[3].checkpoints)
    assert [len(step.description.split("\n")) for step in told.steps] == [4, 4, 3, 4]
    assert all(line.startswith("・") for step in told.steps for line in step.description.split("\n"))


def test_a_new_ledger_has_them_and_nothing_to_take_back(empty_office: Office) -> None:
    (kept,), (carried,) = empty_office.ask(queries.sets), standard_sets()
    assert (kept.title, kept.source, kept.needed_percent) == (carried.title, carried.source, 67)
    assert [(one.number, one.text) for one in kept.checkpoints] == [
        (f"{step.number}-{place}", text)
        for step in carried.steps
        for place, text in enumerate(step.checkpoints, 1)
    ]
    assert [(one.title, one.description) for one in kept.steps] == [
        (one.title, one.description) for one in carried.steps
    ]
    assert {row.actor for row in empty_office.ask(history.recent)} == {"つながり帳"}
    assert empty_office.next_steps() == (None, None)


@pytest.fixture
def older_office(tmp_path: Path, clock: Callable[[], datetime]) -> Office:
    """A ledger of the version before 連携ステップ, opened by this one."""
    path = tmp_path / "前の版.tsunagari"
    migrations.migrate(path, migrations.STEPS[:3], create=True)
    return ledgers.open_ledger(path, "金沢 一郎", clock)


def test_an_older_ledger_is_offered_them(older_office: Office) -> None:
    assert older_office.ask(queries.sets) == ()
    assert older_office.perform(add_standard_set).result == 1
    assert len(older_office.ask(queries.sets)[0].checkpoints) == 12
    assert older_office.perform(add_standard_set).result == 0
    older_office.undo()
    assert older_office.ask(queries.sets) == ()
    older_office.close()


def test_answers_keep_the_set_they_were_given_to(empty_office: Office, tmp_path: Path) -> None:
    """A ward that words its own set asks by it from then on; what was answered before stays as it was asked."""
    office = empty_office
    old = office.ask(queries.sets)[0]
    ward = [Asked(Scope(ScopeKind.WARD), Perspective.SECRETARIAT)]
    first = office.perform(add_round, RoundValues(2026, 1, old.id), ward).result
    office.perform(open_round, first, office.ask(queries.round_row, first).version)
    asked = office.ask(queries.assessments, first)[0]
    answers = {one.id: (CheckAnswer.YES, "") for one in old.checkpoints}
    office.perform(save_answers, asked.id, asked.version, AssessmentValues(answers=answers))
    before = office.ask(queries.result, first)

    asked_once = StepValues("会う", checkpoints=(CheckpointValues("年に一度は会っている。"),))
    office.perform(add_set, SetValues("見本区の組", needed_percent=100, steps=(asked_once,)))
    own = office.ask(queries.sets)[1]
    second = office.perform(add_round, RoundValues(2026, 2, own.id), ward).result
    shown = office.ask(queries.result, second)
    assert shown.set.title == "見本区の組"
    assert set(shown.scopes[0].tallies) == {one.id for one in own.checkpoints}
    assert shown.scopes[0].before is None, "the steps of two sets are no measure of one another"
    again = office.ask(queries.result, first)
    assert (again.set, again.scopes) == (before.set, before.scopes)
