"""つながり: the meetings, 宿題, 連携した取組 and つなぎ of an organisation, where it serves as evidence, and who changed its record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app import history, records
from app.action_items.queries import ActionItemRow, action_items
from app.calendar import DateStyle, fiscal_year_label, format_date
from app.collaborations.queries import collaborations
from app.history import RecordChange
from app.meetings.statistics import Visit, visits
from app.office import Reader
from app.outcomes import queries as outcome_queries
from app.records import RecordKey
from app.referrals.queries import referrals
from db.vocabulary import ActionState
from reports.contents.participation import ABSENT, CAME
from ui.meetings.year_plan import day_words, short_name
from ui.widgets.button import ElidedButton
from ui.widgets.containers import ScrollColumn
from ui.widgets.history_view import HistoryView
from ui.widgets.text import PlainLabel, WrapLabel


@dataclass(frozen=True, slots=True)
class Links:
    """What is linked to a record: its meetings of a year, what it still has to do, what it does with others, how many families it
    has referred and was referred in the year, the reviews that cite it, and its changes. Records stand with what they are called.
    """

    key: RecordKey
    fiscal_year: int
    visits: tuple[Visit, ...]
    actions: tuple[tuple[RecordKey, str], ...]
    collaborations: tuple[tuple[RecordKey, str], ...]
    referred: tuple[int, int]
    reviews: tuple[tuple[RecordKey, str], ...]
    changes: tuple[RecordChange, ...]


def read(reader: Reader, key: RecordKey, fiscal_year: int) -> Links:
    """The links of an organisation."""
    reviews = [RecordKey("outcome_review", one) for one in outcome_queries.reviews_citing(reader, key)]
    titles = records.titles(reader, reviews)
    return Links(
        key,
        fiscal_year,
        visits(reader, key.id, fiscal_year),
        tuple(
            (RecordKey("action_item", one.id), _action_words(one))
            for one in action_items(reader, ActionState.OPEN, organisation_id=key.id)
        ),
        tuple(
            (RecordKey("collaboration", one.id), f"{one.state.label}　{one.title}")
            for one in collaborations(reader, fiscal_year)
            if any(partner.organisation_id == key.id for partner in one.partners)
        ),
        _referred(reader, key.id, fiscal_year),
        tuple((one, titles[one]) for one in reviews if one in titles),
        history.of_record(reader, key),
    )


def _referred(reader: Reader, organisation_id: int, fiscal_year: int) -> tuple[int, int]:
    found = referrals(reader, fiscal_year)
    given = sum(one.count for one in found if one.from_id == organisation_id)
    return given, sum(one.count for one in found if one.to_id == organisation_id)


class LinksPane(ScrollColumn):
    """Buttons that lead to its meetings and all else that it is linked to, and the history under them."""

    wanted = Signal(object)
    """A RecordKey that the person wants to see."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.attendance = WrapLabel("", "muted")
        self.meetings = _Buttons("meetings")
        self.nothing_to_do = WrapLabel("終わっていない宿題はありません。", "muted")
        self.to_do = _Buttons("action_items")
        self.alone = WrapLabel("", "muted")
        self.collaborations = _Buttons("collaborations")
        self.referred = WrapLabel("", "muted")
        self.none_yet = WrapLabel("この団体を根拠にした到達状況の確認は、まだありません。", "muted")
        self.reviews = _Buttons("outcomes")
        self.history = HistoryView("この団体は、まだ変更されていません。")
        for row in (self.meetings, self.to_do, self.collaborations, self.reviews):
            row.wanted.connect(self.wanted)
        self.column.addWidget(PlainLabel("会議への出席", "section"))
        self.column.addWidget(self.attendance)
        self.column.addLayout(self.meetings)
        self.column.addWidget(PlainLabel("終わっていない宿題", "section"))
        self.column.addWidget(self.nothing_to_do)
        self.column.addLayout(self.to_do)
        self.column.addWidget(PlainLabel("連携した取組とつなぎ", "section"))
        self.column.addWidget(self.alone)
        self.column.addLayout(self.collaborations)
        self.column.addWidget(self.referred)
        self.column.addWidget(PlainLabel("根拠になっている到達状況の確認", "section"))
        self.column.addWidget(self.none_yet)
        self.column.addLayout(self.reviews)
        self.column.addWidget(PlainLabel("履歴", "section"))
        self.column.addWidget(self.history, 1)

    def show_links(self, links: Links) -> None:
        """Show the links of a record."""
        self.attendance.setText(attendance_words(links.visits, links.fiscal_year))
        self.meetings.show_records(
            [(RecordKey("meeting", one.meeting.id), _visit_words(one)) for one in links.visits]
        )
        self.nothing_to_do.setVisible(not links.actions)
        self.to_do.show_records(links.actions)
        year = fiscal_year_label(links.fiscal_year)
        self.alone.setText(f"{year}に続いている取組はありません。")
        self.alone.setVisible(not links.collaborations)
        self.collaborations.show_records(links.collaborations)
        given, taken = links.referred
        self.referred.setText(f"{year}のつなぎは、紹介した件数 {given}件、紹介を受けた件数 {taken}件です。")
        self.none_yet.setVisible(not links.reviews)
        self.reviews.show_records(links.reviews)
        self.history.show_changes(links.changes)


class _Buttons(QVBoxLayout):
    """A button for each record that is linked; it leads there."""

    wanted = Signal(object)
    """The RecordKey of the button that was pressed."""

    def __init__(self, icon_name: str) -> None:
        super().__init__()
        self.setSpacing(4)
        self._icon_name = icon_name
        self.buttons: list[ElidedButton] = []

    def show_records(self, records_shown: Sequence[tuple[RecordKey, str]]) -> None:
        """Show these records with what they are called, in place of those before."""
        for button in self.buttons:
            self.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = []
        for key, title in records_shown:
            button = ElidedButton(title, icon_name=self._icon_name)
            button.setProperty("record", (key.kind, key.id))
            button.clicked.connect(self._clicked)
            self.addWidget(button, 0, Qt.AlignmentFlag(0))
            self.buttons.append(button)

    def _clicked(self) -> None:
        self.wanted.emit(RecordKey(*self.sender().property("record")))


def attendance_words(came: Sequence[Visit], fiscal_year: int) -> str:
    """To how many meetings of the year it came, of those to which it was asked."""
    year = fiscal_year_label(fiscal_year)
    if not came:
        return f"{year}に開いた会議に、招いた記録はまだありません。"
    return f"{year}は、招いた会議{len(came)}回のうち{sum(one.is_present for one in came)}回に出席しました。"


def _action_words(one: ActionItemRow) -> str:
    due = format_date(one.due_on, DateStyle.WAREKI_SHORT, weekday=True) if one.due_on else "期限なし"
    return f"{due}　{one.what}"


def _visit_words(one: Visit) -> str:
    mark = f"{CAME} 出席" if one.is_present else f"{ABSENT} 欠席"
    return f"{mark}　{day_words(one.meeting.held_on)}　{short_name(one.meeting)}"
