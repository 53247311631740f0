"""Where the ledger lies, and what is risky about it."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.errors import LedgerError
from ui import opening
from ui.desk import Desk
from ui.widgets.button import Button
from ui.widgets.containers import Banner, Card
from ui.widgets.text import WrapLabel


class LedgerCard(Card):
    """The file that is open."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("台帳", parent)
        self._desk = desk
        path = desk.office.path
        self.place = WrapLabel(str(path) if path else "サーバーの台帳を使っています。", selectable=True)
        self.body.addWidget(WrapLabel("開いている台帳の場所", "muted"))
        self.body.addWidget(self.place)
        for caution in desk.office.cautions:
            self.body.addWidget(Banner(f"{caution.message}{caution.advice}", "caution"))
        row = QHBoxLayout()
        self.folder = Button("フォルダーを開く", self._open_folder, icon_name="open")
        self.folder.setEnabled(path is not None)
        self.other = Button("ほかの台帳を開く・作る…", self._leave)
        row.addWidget(self.folder)
        row.addWidget(self.other)
        row.addStretch(1)
        self.body.addSpacing(4)
        self.body.addLayout(row)

    def _open_folder(self) -> None:
        path = self._desk.office.path
        if path is None:
            return
        try:
            opening.open_path(path.parent)
        except LedgerError as error:
            self._desk.tell(error)

    def _leave(self) -> None:
        self._desk.ledger_wanted.emit(None)
