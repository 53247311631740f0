"""Beside the heat map: what stands behind one cell. Answers and comments, what the ledger knows, and the step with its rule."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.records import RecordKey
from app.steps.facts import Fact
from app.steps.queries import AnswerRow, AssessmentRow, CheckpointRow, Scope, ScopeResult, StepRow
from app.steps.round_picture import Facts, Picture
from app.steps.rules import rule_text, step_reached
from app.text import excerpt
from db.vocabulary import CheckAnswer, Perspective
from reports.answer_marks import mark_words, step_change, step_words
from ui.desk import Desk
from ui.steps.gap_rows import two
from ui.steps.heat_model import tally_words
from ui.steps.long_list import Counts, LongList
from ui.steps.ruling import RulingPart
from ui.steps.states import before_words, reached_words
from ui.widgets.button import ElidedButton
from ui.widgets.containers import Banner, Card, ScrollColumn
from ui.widgets.text import WrapLabel

_MOST_RECORDS, _MOST_ANSWERS = 6, 12
_ICONS = {
    "meeting": "meetings",
    "agenda_item": "meetings",
    "action_item": "action_items",
    "organisation": "organisations",
    "collaboration": "collaborations",
    "referral": "referrals",
}
_TEXTS = (("うまくいっていること", "went_well"), ("難しいこと", "difficulty"), ("次の一手", "next_step"))


class Detail(ScrollColumn):
    """Shows one place of the picture: (scope, checkpoint), or (scope, None) for its step."""

    record_wanted = Signal(object)
    """A RecordKey that the person wants to see."""

    sheet_wanted = Signal(int)
    """The id of a step_assessment whose answers the person wants to see."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent, sides=12)
        self.column.setSpacing(10)
        self.name, self.words = WrapLabel("", "section"), WrapLabel()
        self.ruling = RulingPart(desk)
        self.ruling_card = Card("判断")
        # The part within has margins of its own; together they are those of the other cards.
        self.ruling_card.body.setContentsMargins(8, 16, 8, 12)
        self.ruling_card.heading.setContentsMargins(12, 0, 12, 0)
        self.ruling_card.body.addWidget(self.ruling)
        self._inside: QWidget | None = None
        self._place_inside = QVBoxLayout()
        self._place: tuple[Scope, int | None] | None = None
        self._opened: Counts = {}
        for widget in (self.name, self.words):
            self.column.addWidget(widget)
        self.column.addLayout(self._place_inside)
        self.column.addWidget(self.ruling_card)
        self.column.addStretch(1)

    def show_place(self, picture: Picture, facts: Facts | None, place: tuple[Scope, int | None]) -> None:
        """Show a cell. ``facts`` None: they are still being read."""
        row = picture.row(place[0])
        if row is None:
            return
        if place != self._place:
            self.verticalScrollBar().setValue(0)
            self._opened.clear()
        self._place = place
        checkpoint = next((one for one in picture.result.set.checkpoints if one.id == place[1]), None)
        self.ruling_card.setVisible(checkpoint is None)
        if checkpoint is None:
            self._show_step(picture, row)
        else:
            self._show_checkpoint(picture, facts, row, checkpoint)
        if self._inside is not None:
            # A layout shows what is put into it only with the next turn of the events, and the place would blink.
            self._inside.show()

    def focus_first(self) -> None:
        """Give the keys to the first thing that can be opened, or to the judgement."""
        buttons = self._inside.findChildren(ElidedButton) if self._inside is not None else []
        first = buttons[0] if buttons and self.ruling_card.isHidden() else self.ruling.step
        first.setFocus(Qt.FocusReason.TabFocusReason)

    def _show_checkpoint(
        self, picture: Picture, facts: Facts | None, row: ScopeResult, checkpoint: CheckpointRow
    ) -> None:
        self.name.setText(f"{row.name}　{checkpoint.number}")
        self.words.setText(checkpoint.text)
        inside = self._fresh()
        inside.addWidget(WrapLabel(self._tally(picture, row, checkpoint), "muted"))
        against = facts.contradictions.get((row.scope, checkpoint.id)) if facts else None
        fact = facts.fact(row.scope, checkpoint.id) if facts else None
        if against and fact is not None:
            # What the ledger says stands in the card below it.
            inside.addWidget(Banner(f"！ {against.removesuffix(fact.sentence)}", "caution"))
        inside.addWidget(self._ledger(facts, fact))
        inside.addWidget(self._answers(picture.counted.get(row.scope, ()), checkpoint))

    def _tally(self, picture: Picture, row: ScopeResult, checkpoint: CheckpointRow) -> str:
        tally = row.tallies[checkpoint.id]
        parts = [f"まとめると {mark_words(tally.common)}", tally_words(tally)]
        if tally.average is not None:
            parts.append(f"平均 {two(tally.average)}")
        spread = row.spreads[checkpoint.id]
        if spread is not None:
            parts.append(f"認識差 {two(spread)}")
        before = picture.answer_before(row.scope, checkpoint.id)
        if before is not None:
            parts.append(f"前回 {mark_words(before)}")
        return "　".join(parts)

    def _ledger(self, facts: Facts | None, fact: Fact | None) -> Card:
        card = Card("台帳の記録では")
        if facts is None:
            words = "台帳の記録を調べています…"
        elif fact is None:
            words = "このチェックポイントについて、台帳からわかることはありません。"
        else:
            words = fact.sentence
        card.body.addWidget(WrapLabel(words))
        if facts is not None and fact is not None:
            self._list_records(card, facts, fact)
        return card

    def _list_records(self, card: Card, facts: Facts, fact: Fact) -> None:
        """The records behind a fact, or those that were gone through in vain."""
        if fact.looked_at:
            card.body.addWidget(WrapLabel("調べた記録", "muted"))
        named = [(key, facts.titles[key]) for key in fact.records or fact.looked_at if key in facts.titles]
        if named:
            card.body.addWidget(LongList("records", named, self._record_button, _MOST_RECORDS, self._opened))

    def _record_button(self, record: tuple[RecordKey, str]) -> list[QWidget]:
        key, title = record
        button = ElidedButton(title, icon_name=_ICONS.get(key.kind, "next"))
        button.setProperty("record", key)
        button.clicked.connect(self._record_clicked)
        return [button]

    def _answers(self, asked: Sequence[AssessmentRow], checkpoint: CheckpointRow) -> Card:
        card = Card("答え")
        given = [
            (one, answer) for one in asked for answer in one.answers if answer.checkpoint_id == checkpoint.id
        ]
        if given:
            card.body.addWidget(LongList("answers", given, self._answer, _MOST_ANSWERS, self._opened))
        silent = len(asked) - len(given)
        if silent:
            card.body.addWidget(WrapLabel(f"答えのない相手　{silent}件", "muted"))
        return card

    def _answer(self, given: tuple[AssessmentRow, AnswerRow]) -> list[QWidget]:
        one, answer = given
        made: list[QWidget] = [self._sheet_button(one, f"{mark_words(answer.answer)}　{who(one)}")]
        if answer.comment.strip():
            made.append(WrapLabel(f"「{answer.comment.strip()}」", selectable=True))
        return made

    def _show_step(self, picture: Picture, row: ScopeResult) -> None:
        self.name.setText(f"{row.name}　{reached_words(row)}")
        told = [before_words(picture, row)]
        if row.before is not None:
            told[0] += f"（{step_change(row.step, row.before)}）"
        told.append(f"{row.asked}件のうち{row.answered}件に回答")
        if row.ruling is not None:
            told.append(f"規則では{step_words(row.by_rule)}")
        self.words.setText("　".join(told))
        inside = self._fresh()
        why = Card("どうしてこのステップか")
        for step in picture.result.set.steps:
            why.body.addWidget(WrapLabel(_step_line(picture, row, step)))
        why.body.addWidget(WrapLabel(rule_text(picture.result.set.needed_percent), "note"))
        inside.addWidget(why)
        asked = [one for one in picture.counted.get(row.scope, ()) if one.scope == row.scope]
        inside.addWidget(self._voices(asked))
        self.ruling.show_scope(picture, row)

    def _voices(self, asked: Sequence[AssessmentRow]) -> Card:
        card = Card("寄せられた言葉")
        spoken = [one for one in asked if any(getattr(one, name).strip() for _, name in _TEXTS)]
        if spoken:
            card.body.addWidget(LongList("voices", spoken, self._voice, _MOST_ANSWERS, self._opened))
        else:
            card.body.addWidget(WrapLabel("まだありません。", "muted"))
        return card

    def _voice(self, one: AssessmentRow) -> list[QWidget]:
        texts = [(label, getattr(one, name).strip()) for label, name in _TEXTS]
        told = [WrapLabel(f"{label}：{text}", selectable=True) for label, text in texts if text]
        return [self._sheet_button(one, who(one)), *told]

    def _sheet_button(self, one: AssessmentRow, words: str) -> ElidedButton:
        button = ElidedButton(words)
        button.setProperty("record", one.id)
        button.clicked.connect(self._sheet_clicked)
        return button

    def _fresh(self) -> QVBoxLayout:
        """An empty place for what is shown now; what was shown before is gone."""
        if self._inside is not None:
            self._place_inside.removeWidget(self._inside)
            self._inside.hide()
            self._inside.deleteLater()
        self._inside = QWidget()
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self._place_inside.addWidget(self._inside)
        return column

    def _record_clicked(self) -> None:
        key = self.sender().property("record")
        assert isinstance(key, RecordKey)
        self.record_wanted.emit(key)

    def _sheet_clicked(self) -> None:
        self.sheet_wanted.emit(self.sender().property("record"))


