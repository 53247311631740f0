"""The page 連携ステップ with the sample ledger: the second round of 令和9年度 is open, five of its sheets have not come back."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.office import Office
from app.steps import queries
from app.steps.queries import AssessmentRow, RoundRow, Scope
from ui.desk import Desk
from ui.steps.page import StepsPage
from ui.widgets.button import ElidedButton
from ui.widgets.text import PlainLabel


@pytest.fixture
def page(sample_desk: Desk, qtbot: QtBot, settled: Callable[[Desk], None]) -> Iterator[StepsPage]:
    made = StepsPage(sample_desk)
    qtbot.addWidget(made)
    made.resize(1080, 720)
    with qtbot.waitExposed(made):
        made.show()
    settled(sample_desk)
    made.take_focus()
    yield made
    settled(sample_desk)


@pytest.fixture
def held(sample_office: Office) -> Callable[[], RoundRow]:
    """The newest round, as it stands."""
    return lambda: sample_office.ask(queries.rounds)[0]


@pytest.fixture
def sheets(sample_office: Office, held: Callable[[], RoundRow]) -> Callable[[], tuple[AssessmentRow, ...]]:
    """Who was asked in it, as it stands."""
    return lambda: sample_office.ask(queries.assessments, held().id)


@pytest.fixture
def shown_words() -> Callable[[QWidget], str]:
    """All that can be read in a widget."""

    def read(widget: QWidget) -> str:
        labels = [one.text() for one in widget.findChildren(PlainLabel) if one.isVisibleTo(widget)]
        buttons = [one.toolTip() for one in widget.findChildren(ElidedButton) if one.isVisibleTo(widget)]
        return "\n".join((*labels, *buttons))

    return read


@pytest.fixture
def scope_of(page: StepsPage) -> Callable[[str], Scope]:
    """The row of the picture that bears a name."""

    def find(name: str) -> Scope:
        assert page.found is not None
        assert page.found.picture is not None
        return next(row.scope for row in page.found.picture.result.scopes if row.name == name)

    return find
