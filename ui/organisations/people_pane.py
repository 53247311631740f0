"""人: who speaks for the organisation today, who will, and who did."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.calendar import format_date, format_span
from app.organisations.queries import Member, TermRow
from db.vocabulary import ContactRole
from ui.widgets.button import Button
from ui.widgets.containers import Card, ScrollColumn
from ui.widgets.flow import FlowRow
from ui.widgets.text import PlainLabel, WrapLabel


class PeoplePane(ScrollColumn):
    """One card per term; former ones are folded below. It says what is wanted; the page asks the ledger for it."""

    add_wanted = Signal()
    hand_over_wanted = Signal(object)
    """The TermRow of the one who is followed, or None."""

    edit_wanted = Signal(object)
    """A TermRow."""

    remove_wanted = Signal(object)
    """A TermRow."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[tuple[TermRow, ...], date] | None = None
        self.add_button = Button("人を追加…", self.add_wanted.emit, "", "add")
        self.hand_over_button = Button("交代…", self._hand_over, tip="新しい人が、ある日から引き継ぎます")
        self.today = PlainLabel("", "section")
        self.nobody = WrapLabel("", "muted")
        self.now, self.coming, self.former = _Cards(), _Cards("これからの人"), _Cards()
        self.fold = Button("", self._fold, "link")
        self.fold.setCheckable(True)
        self._former_count = 0
        self._lay_out()

    def show_member(self, member: Member, day: date) -> None:
        """Show the people of an organisation as of ``day``."""
        if self._shown == (member.terms, day):
            return
        is_other = self._shown is None or {one.organisation_id for one in self._shown[0]} != {
            one.organisation_id for one in member.terms
        }
        self._shown = (member.terms, day)
        roles = list(ContactRole)
        now = sorted(
            (one for one in member.terms if one.holds_on(day)), key=lambda one: roles.index(one.role)
        )
        coming = [one for one in member.terms if one.term_from is not None and one.term_from > day]
        former = [one for one in member.terms if one not in now and one not in coming]
        self.today.setText(f"{format_date(day)}現在")
        for cards, terms in ((self.now, now), (self.coming, coming), (self.former, former)):
            cards.show_terms(terms, is_now=cards is self.now)
            for card in cards.cards:
                card.edit_wanted.connect(self.edit_wanted)
                card.hand_over_wanted.connect(self.hand_over_wanted)
                card.remove_wanted.connect(self.remove_wanted)
        self.nobody.setText(
            "この日に代表者・担当者の記録はありません。「人を追加」から入れてください。" if not now else ""
        )
        self.nobody.setVisible(not now)
        self.coming.setVisible(bool(coming))
        self.fold.setVisible(bool(former))
        self._former_count = len(former)
        if is_other:
            self.fold.setChecked(False)
        self._fold()

    def _hand_over(self) -> None:
        self.hand_over_wanted.emit(None)

    def _fold(self) -> None:
        is_open = self.fold.isChecked()
        word = "閉じる" if is_open else "表示する"
        self.fold.setText(f"以前の人 {self._former_count}件を{word}")
        self.former.setVisible(is_open and self._former_count > 0)

    def _lay_out(self) -> None:
        self.column.addWidget(self.today)
        self.column.addWidget(FlowRow(self.add_button, self.hand_over_button))
        self.column.addWidget(self.nobody)
        self.column.addWidget(self.now)
        self.column.addWidget(self.coming)
        self.column.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self.former)
        self.column.addStretch(1)
        self.former.hide()


class TermCard(Card):
    """A person with role, title, days, telephone and mail, and what can be done."""

    edit_wanted = Signal(object)
    hand_over_wanted = Signal(object)
    remove_wanted = Signal(object)

    def __init__(self, term: TermRow, is_now: bool) -> None:
        super().__init__(look="card" if is_now else "quiet-card")
        self.term = term
        name = f"{term.name}さん"
        self.edit_button = Button("編集…", self._edit, name=f"{name}の記録を編集")
        self.hand_over_button = Button("交代…", self._hand_over, name=f"{name}から交代")
        self.remove_button = Button(
            "取り消す",
            self._remove,
            "quiet",
            tip="間違えて入れた記録を消します",
            name=f"{name}の記録を取り消す",
        )
        if not is_now:
            self.hand_over_button.hide()
        self.name = WrapLabel(term.name, "section", selectable=True)
        words = QVBoxLayout()
        words.setSpacing(4)
        role = "　".join(part for part in (term.role.label, term.position_title) if part)
        words.addWidget(PlainLabel(role, "field"))
        words.addWidget(self.name)
        for text, look in _lines(term):
            words.addWidget(WrapLabel(text, look, selectable=True))
        self.body.addLayout(words)
        self.body.addWidget(FlowRow(self.edit_button, self.hand_over_button, self.remove_button))

    def _edit(self) -> None:
        self.edit_wanted.emit(self.term)

    def _hand_over(self) -> None:
        self.hand_over_wanted.emit(self.term)

    def _remove(self) -> None:
        self.remove_wanted.emit(self.term)


def _lines(term: TermRow) -> Sequence[tuple[str, str]]:
    lines = (
        (term.kana, "note"),
        (format_span(term.term_from, term.term_to) or "期間の記録なし", "muted"),
        (f"電話　{term.telephone}" if term.telephone else "", ""),
        (f"メール　{term.mail}" if term.mail else "", ""),
    )
    return [(text, look) for text, look in lines if text]


class _Cards(QWidget):
    """A column of cards, under a heading where it has one."""

    def __init__(self, heading: str = "") -> None:
        super().__init__()
        self.cards: list[TermCard] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        if heading:
            self._column.addWidget(PlainLabel(heading, "section"))

    def show_terms(self, terms: Iterable[TermRow], is_now: bool) -> None:
        """Show these terms in place of the ones before."""
        for card in self.cards:
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = [TermCard(term, is_now) for term in terms]
        for card in self.cards:
            self._column.addWidget(card)
