"""The backups there are: where they lie, making one now, and putting one in the ledger's place."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QHeaderView, QTableView, QWidget

from app.backups import Backup
from ui import dialogs
from ui.backups import back_up_now, keeper_of, when
from ui.desk import Desk
from ui.dialogs import Choice
from ui.table_model import TableColumn, TableModel, show_rows
from ui.tasks import Task
from ui.widgets.button import Button
from ui.widgets.containers import Card
from ui.widgets.text import WrapLabel

_ROWS_SHOWN = 6


class BackupCard(Card):
    """A table of backups, the newest first."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("バックアップ", parent)
        self._desk = desk
        self.model = TableModel[Backup](
            (
                TableColumn("いつ", when),
                TableColumn("きっかけ", _reason),
                TableColumn("大きさ", _size),
            ),
            lambda one: one.path.name,
            self,
        )
        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.setAccessibleName("バックアップの一覧")
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.horizontalHeader().setHighlightSections(False)
        self.where = WrapLabel("", "muted", selectable=True)
        self.nothing = WrapLabel("まだバックアップはありません。", "muted")
        self.now = Button("いま保存", self._back_up, icon_name="save")
        self.restore = Button("選んだ時点に復元…", self._restore, icon_name="history")
        self.folder = Button("保存先を変える…", self._choose_folder)
        self._lay_out()
        self.table.selectionModel().currentRowChanged.connect(self._chosen)
        desk.backed_up.connect(self.refresh)
        is_file = desk.office.path is not None
        for button in (self.now, self.folder):
            button.setEnabled(is_file)
        self.restore.setEnabled(False)

    def refresh(self) -> None:
        """Read the list again."""
        keeper = keeper_of(self._desk.office.path, self._desk.person)
        if keeper is None:
            self.where.setText("サーバーの台帳のバックアップは、サーバーの管理者が取ります。")
            return
        self.where.setText(f"保存先：{keeper.folder}")

        def work(_task: Task) -> tuple[Backup, ...]:
            from app.backups import listed

            return listed(keeper.ledger, keeper.folder)

        self._desk.work(self, work, self._show)

    def _lay_out(self) -> None:
        self.body.addWidget(
            WrapLabel(
                "開いたとき、30分ごと（変更があれば）、終わるときに、自動で取ります。古いものは間引かれます。",
                "muted",
            )
        )
        self.body.addWidget(self.where)
        self.body.addWidget(self.nothing)
        self.body.addWidget(self.table)
        row = QHBoxLayout()
        for button in (self.now, self.restore, self.folder):
            row.addWidget(button)
        row.addStretch(1)
        self.body.addSpacing(4)
        self.body.addLayout(row)

    def _show(self, backups: Sequence[Backup]) -> None:
        show_rows(self.table, self.model, backups)
        self.nothing.setVisible(not backups)
        self.table.setVisible(bool(backups))
        row = self.fontMetrics().height() + 12
        self.table.verticalHeader().setDefaultSectionSize(row)
        self.table.setFixedHeight(row * (min(len(backups), _ROWS_SHOWN) + 1) + 16)
        self._chosen()

    def _chosen(self) -> None:
        self.restore.setEnabled(self.table.currentIndex().isValid())

    def _back_up(self) -> None:
        back_up_now(self._desk, self, self._backed_up)

    def _backed_up(self, backup: Backup) -> None:
        self._desk.notice(f"バックアップを保存しました：{backup.path.name}")
        self._desk.backed_up.emit(backup)

    def _restore(self) -> None:
        backup = self.model.row(self.table.currentIndex())
        if backup is None:
            return
        answer = dialogs.ask(
            self,
            f"台帳を、{when(backup)}のバックアップに復元します。",
            "いまの台帳は、別の名前で同じフォルダーに残します。",
            (Choice("restore", "復元する"), Choice("back", "戻る")),
        )
        if answer == "restore":
            self._desk.restore_wanted.emit(backup.path)

    def _choose_folder(self) -> None:
        keeper = keeper_of(self._desk.office.path, self._desk.person)
        folder = dialogs.choose_folder(
            self, "バックアップの保存先", keeper.folder.parent if keeper else Path.home()
        )
        if folder is not None:
            self._desk.person.choose(backup_folder=str(folder))
            self.refresh()


def _size(backup: Backup) -> str:
    return f"{backup.size / 1_000_000:,.1f} MB" if backup.size >= 100_000 else f"{backup.size / 1000:,.0f} KB"


def _reason(backup: Backup) -> str:
    return backup.reason if backup.is_verified else f"{backup.reason}（未確認）"
