"""A form that is typed and saved by itself: its fields, what stands above them, and its buttons always in sight."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.drafts import Draft, Value
from app.errors import ConflictError, InputError
from app.office import Done
from ui import theme
from ui.desk import Answer, Desk
from ui.drafts import DraftKeeper, DraftOffer
from ui.meetings.kept import Kept
from ui.widgets.button import Button
from ui.widgets.containers import rule
from ui.widgets.text import WrapLabel

V = TypeVar("V")

Lines = Sequence[tuple[str, str]]
"""Labels, and what another has written there."""


class ConflictBanner(QFrame):
    """Nothing typed is lost: it says what the other has written, and lets the person decide."""

    mine = Signal()
    theirs = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.set_look(self, "caution")
        message = (
            "入力している間に、ほかの人がここを変更しました。違っているところの、いまの内容は次のとおりです。"
        )
        self.text = WrapLabel("", selectable=True)
        self.mine_button = Button("自分の入力で保存する", self.mine.emit)
        self.theirs_button = Button("ほかの人の内容にする", self.theirs.emit)
        buttons = QHBoxLayout()
        buttons.addWidget(self.mine_button)
        buttons.addWidget(self.theirs_button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.addWidget(WrapLabel(message))
        column.addWidget(self.text)
        column.addLayout(buttons)
        self.hide()

    def show_lines(self, lines: Lines) -> None:
        """Show what the other has written; nothing where nobody has."""
        self.text.setText("\n".join(f"{label}：{text}" for label, text in lines))
        self.setVisible(bool(lines))


class Part(QWidget, Generic[V]):
    """Subclasses put their editor into ``body``, call ``edited`` at each change, and say how a value is shown, read and written."""

    unsaved_changed = Signal()

    stale = Signal()
    """The ledger holds something newer: the record has to be read again."""

    def __init__(
        self, desk: Desk, key: str, means: Callable[[V], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.desk = desk
        self.kept: Kept[V] = Kept(means, self.merged)
        self._key, self._means = key, means
        self._is_under_way = False
        self._refused: tuple[int, Exception] | None = None
        self._keeper = DraftKeeper(desk.drafts, self._draft, self)
        self.draft, self.conflict = DraftOffer(), ConflictBanner()
        self.save_button = Button("保存", self.save, "primary", "save", tip="保存（Ctrl+S）")
        # A click leaves the keys in the field: the button goes grey and would hand them to the navigation.
        self.save_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.revert_button = Button("入力を取り消す", self.revert, tip="保存した内容に戻します")
        self.foot = QHBoxLayout()
        self.body = QVBoxLayout()
        self._lay_out()
        self.draft.wanted.connect(self._use_draft)
        self.draft.refused.connect(self._refuse_draft)
        self.conflict.mine.connect(self._keep_mine)
        self.conflict.theirs.connect(self._take_theirs)
        self._show_marks()

    # ── what a subclass says ──────────────────────────────────────────────

    def show_value(self, value: V) -> None:
        """Show a value in the fields, without a call of ``edited``."""
        raise NotImplementedError

    def value(self) -> V:
        """What the fields hold."""
        raise NotImplementedError

    def perform(self, value: V, record_id: int, version: int, answer: Answer[Done[Any]]) -> None:
        """Hand the operation to the desk. InputError where a field cannot be read."""
        raise NotImplementedError

    def to_draft(self, value: V) -> dict[str, Value]:
        """The value as it can be kept against a crash."""
        raise NotImplementedError

    def of_draft(self, kept: Mapping[str, Value], stored: V) -> V:
        """The value from what was kept."""
        raise NotImplementedError

    def differing(self, mine: V, theirs: V) -> Lines:
        """In what another's value differs from what was typed."""
        raise NotImplementedError

    def merged(self, _begun: V, _mine: V, _theirs: V) -> V | None:
        """What was typed over a value that has changed in the ledger meanwhile; None where the person has to decide."""
        return None

    def after_saving(self, value: V, done: Done[Any]) -> None:
        """What is to be done once a value is in the ledger."""

    # ── what its holder asks ──────────────────────────────────────────────

    def meet(self, record_id: int, version: int, stored: V) -> None:
        """Show a record as the ledger holds it; what is typed about the same one stays."""
        is_other = record_id != self.kept.record_id
        self.kept.meet(record_id, version, stored)
        if is_other or self._means(self.value()) != self._means(self.kept.shown):
            self.show_value(self.kept.shown)
        self._show_marks()
        self._offer_draft()
        refused, self._refused = self._refused, None
        if refused is not None and self.kept.typed is not None and self.kept.theirs is None:
            if refused[0] == self.kept.version:
                self.desk.tell(refused[1])
            else:
                self.save()

    @property
    def is_dirty(self) -> bool:
        """Whether something typed has not been saved."""
        return self.kept.typed is not None

    def edited(self) -> None:
        """Something was typed."""
        if self.kept.record_id is None:
            return
        self.kept.take(self.value())
        if self.is_dirty:
            self._keeper.touched(self.draft_key)
            self.draft.hide()
        else:
            self._keeper.drop(self.draft_key)
        self._show_marks()
        self.unsaved_changed.emit()

    def save(self) -> None:
        """Save what was typed, unless that is under way or another's text stands against it."""
        kept = self.kept
        if kept.typed is None or kept.record_id is None or self._is_under_way:
            return
        if kept.theirs is not None:
            message = "ほかの人の変更と重なっています。"
            advice = "上の案内で、どちらの内容にするかを選んでください。"
            self.desk.tell(ConflictError(message, advice))
            return
        answer: Answer[Done[Any]] = Answer(
            partial(self._saved, kept.typed), partial(self._not_saved, kept.version)
        )
        self._is_under_way = True
        try:
            self.perform(kept.typed, kept.record_id, kept.version, answer)
        except InputError as error:
            self._is_under_way = False
            self.desk.tell(error)

    def revert(self) -> None:
        """Give up what was typed."""
        if self.kept.record_id is None:
            return
        self.kept.forget()
        self._keeper.drop(self.draft_key)
        self._show_again()

    # ── saving ────────────────────────────────────────────────────────────

    def _saved(self, value: V, done: Done[Any]) -> None:
        self._is_under_way = False
        self.kept.saved(value)
        if not self.is_dirty:
            self._keeper.drop(self.draft_key)
        self._show_marks()
        self.desk.notice_done(done.changes)
        self.after_saving(value, done)
        self.unsaved_changed.emit()

    def _not_saved(self, version: int, error: Exception) -> None:
        self._is_under_way = False
        if isinstance(error, ConflictError):
            self._refused = (version, error)
            self.stale.emit()
        else:
            self.desk.tell(error)

    def _keep_mine(self) -> None:
        self.kept.keep_mine()
        self._show_marks()
        self.save()

    def _take_theirs(self) -> None:
        self.revert()

    # ── drafts ────────────────────────────────────────────────────────────

    @property
    def draft_key(self) -> str:
        """Under which key what is typed is kept against a crash."""
        return f"meeting/{self.kept.record_id}/{self._key}"

    def _draft(self) -> dict[str, Value]:
        return self.to_draft(self.kept.shown)

    def _offer_draft(self) -> None:
        self.draft.offer(None if self.is_dirty else self.desk.drafts.take(self.draft_key))

    def _use_draft(self, draft: Draft) -> None:
        if self.kept.stored is not None:
            self.kept.take(self.of_draft(draft.values, self.kept.stored))
            self._show_again()

    def _refuse_draft(self) -> None:
        self._keeper.drop(self.draft_key)

    # ── showing ───────────────────────────────────────────────────────────

    def _show_again(self) -> None:
        self.show_value(self.kept.shown)
        self._show_marks()
        self.unsaved_changed.emit()

    def _show_marks(self) -> None:
        self.save_button.setEnabled(self.is_dirty)
        self.revert_button.setEnabled(self.is_dirty)
        mine, theirs = self.kept.typed, self.kept.theirs
        self.conflict.show_lines(
            self.differing(mine, theirs) if mine is not None and theirs is not None else ()
        )

    def _lay_out(self) -> None:
        self.foot.setContentsMargins(12, 4, 12, 0)
        self.foot.setSpacing(8)
        self.foot.addWidget(self.save_button)
        self.foot.addWidget(self.revert_button)
        self.foot.addStretch(1)
        banners = QVBoxLayout()
        banners.setContentsMargins(12, 0, 12, 0)
        banners.setSpacing(6)
        banners.addWidget(self.draft)
        banners.addWidget(self.conflict)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(banners)
        column.addLayout(self.body, 1)
        column.addWidget(rule())
        column.addLayout(self.foot)
