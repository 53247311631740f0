"""The cards of the first page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app import history, home
from app.backups import Backup
from app.calendar import fiscal_year_label, format_date
from app.history import HistoryRow
from app.home import NetworkSummary
from app.outcomes.progress import OutcomeProgress
from app.records import RecordKey
from reports.document import Figure
from ui.backups import back_up_now, keeper_of, when
from ui.desk import Desk
from ui.navigation import PAGES
from ui.widgets.button import Button, ElidedButton
from ui.widgets.containers import Card
from ui.widgets.text import PlainLabel, WrapLabel

SHOWN = 5
"""How many outcomes a card names; the rest is counted."""


class FigureCard(Card):
    """One large number of the year."""

    def __init__(self, figure: Figure, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.body.setContentsMargins(16, 12, 16, 12)
        self.body.setSpacing(2)
        self.body.addWidget(WrapLabel(figure.label, "muted"))
        self.body.addWidget(PlainLabel(figure.value, "figure"))
        self.body.addWidget(WrapLabel(figure.note, "note"))
        self.setAccessibleName(f"{figure.label} {figure.value} {figure.note}")


class WaitingCard(Card):
    """Outcomes that wait for the same thing; a click leads to each."""

    def __init__(self, title: str, all_done: str, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self._title, self._all_done, self._desk = title, all_done, desk
        self.rows: list[OutcomeButton] = []
        self.note = WrapLabel(all_done, "muted")
        # Nothing is said of what has not been read yet.
        self.note.hide()
        self.all = Button("すべて見る", self._show_all, "link")
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        self.body.addLayout(self._column)
        self.body.addWidget(self.note)
        self.body.addWidget(self.all)
        self.body.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def show_outcomes(self, outcomes: Sequence[OutcomeProgress]) -> None:
        """Name the first of them, and how many there are."""
        self.heading.setText(f"{self._title}　{len(outcomes)}件" if outcomes else self._title)
        for row in self.rows:
            row.hide()
            row.deleteLater()
        self.rows = [OutcomeButton(one, self._desk) for one in outcomes[:SHOWN]]
        for row in self.rows:
            self._column.addWidget(row)
        left = len(outcomes) - len(self.rows)
        self.note.setVisible(not outcomes)
        self.all.setVisible(left > 0)
        self.all.setText(f"ほか {left}件も見る")
        self.all.setAccessibleName(f"{self._title}：ほか {left}件も見る")

    def _show_all(self) -> None:
        self._desk.show_page("outcomes")


class OutcomeButton(ElidedButton):
    """An outcome by its first words; a click shows it on its page."""

    def __init__(self, outcome: OutcomeProgress, desk: Desk) -> None:
        super().__init__(outcome.item.heading, icon_name="outcomes")
        self._desk = desk
        self.item_id = outcome.item.id
        self.clicked.connect(self._show)

    def _show(self) -> None:
        self._desk.show_record(RecordKey("plan_item", self.item_id))


class NetworkCard(Card):
    """How many organisations the network has, on which side, and how many have not yet confirmed the year's roster."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("会員団体", parent)
        self._desk = desk
        self.groups = WrapLabel("")
        self.day = WrapLabel("", "note")
        self.to_ask = WrapLabel("")
        self.show_all = Button("会員団体を見る", self._show_organisations, "link")
        self.turn_year = Button("年度替わりの確認へ", self._show_year_turn, "link")
        for widget in (self.groups, self.day, self.to_ask, self.show_all, self.turn_year):
            self.body.addWidget(widget)
        self.body.addStretch(1)
        pages = {entry.key for entry in PAGES}
        if "organisations" not in pages:
            self.show_all.hide()
        self._can_turn = "year_turn" in pages
        self.turn_year.hide()

    def refresh(self) -> None:
        """Read it again."""
        self._desk.ask(self, self._show, home.network, self._desk.fiscal_year, date.today())

    def _show(self, network: NetworkSummary) -> None:
        self.heading.setText(f"会員団体　{network.total}団体" if network.total else "会員団体")
        sides = (f"{group.label if group else '区分なし'} {count}" for group, count in network.groups)
        self.groups.setText("　".join(sides) or "まだ会員団体がありません。")
        self.day.setText(f"{format_date(network.day)}現在")
        self.day.setVisible(network.total > 0)
        year = fiscal_year_label(network.fiscal_year)
        self.to_ask.setText(
            f"{year}の名簿の確認がまだの団体：{network.to_ask}団体"
            if network.to_ask
            else f"{year}の名簿は、すべての団体に確かめました。"
        )
        self.to_ask.setVisible(network.total > 0)
        self.turn_year.setVisible(self._can_turn and network.to_ask > 0)

    def _show_organisations(self) -> None:
        self._desk.show_page("organisations")

    def _show_year_turn(self) -> None:
        self._desk.show_page("year_turn")


class RecentCard(Card):
    """What was changed lately, by whom and when."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("最近の変更", parent)
        self._desk = desk
        self.nothing = WrapLabel("まだ何も変更していません。", "muted")
        self.nothing.hide()
        self.rows: list[QWidget] = []
        self._column = QVBoxLayout()
        self._column.setSpacing(10)
        self.body.addLayout(self._column)
        self.body.addWidget(self.nothing)
        self.body.addStretch(1)

    def refresh(self) -> None:
        """Read it again."""
        self._desk.ask(self, self._show, history.recent, SHOWN)

    def _show(self, changes: Sequence[HistoryRow]) -> None:
        for row in self.rows:
            row.hide()
            row.deleteLater()
        self.rows = [_recent_row(change) for change in changes]
        for row in self.rows:
            self._column.addWidget(row)
        self.nothing.setVisible(not changes)


def _recent_row(change: HistoryRow) -> QWidget:
    row = QWidget()
    column = QVBoxLayout(row)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    column.addWidget(WrapLabel(change.sentence))
    when_and_who = f"{format_date(change.at.date())} {change.at:%H時%M分}　{change.actor}"
    column.addWidget(WrapLabel(when_and_who, "note"))
    return row


class BackupCard(Card):
    """When the ledger was last copied to a safe place, and the button that does it now."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("バックアップ", parent)
        self._desk = desk
        self.last = WrapLabel("")
        self.note = WrapLabel(
            "自動でも取っています。共有の台帳は、終業前に一度ここで保存すると安心です。", "muted"
        )
        self.now = Button("いま保存", self._back_up, icon_name="save")
        row = QHBoxLayout()
        row.addWidget(self.now)
        row.addStretch(1)
        for widget in (self.last, self.note):
            self.body.addWidget(widget)
        self.body.addSpacing(4)
        self.body.addLayout(row)
        self.body.addStretch(1)
        desk.backed_up.connect(self.refresh)

    def refresh(self) -> None:
        """Read it again."""
        keeper = keeper_of(self._desk.office.path, self._desk.person)
        self.now.setEnabled(keeper is not None)
        if keeper is None:
            self.last.setText("サーバーの台帳のバックアップは、サーバーの管理者が取ります。")
        else:
            self._desk.work(self, lambda _task: keeper.last(), self._show)

    def _show(self, backup: Backup | None) -> None:
        self.last.setText(
            f"最後のバックアップ：{when(backup)}" if backup else "まだバックアップはありません。"
        )

    def _back_up(self) -> None:
        back_up_now(self._desk, self, self._backed_up)

    def _backed_up(self, backup: Backup) -> None:
        self._desk.notice(f"バックアップを保存しました：{backup.path.name}")
        self._desk.backed_up.emit(backup)
