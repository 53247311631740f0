"""重複の確認: pairs of entries that may be one organisation, side by side, and making one of two."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.calendar import format_date
from app.errors import LedgerError
from app.office import Done, Reader
from app.organisations import operations, queries
from app.organisations.queries import Member
from app.organisations.rules import Duplicate
from app.text import excerpt
from ui.desk import Answer, Desk
from ui.widgets.button import Button
from ui.widgets.containers import Card, EmptyState, ScrollColumn
from ui.widgets.text import PlainLabel, WrapLabel

_MOST = 50
"""So many pairs are shown at once; the next come up as these are dealt with."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two entries, and why they may be one."""

    why: Duplicate
    first: Member
    second: Member


@dataclass(frozen=True, slots=True)
class Pairs:
    """The first pairs, and how many there are."""

    shown: tuple[Pair, ...]
    count: int


def read(reader: Reader) -> Pairs:
    """The pairs of the ledger."""
    found = queries.duplicates(reader)
    shown = [
        Pair(one, queries.member(reader, one.first_id), queries.member(reader, one.second_id))
        for one in found[:_MOST]
    ]
    return Pairs(tuple(shown), len(found))


class DuplicatesDialog(QDialog):
    """A card for each pair. That two entries are different organisations is not stored: they come up again."""

    def __init__(self, desk: Desk, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setWindowTitle("重複の確認")
        self.resize(860, 600)
        self.count = WrapLabel("調べています…", "section")
        self.problem = WrapLabel("", "problem")
        self.problem.hide()
        self.cards: list[PairCard] = []
        self.nothing = EmptyState(
            "重複している団体は見つかりません", "名前または電話番号が同じ団体を探しました。"
        )
        self.nothing.hide()
        self.pairs = ScrollColumn(width=None)
        self._lay_out()
        self._ask()

    def show_pairs(self, pairs: Pairs) -> None:
        """Show these pairs."""
        for card in self.cards:
            self.pairs.column.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = [PairCard(pair) for pair in pairs.shown]
        for place, card in enumerate(self.cards):
            card.merge_wanted.connect(self.merge)
            self.pairs.column.insertWidget(place, card)
        more = f"（はじめの{_MOST}組を表示しています）" if pairs.count > len(pairs.shown) else ""
        self.count.setText(f"同じ団体かもしれない組　{pairs.count}組{more}")
        self.count.setVisible(bool(pairs.shown))
        self.pairs.setVisible(bool(pairs.shown))
        self.nothing.setVisible(not pairs.shown)

    def merge(self, kept: Member, gone: Member) -> None:
        """Make one entry of two."""
        self.problem.hide()
        for card in self.cards:
            card.setEnabled(False)
        answer = Answer(self._merged, self._failed)
        kept_id, gone_id = kept.organisation.id, gone.organisation.id
        self._desk.perform(self, answer, operations.merge, kept_id, gone_id)

    def _merged(self, done: Done[None]) -> None:
        self._desk.notice(f"{done.changes.label}しました。", can_undo=True)
        self._ask()

    def _ask(self) -> None:
        self._desk.ask(self, self.show_pairs, read)

    def _failed(self, error: Exception) -> None:
        for card in self.cards:
            card.setEnabled(True)
        if not isinstance(error, LedgerError):
            self._desk.tell(error)
            return
        self.problem.setText(str(error))
        self.problem.show()

    def _lay_out(self) -> None:
        explanation = (
            "統合すると、人・発信の手段・空いている項目がもう一方から移り、履歴も残ります。あとで元に戻せます。"
            "別の団体のときは、何もしなくてかまいません（「別の団体」という判断は保存されないため、次に開いたときも表示されます）。"
        )
        self.pairs.column.addStretch(1)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(Button("閉じる", self.accept))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(8)
        column.addWidget(self.count)
        column.addWidget(WrapLabel(explanation, "muted"))
        column.addWidget(self.problem)
        column.addWidget(self.nothing, 1)
        column.addWidget(self.pairs, 1)
        column.addLayout(buttons)


class PairCard(Card):
    """Two entries side by side; what differs stands in bold."""

    merge_wanted = Signal(object, object)
    """The Member that stays, and the one that goes into it."""

    def __init__(self, pair: Pair) -> None:
        super().__init__(_why(pair.why))
        self._pair = pair
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        facts = zip(_facts(pair.first), _facts(pair.second), strict=True)
        for row, ((label, first), (_, second)) in enumerate(facts):
            look = "" if first == second else "field"
            grid.addWidget(PlainLabel(label, "muted"), row, 0)
            grid.addWidget(WrapLabel(first or "—", look), row, 1)
            grid.addWidget(WrapLabel(second or "—", look), row, 2)
        left = Button("左を残して統合", self._keep_first, name=_saying(pair.first, pair.second))
        right = Button("右を残して統合", self._keep_second, name=_saying(pair.second, pair.first))
        grid.addWidget(left, grid.rowCount(), 1)
        grid.addWidget(right, grid.rowCount() - 1, 2)
        self.keep_first, self.keep_second = left, right
        self.body.addLayout(grid)

    def _keep_first(self) -> None:
        self.merge_wanted.emit(self._pair.first, self._pair.second)

    def _keep_second(self) -> None:
        self.merge_wanted.emit(self._pair.second, self._pair.first)


def _why(why: Duplicate) -> str:
    reasons = [word for word, holds in (("名前", why.same_name), ("電話番号", why.same_telephone)) if holds]
    return f"{'と'.join(reasons)}が同じです"


def _saying(kept: Member, gone: Member) -> str:
    return f"「{excerpt(gone.organisation.name)}」を「{excerpt(kept.organisation.name)}」に統合"


def _facts(member: Member) -> list[tuple[str, str]]:
    one = member.organisation
    first = f"{format_date(one.member_from)}から" if one.member_from else ""
    last = f"{format_date(one.member_to)}まで" if one.member_to else ""
    people = dict.fromkeys(term.name for term in member.terms)
    return [
        ("名前", one.name),
        ("区分・地区", "・".join(part for part in (one.category, one.district) if part)),
        ("住所", f"{one.postal_code} {one.address} {one.building}".strip()),
        ("電話", one.telephone),
        ("会員の期間", f"{first}{last}"),
        ("人", "、".join(people)),
    ]