def who(one: AssessmentRow) -> str:
    """「施設　若葉台会場（支援者）」: as whom somebody answers, and who it is; the scope where it is no district of theirs."""
    name = excerpt(
        one.organisation or (one.scope_name if one.perspective is not Perspective.SECRETARIAT else "")
    )
    person = f"（{one.respondent.strip()}）" if one.respondent.strip() else ""
    return f"{one.perspective.label}　{name}{person}".strip()


def _step_line(picture: Picture, row: ScopeResult, step: StepRow) -> str:
    """「✓ ステップ1　○4 △1」, and what is missing."""
    answers = [row.tallies[one.id].common for one in step.checkpoints]
    steps = [
        [row.tallies[one.id].common for one in earlier.checkpoints]
        for earlier in picture.result.set.steps
        if earlier.number <= step.number
    ]
    is_reached = step_reached(steps, picture.result.set.needed_percent) >= step.number
    yes = sum(answer is CheckAnswer.YES for answer in answers)
    low = [
        one.number
        for one, answer in zip(step.checkpoints, answers, strict=True)
        if answer not in (CheckAnswer.YES, CheckAnswer.PARTLY)
    ]
    words = f"{'✓' if is_reached else '－'} ステップ{step.number}　できている {yes}／{len(answers)}"
    if low:
        words += f"　「一部」に届かないもの {'、'.join(low)}"
    elif not is_reached:
        is_alone = step_reached([answers], picture.result.set.needed_percent) == 1
        words += "　前のステップに未到達" if is_alone else "　「できている」が足りません"
    return words
