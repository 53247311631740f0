"""A review to be read, not written: last year's beside the form, an earlier one under 経過, a newer one after a conflict."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.calendar import fiscal_year_label, format_date
from app.outcomes.queries import ReviewRow
from app.outcomes.rules import movement
from app.plans.queries import LevelRow
from app.text import excerpt
from ui.widgets.button import Button
from ui.widgets.containers import Card, emptied
from ui.widgets.flow import FlowLayout
from ui.widgets.rating import RatingBadge
from ui.widgets.text import PlainLabel, WrapLabel

_SHORT = 110
_WHOLE, _LESS = "すべて読む", "たたむ"


class PastReview(Card):
    """A card with the year, the rating and the texts; ``folds`` lets it open with the beginning only."""

    def __init__(self, folds: bool, parent: QWidget | None = None) -> None:
        super().__init__(look="quiet-card", parent=parent)
        self._folds, self._is_open = folds, not folds
        self._review: ReviewRow | None = None
        self._empty = ""
        self._shown: tuple[object, ...] = ()
        self._title = PlainLabel("", "field")
        self._badge = RatingBadge()
        self._movement = PlainLabel("", "muted")
        self._toggle = Button(_WHOLE, self._switch, "link")
        head = FlowLayout()
        for widget in (self._title, self._badge, self._movement):
            head.addWidget(widget)
        self.body.setContentsMargins(12, 8, 12, 10)
        self.body.setSpacing(6)
        self.body.addLayout(head)
        self._parts = QVBoxLayout()
        self._parts.setSpacing(2)
        self.body.addLayout(self._parts)
        self.body.addWidget(self._toggle, 0, Qt.AlignmentFlag.AlignLeft)

    def show_review(
        self,
        title: str,
        review: ReviewRow | None,
        levels: Sequence[LevelRow],
        before: ReviewRow | None = None,
        empty: str = "",
    ) -> None:
        """Show ``review`` under ``title``; ``before`` is the year before it, ``empty`` what is said where there is none."""
        shown = (title, review, before, empty)
        if shown == self._shown:
            return
        self._shown, self._review, self._empty = shown, review, empty
        known = {level.id: level for level in levels}
        level = known.get(review.rating_level_id) if review and review.rating_level_id else None
        earlier = known.get(before.rating_level_id) if before and before.rating_level_id else None
        self._title.setText(title)
        self._badge.set_level(level, levels)
        self._badge.setVisible(review is not None)
        step = movement(earlier, level)
        self._movement.setText(
            f"{step.symbol} {step.label}" if earlier is not None and level is not None else ""
        )
        self._movement.setVisible(bool(self._movement.text()))
        self._is_open = not self._folds
        self._redraw()

    def _switch(self) -> None:
        self._is_open = not self._is_open
        self._redraw()

    def _redraw(self) -> None:
        emptied(self._parts)
        review = self._review
        short = " ".join(review.narrative.split()) if review else ""
        parts = _parts(review) if review else []
        can_fold = self._folds and (len(parts) > 1 or len(short) > _SHORT)
        self._toggle.setVisible(can_fold)
        self._toggle.setText(_LESS if self._is_open else _WHOLE)
        if review is None:
            self._add(self._empty, "muted")
        elif not parts:
            self._add("文章の記入はありません。", "muted")
        elif can_fold and not self._is_open:
            self._add(excerpt(review.narrative or parts[0][1], length=_SHORT), "")
        else:
            for name, text in parts:
                self._add(name, "note")
                self._add(text, "")

    def _add(self, text: str, look: str) -> None:
        label = WrapLabel(text, look, selectable=look == "")
        # A scrolling column asks how high a text is at its narrowest; at 80 pixels it would be mostly empty.
        label.setMinimumWidth(240)
        self._parts.addWidget(label)


def _parts(review: ReviewRow) -> list[tuple[str, str]]:
    evidence = "\n".join(f"・{one.sentence}" for one in review.evidence)
    day = format_date(review.reviewed_on, weekday=True) if review.reviewed_on else ""
    parts = [
        ("状況", review.narrative),
        ("根拠", evidence),
        ("課題", review.obstacle),
        ("次の一手", review.next_step),
        ("確認", "　".join(one for one in (review.reviewed_by, day) if one)),
    ]
    return [(name, text) for name, text in parts if text]


class Course(QWidget):
    """経過: every year of one outcome, the newest first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self._shown: tuple[ReviewRow, ...] | None = None

    def show_years(self, reviews: Sequence[ReviewRow], levels: Sequence[LevelRow]) -> None:
        """Show these reviews (the oldest first, as they are read)."""
        if self._shown == tuple(reviews):
            return
        self._shown = tuple(reviews)
        emptied(self._column)
        if not reviews:
            hint = "まだどの年度の確認もありません。「確認」で評価と状況を書いて保存すると、年度ごとにここに並びます。"
            self._column.addWidget(WrapLabel(hint, "muted"))
        by_year = {review.fiscal_year: review for review in reviews}
        for review in reversed(reviews):
            card = PastReview(folds=False)
            before = by_year.get(review.fiscal_year - 1)
            card.show_review(fiscal_year_label(review.fiscal_year), review, levels, before)
            self._column.addWidget(card)
        self._column.addStretch()
