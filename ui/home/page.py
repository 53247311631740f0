"""ホーム: the state of the year at a glance, and what waits to be done."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app import home
from app.calendar import fiscal_year_label, period_label
from app.home import HomeSummary
from app.outcomes.progress import Progress
from reports.contents import progress_parts
from ui.desk import Desk
from ui.home.cards import BackupCard, FigureCard, NetworkCard, RecentCard, WaitingCard
from ui.home.left_card import LeftCard
from ui.home.meeting_cards import MeetingCards
from ui.page import Page
from ui.widgets.button import Button
from ui.widgets.chart_view import ChartView
from ui.widgets.containers import Banner, Card, EmptyState, PageHeader, ScrollColumn
from ui.widgets.text import WrapLabel
from ui.widgets.tiles import TileGrid


class HomePage(Page):
    """Reads the year in one go, and leads to each thing it speaks of."""

    key: ClassVar[str] = "home"
    title: ClassVar[str] = "ホーム"
    kinds: ClassVar[frozenset[str]] = frozenset(
        {
            "plan",
            "plan_item",
            "rating_scale",
            "rating_level",
            "outcome_review",
            "evidence",
            "setting",
            "organisation",
            "organisation_category",
            "roster_confirmation",
            "meeting",
            "meeting_kind",
            "preparation_task",
            "district",
            "action_item",
            "agenda_item",
            "voice",
            "assessment_round",
            "step_assessment",
        }
    )

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.header = PageHeader("")
        self.other_period = Banner()
        self.other_period.hide()
        self.left = LeftCard(desk)
        self.figures = TileGrid(9)
        self.chart = ChartView()
        self.rule = WrapLabel("", "note")
        self.unreviewed = WaitingCard("まだ確認していない到達イメージ", "すべて確認しました。", desk)
        self.without_evidence = WaitingCard("根拠のない評価", "評価には、すべて根拠があります。", desk)
        self.unrevised = WaitingCard("前年度の文章を写したままのもの", "写したままの文章はありません。", desk)
        self.meetings = MeetingCards(desk, self)
        self.network = NetworkCard(desk)
        self.recent = RecentCard(desk)
        self.backup = BackupCard(desk)
        self._lay_out()

    def refresh(self) -> None:
        self.desk.ask(self, self._show, home.summary, self.desk.fiscal_year)
        self.meetings.refresh()
        self.network.refresh()
        self.recent.refresh()
        self.backup.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # No change of the ledger tells that a text was recalled or given up.
        self.left.refresh()

    def _lay_out(self) -> None:
        standing = Card()
        standing.body.addWidget(self.chart)
        standing.body.addWidget(self.rule)
        waiting = TileGrid(20)
        waiting.set_tiles([self.unreviewed, self.without_evidence, self.unrevised])
        meetings = TileGrid(20)
        meetings.set_tiles(self.meetings.tiles())
        around = TileGrid(24)
        around.set_tiles([self.network, self.recent, self.backup])
        self._of_plan: tuple[QWidget, ...] = (self.figures, standing, waiting)
        self._empty = EmptyState(
            "この台帳には、まだ指針・計画がありません",
            "指針を取り込むと、到達イメージごとの進みぐあいがここに並びます。",
            "指針を取り込む",
            self._open_plans,
            "plans",
        )
        self._empty.hide()
        scroll = ScrollColumn(width=None)
        for widget in (
            self.header,
            self.left,
            self.other_period,
            self.figures,
            meetings,
            self._empty,
            standing,
            waiting,
            around,
        ):
            scroll.column.addWidget(widget)
        scroll.column.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scroll)
        self.header.add(Button("帳票を作る", self._open_reports, icon_name="reports"))
        self._to_outcomes = Button("到達状況を確かめる", self._open_outcomes, "primary", "outcomes")
        self.header.add(self._to_outcomes)

    def _show(self, summary: HomeSummary) -> None:
        progress = summary.progress
        year = fiscal_year_label(summary.fiscal_year)
        self.header.title.setText(f"{year}のようす")
        self._empty.setVisible(progress is None)
        for widget in self._of_plan:
            widget.setVisible(progress is not None)
        self.header.explanation.setVisible(progress is not None)
        self._to_outcomes.setVisible(progress is not None)
        self.other_period.setVisible(progress is not None and not summary.is_within_period)
        if progress is not None:
            self._show_progress(progress, summary, year)

    def _show_progress(self, progress: Progress, summary: HomeSummary, year: str) -> None:
        self.header.explanation.setText(_plan_line(progress, summary))
        period = period_label(progress.plan.period_from, progress.plan.period_to)
        self.other_period.label.setText(f"{year}は、この指針の期間（{period}）の外です。")
        self.figures.set_tiles([FigureCard(one) for one in progress_parts.year_figures(progress).items])
        self.chart.set_chart(progress_parts.rating_chart(progress))
        self.rule.setText(summary.rule)
        self.unreviewed.show_outcomes(summary.unreviewed)
        self.without_evidence.show_outcomes(summary.without_evidence)
        self.unrevised.show_outcomes(summary.unrevised)

    def _open_outcomes(self) -> None:
        self.desk.show_page("outcomes")

    def _open_reports(self) -> None:
        self.desk.show_page("reports")

    def _open_plans(self) -> None:
        self.desk.show_page("plans")


def _plan_line(progress: Progress, summary: HomeSummary) -> str:
    plan = progress.plan
    name = f"{plan.title}（{plan.edition}）" if plan.edition else plan.title
    issuer = summary.office.issuer
    return f"{issuer}　{name}" if issuer else name
