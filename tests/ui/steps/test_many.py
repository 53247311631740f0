"""A round in which every organisation was asked about itself: the ward's row is made of all of them, and stays usable."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.office import Office
from app.organisations import queries as organisation_queries
from app.records import RecordKey
from app.steps import operations, queries
from app.steps.queries import Scope
from db.vocabulary import CheckAnswer, Perspective, ScopeKind
from ui.desk import Desk
from ui.steps.page import StepsPage
from ui.widgets.button import ElidedButton

WARD = Scope(ScopeKind.WARD)


@pytest.fixture
def crowded(
    page: StepsPage, sample_office: Office, sample_desk: Desk, settled: Callable[[Desk], None]
) -> StepsPage:
    """The page with a third round: all organisations answered the first checkpoint, and agreed on nothing yet."""
    ids = [row.id for row in sample_office.ask(organisation_queries.organisations)]
    asked = [operations.Asked(Scope(ScopeKind.ORGANISATION, one), Perspective.FACILITY, one) for one in ids]
    kept = sample_office.ask(queries.sets)[0]
    made = sample_office.perform(operations.add_round, operations.RoundValues(2027, 3, kept.id), asked).result
    sample_office.perform(operations.open_round, made, sample_office.ask(queries.round_row, made).version)
    answers = {kept.checkpoints[0].id: (CheckAnswer.PARTLY, "")}
    sheets = [
        (one.id, one.version, operations.AssessmentValues(answers=answers))
        for one in sample_office.ask(queries.assessments, made)
    ]
    sample_office.perform(operations.save_sheets, sheets)
    page.show_record(RecordKey("assessment_round", made))
    settled(sample_desk)
    return page


def _records(widget: QWidget) -> list[QPushButton]:
    found = [one for one in widget.findChildren(ElidedButton) if one.isVisibleTo(widget)]
    return [one for one in found if isinstance(one.property("record"), int)]


def _more(widget: QWidget) -> QPushButton:
    buttons = [one for one in widget.findChildren(QPushButton) if one.isVisibleTo(widget)]
    return next(one for one in buttons if one.text().startswith("ほか"))


def test_a_cell_of_the_ward_shows_the_first_answers_and_all_at_a_click(
    crowded: StepsPage, settled: Callable[[Desk], None], qtbot: QtBot
) -> None:
    number = len(crowded.found.picture.assessments)  # type: ignore[union-attr]
    first = crowded.result.map.heat.checkpoints[0].id
    crowded.result.map.select((WARD, first))
    detail = crowded.result.detail
    assert len(_records(detail)) == 12 < number
    _more(detail).click()
    assert detail.focusWidget() is _records(detail)[12]
    qtbot.waitUntil(lambda: len(_records(detail)) == number)
    # What was opened stays open when somebody else writes in the ledger.
    crowded.refresh()
    settled(crowded.desk)
    qtbot.waitUntil(lambda: len(_records(detail)) == number)


def test_what_is_still_without_a_next_step_does_not_fill_the_page(crowded: StepsPage, qtbot: QtBot) -> None:
    """Four hundred of them once held the window up for two minutes."""
    crowded.tabs.setCurrentWidget(crowded.tabs.named["cycle"])
    ahead = crowded.tabs.named["cycle"]
    assert len(_records(ahead)) == 12
    _more(ahead).click()
    number = len(crowded.found.picture.assessments)  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: len(_records(ahead)) == number)
    _records(ahead)[-1].click()
    assert crowded.current is crowded.collect
