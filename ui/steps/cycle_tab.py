"""次の一手: per scope the turn from round to round. What was agreed the last time and what became of it comes first."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.steps.queries import AssessmentRow, Scope, ScopeResult
from app.steps.round_picture import Picture
from app.text import search_key
from reports.answer_marks import step_change
from ui.desk import Desk
from ui.meetings.part import Part
from ui.steps.detail import who
from ui.steps.long_list import Counts, LongList
from ui.steps.next_part import NextPart, next_facts
from ui.steps.states import reached_words
from ui.steps.tab import Halves, RoundTab
from ui.widgets.button import Button, ElidedButton
from ui.widgets.containers import Card, ScrollColumn, rule
from ui.widgets.record_list import ListLine, RecordList, RecordView
from ui.widgets.text import WrapLabel

_MOST, _MOST_PARTS = 12, 8


class CycleTab(RoundTab):
    """The scopes at the left, the turn of the chosen one at the right."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._picture: Picture | None = None
        self._scopes: list[Scope] = []
        self._places: dict[Scope, int] = {}
        self.shown: Scope | None = None
        self._parts: dict[int, NextPart] = {}
        self._opened: Counts = {}
        self._opened_of: Scope | None = None
        view = RecordView("範囲の一覧", ("到達", "範囲"), "ステップ4　↑1")
        self.pane = RecordList(view, "範囲・かな・次の一手で絞り込み", "範囲")
        self.name = WrapLabel("", "section")
        self.last, self.now, self.ahead = (
            Card("前回の次の一手と、その後"),
            Card("今回の答えから"),
            Card("これからの次の一手"),
        )
        self._insides: list[QWidget] = []
        self.more_last = Button("", self._show_more_last, "quiet")
        self.more_last.hide()
        self.last.body.addWidget(self.more_last)
        self._scroll = ScrollColumn(sides=12)
        self._scroll.column.setSpacing(12)
        for widget in (self.name, self.last, self.now, self.ahead):
            self._scroll.column.addWidget(widget)
        self._scroll.column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 8, 0, 0)
        outer.addWidget(Halves(self.pane, self._scroll))
        self.pane.chosen.connect(self._chosen)
        self.pane.open_wanted.connect(self.edit)

    def show_picture(self, picture: Picture) -> None:
        self._picture = picture
        for place, row in enumerate(picture.result.scopes):
            if row.scope not in self._places:
                self._places[row.scope] = len(self._scopes)
                self._scopes.append(row.scope)
            if self.shown is None and place == 0:
                self.shown = row.scope
        if self.shown is None or picture.row(self.shown) is None:
            self.shown = picture.result.scopes[0].scope if picture.result.scopes else None
        lines = [self._line(picture, row) for row in picture.result.scopes]
        self.pane.show_lines(lines, self._places[self.shown] if self.shown is not None else None)
        self._show_scope()

    def parts(self) -> Sequence[Part[Any]]:
        return tuple(self._parts.values())

    def take_focus(self) -> None:
        self.pane.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def edit(self) -> None:
        first = next(iter(self._parts.values()), None)
        if first is not None:
            first.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _line(self, picture: Picture, row: ScopeResult) -> ListLine:
        before = [
            one for one in own(picture.counted_before.get(row.scope, ()), row.scope) if one.next_step.strip()
        ]
        told = sum(bool(one.next_result.strip()) for one in before)
        is_answered = bool(row.answered or row.ruling)
        state = f"{reached_words(row)}\n{step_change(row.step, row.before) if is_answered else ''}"
        below = f"前回の次の一手 {len(before)}件　その後 {told}件" if before else "前回の次の一手なし"
        steps = [one.next_step for one in (*before, *own(picture.counted.get(row.scope, ()), row.scope))]
        key = search_key("\n".join((row.name, row.kana, *steps)))
        return ListLine(self._places[row.scope], state, f"{row.name}\n{below}", "", key)

    def _chosen(self, place: int) -> None:
        if self._scopes[place] != self.shown:
            self.leave_wanted.emit(partial(self._choose, place), self._stay)

    def _choose(self, place: int) -> None:
        self.shown = self._scopes[place]
        self.pane.select(place)
        self._scroll.verticalScrollBar().setValue(0)
        self._show_scope()

    def _stay(self) -> None:
        self.pane.select(self._places[self.shown] if self.shown is not None else None)

    # ── showing ───────────────────────────────────────────────────────────

    def _show_scope(self) -> None:
        picture, scope = self._picture, self.shown
        row = picture.row(scope) if picture is not None and scope is not None else None
        if picture is None or scope is None or row is None:
            return
        self.name.setText(f"{row.name}　{reached_words(row)}")
        if scope != self._opened_of:
            self._opened.clear()
            self._opened_of = scope
        for widget in self._insides:
            widget.hide()
            widget.deleteLater()
        self._insides = []
        self._show_last(picture, scope)
        asked = own(picture.counted.get(scope, ()), scope)
        self._show_now(asked)
        self._show_ahead(asked)

    def _show_last(self, picture: Picture, scope: Scope) -> None:
        before = [one for one in own(picture.counted_before.get(scope, ()), scope) if one.next_step.strip()]
        name = picture.before.round.name if picture.before is not None else ""
        self.last.heading.setText(f"前回の次の一手と、その後　{name}".strip())
        self._drop_parts({one.id for one in before})
        # The forms are kept, not made anew as the rest: somebody may be typing in one of them.
        count = self._opened.setdefault("last", _MOST_PARTS)
        for one in before[:count]:
            if one.id not in self._parts:
                part = self._parts[one.id] = NextPart(self.desk)
                part.stale.connect(self.stale)
                self.last.body.insertWidget(self.last.body.indexOf(self.more_last), part)
                part.show()
            self._parts[one.id].show_row(one)
        self.more_last.setText(f"ほか {len(before) - count}件も見る")
        self.more_last.setVisible(len(before) > count)
        if not before:
            words = "前回、この範囲で決めた次の一手はありません。" if name else "前の回はありません。"
            self._say(self.last, words)

    def _drop_parts(self, known: Collection[int]) -> None:
        """Take away the forms of other next steps."""
        for gone in [one for one in self._parts if one not in known]:
            part = self._parts.pop(gone)
            if part.is_dirty:
                part.revert()
            self.last.body.removeWidget(part)
            part.hide()
            part.deleteLater()

    def _show_more_last(self) -> None:
        if self._picture is not None and self.shown is not None:
            known = set(self._parts)
            self._opened["last"] += _MOST_PARTS * 2
            self._show_last(self._picture, self.shown)
            first = next((part for one, part in self._parts.items() if one not in known), None)
            if first is not None:
                first.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_now(self, asked: Sequence[AssessmentRow]) -> None:
        spoken = [one for one in asked if one.went_well.strip() or one.difficulty.strip()]
        if spoken:
            self._put(self.now, LongList("now", spoken, self._spoken, _MOST, self._opened))
        else:
            self._say(self.now, "うまくいっていること・難しいことは、まだ書かれていません。")

    def _spoken(self, one: AssessmentRow) -> list[QWidget]:
        texts = [("うまくいっていること", one.went_well), ("難しいこと", one.difficulty)]
        told = [f"{label}：{text.strip()}" for label, text in texts if text.strip()]
        return [WrapLabel(who(one), "field"), *(WrapLabel(words, selectable=True) for words in told)]

    def _show_ahead(self, asked: Sequence[AssessmentRow]) -> None:
        agreed = [one for one in asked if one.next_step.strip()]
        if agreed:
            self._put(self.ahead, LongList("ahead", agreed, self._agreed, _MOST, self._opened))
        without = [one for one in asked if not one.next_step.strip()]
        if without:
            self._say(self.ahead, "次の一手がまだないもの（押すと、その答えを開いて書けます）")
            self._put(self.ahead, LongList("without", without, self._sheet_button, _MOST, self._opened))
        if not asked:
            self._say(self.ahead, "この範囲について聞いた相手はいません。")

    def _agreed(self, one: AssessmentRow) -> list[QWidget]:
        became = [WrapLabel(f"その後：{one.next_result.strip()}")] if one.next_result.strip() else []
        return [
            WrapLabel(one.next_step.strip(), "field"),
            WrapLabel(next_facts(one), "muted"),
            *became,
            rule(),
        ]

    def _sheet_button(self, one: AssessmentRow) -> list[QWidget]:
        button = ElidedButton(who(one), icon_name="edit")
        button.setProperty("record", one.id)
        button.clicked.connect(self._sheet_clicked)
        return [button]

    def _put(self, card: Card, widget: QWidget) -> None:
        card.body.addWidget(widget)
        # A layout shows what is put into it only with the next turn of the events, and the place would blink.
        widget.show()
        self._insides.append(widget)

    def _say(self, card: Card, words: str) -> None:
        self._put(card, WrapLabel(words, "muted"))

    def _sheet_clicked(self) -> None:
        self.sheet_wanted.emit(self.sender().property("record"))


def own(asked: Sequence[AssessmentRow], scope: Scope) -> list[AssessmentRow]:
    """What was asked about the scope itself; where nothing was, all that counts for it."""
    found = [one for one in asked if one.scope == scope]
    return found or list(asked)
