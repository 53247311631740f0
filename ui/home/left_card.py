"""The card of the first page about what an earlier run has left unsaved; it is there only where something is."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.calendar import format_date
from ui.desk import Desk
from ui.widgets.button import Button, ElidedButton
from ui.widgets.containers import Card, emptied
from ui.widgets.text import WrapLabel

if TYPE_CHECKING:
    from ui.left_drafts import Left


class LeftCard(Card):
    """A click leads to where a text is offered again; 使わない gives it up."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("保存されていない入力が残っています", parent)
        self._desk = desk
        self.rows: list[ElidedButton] = []
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        self.body.addWidget(
            WrapLabel("保存する前に終わった入力です。押すとその場所が開き、呼び戻せます。", "muted")
        )
        self.body.addLayout(self._column)
        self.hide()

    def refresh(self) -> None:
        """Look again what is left."""
        keys = self._desk.drafts.keys()
        drafts = {key: self._desk.drafts.take(key) for key in keys}
        kept = {key: draft.kept_at for key, draft in drafts.items() if draft is not None and draft.values}
        if not kept:
            self.hide()
            return
        from ui.left_drafts import left

        self._desk.ask(self, self._show, left, kept)

    def _show(self, found: Sequence[Left]) -> None:
        emptied(self._column)
        self.rows = []
        # What was recalled or given up while this was read is not left any more.
        left = [one for one in found if self._desk.drafts.take(one.key) is not None]
        for one in left:
            self._column.addWidget(self._row(one))
        self.setVisible(bool(left))

    def _row(self, one: Left) -> QWidget:
        when = f"{format_date(one.kept_at.date())} {one.kept_at:%H時%M分}"
        button = ElidedButton(f"{one.words}　{when}", icon_name="edit")
        button.clicked.connect(partial(self._lead, one))
        self.rows.append(button)
        refuse = Button("使わない", partial(self._give_up, one.key), "quiet", name=f"{one.words}を使わない")
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(button, 1)
        line.addWidget(refuse)
        return row

    def _lead(self, one: Left) -> None:
        if one.fiscal_year is not None:
            self._desk.view_year(one.fiscal_year)
        if one.record is not None:
            self._desk.show_record(one.record)
        else:
            self._desk.show_page(one.page, one.topic)

    def _give_up(self, key: str) -> None:
        self._desk.drafts.drop(key)
        self.refresh()
