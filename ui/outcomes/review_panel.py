"""The right side of the page: the chosen outcome in full, last year's review, this year's form, 経過 and 履歴."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QSizePolicy, QTabWidget, QVBoxLayout, QWidget

from app.calendar import fiscal_year_label
from app.outcomes.queries import OutcomeRow, ReviewRow
from app.plans.queries import LevelRow
from ui.drafts import DraftOffer
from ui.outcomes.past_review import Course, PastReview
from ui.outcomes.review_form import ReviewForm
from ui.outcomes.sheet import Sheet
from ui.theme import set_look
from ui.widgets.button import Button
from ui.widgets.containers import Banner, Card, EmptyState, ScrollColumn
from ui.widgets.history_view import HistoryView
from ui.widgets.text import WrapLabel

_LOW = 22
"""A panel lower than this, in heights of its text, has no room for a head that stays."""


class _Tabs(QTabWidget):
    """Tabs whose pages scroll: their height does not follow from their width, or the window would grow with the text."""

    def hasHeightForWidth(self) -> bool:
        return False


class _Conflict(QFrame):
    """What is said about somebody else's newer version, and the two ways on."""

    def __init__(self, buttons: Sequence[QWidget]) -> None:
        super().__init__()
        set_look(self, "caution")
        self.label = WrapLabel("")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(8)
        column.addWidget(self.label)
        row = QHBoxLayout()
        for button in buttons:
            row.addWidget(button)
        row.addStretch()
        column.addLayout(row)


class ReviewPanel(Card):
    """Shows one sheet. What the person wants done with it is told by signals; the page does it."""

    edited = Signal()
    save_asked = Signal()
    remove_asked = Signal()
    copy_asked = Signal()
    newer_asked = Signal()
    discard_asked = Signal()
    history_asked = Signal()
    """The history has come into view."""

    step_asked = Signal()
    """The person takes the way out that an outcome with nothing to write offers."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._levels: tuple[LevelRow, ...] = ()
        self._has_last_text = False
        self._head_scrolls = False
        self.form = ReviewForm()
        self.last_year = PastReview(folds=True)
        self.newer = PastReview(folds=False)
        self.course = Course()
        self.history = HistoryView(
            "この年度の確認は、まだ一度も保存されていません。保存するたびに、誰が何を変えたかがここに残ります。"
        )
        self.body.setContentsMargins(14, 12, 14, 12)
        self._build_head()
        self._build_banners()
        self._build_review()
        self._build_foot()
        self._build_tabs()
        self.form.edited.connect(self.edited)
        self.form.problem_found.connect(self._show_problem)

    @property
    def fields(self) -> QWidget:
        """What is disabled while another outcome is being read."""
        return self._review

    def _build_head(self) -> None:
        self._place = WrapLabel("", "note")
        self._title = WrapLabel("", "section", selectable=True)
        self._head = QWidget()
        column = QVBoxLayout(self._head)
        column.setContentsMargins(0, 0, 0, 0)
        for label in (self._place, self._title):
            label.setMinimumWidth(300)
            column.addWidget(label)
        self.body.addWidget(self._head)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_head(is_low=event.size().height() < _LOW * self.fontMetrics().height())

    def _place_head(self, is_low: bool) -> None:
        """Above the tabs, always in sight; where the panel is low for the text size, it scrolls with the form."""
        if is_low == self._head_scrolls:
            return
        self._head_scrolls = is_low
        if is_low:
            self._scroll.column.insertWidget(0, self._head)
        else:
            self.body.insertWidget(self.body.indexOf(self.tabs), self._head)

    def _build_banners(self) -> None:
        self.copied = Banner()
        self.revised = QCheckBox("見直しました")
        self.copied.add(self.revised)
        self.revised.toggled.connect(self._tick)
        self.draft = DraftOffer()
        self._see_newer = Button("新しい内容を見る", self.newer_asked.emit)
        self._discard = Button("入力を取り消す", self.discard_asked.emit)
        self.conflict = _Conflict((self._see_newer, self._discard))

    def _build_review(self) -> None:
        self._scroll = ScrollColumn(width=None)
        # Where text is very large and the window small, nothing of the form may be out of reach.
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        _set_margins(self._scroll)
        column = self._scroll.column
        column.setSpacing(12)
        self._copy = Button("前年度の文章を今年度に写す", self.copy_asked.emit, "link", "copy")
        self._copy.setToolTip("状況・課題・次の一手を写します。評価と根拠は写しません。")
        self._copy.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        for widget in (
            self.draft,
            self.conflict,
            self.newer,
            self.last_year,
            self._copy,
            self.copied,
            self.form,
        ):
            column.addWidget(widget)
        column.addStretch()

    def _build_foot(self) -> None:
        self._state = WrapLabel("", "note")
        self._remove = Button(
            "削除",
            self.remove_asked.emit,
            "quiet",
            "delete",
            tip="この年度の確認を削除します。元に戻せます。",
        )
        self.save_button = Button("保存", self.save_asked.emit, "primary", tip="保存します（Ctrl+S）。")
        # A click leaves the keys in the field: the button goes grey and would hand them to the navigation.
        self.save_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._foot = QWidget()
        row = QHBoxLayout(self._foot)
        row.setContentsMargins(0, 8, 0, 0)
        row.addWidget(self._state, 1)
        row.addWidget(self._remove)
        row.addWidget(self.save_button)

    def _build_tabs(self) -> None:
        self._review = QWidget()
        review = QVBoxLayout(self._review)
        review.setContentsMargins(0, 0, 0, 0)
        review.setSpacing(0)
        review.addWidget(self._scroll, 1)
        review.addWidget(self._foot)
        self._closed = EmptyState("", "", "　", self.step_asked.emit)
        review.addWidget(self._closed, 1)
        course = ScrollColumn(width=None)
        _set_margins(course)
        course.column.addWidget(self.course)
        history = ScrollColumn(width=None)
        _set_margins(history)
        history.column.addWidget(self.history)
        self.tabs = _Tabs()
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self._review, "確認")
        self.tabs.addTab(course, "経過")
        self.tabs.addTab(history, "履歴")
        self.tabs.currentChanged.connect(self._tab_changed)
        self.body.addWidget(self.tabs, 1)

    @property
    def shows_history(self) -> bool:
        """Whether the history is what one sees."""
        return self.tabs.currentIndex() == self.tabs.count() - 1

    def _tab_changed(self, _place: int) -> None:
        if self.shows_history:
            self.history_asked.emit()

    def show_outcome(self, outcome: OutcomeRow, fiscal_year: int, levels: Sequence[LevelRow]) -> None:
        """Say which outcome it is; its review follows by ``show_sheet``."""
        self._levels = tuple(levels)
        above = (
            f"取組の柱{one.heading}" if one is outcome.pillar else f"取組{one.heading}"
            for one in (outcome.pillar, outcome.initiative)
            if one is not None
        )
        self._place.setText("\n".join(above))
        self._title.setText(outcome.item.heading)
        self.tabs.setTabText(0, f"{fiscal_year_label(fiscal_year)}の確認")

    def show_sheet(self, sheet: Sheet, reviews: Sequence[ReviewRow]) -> None:
        """Show a review for writing, with all years of the outcome around it."""
        self._open(True)
        by_year = {review.fiscal_year: review for review in reviews}
        last = by_year.get(sheet.fiscal_year - 1)
        label = fiscal_year_label(sheet.fiscal_year - 1)
        empty = "前年度の確認は、この台帳にはありません。"
        self.last_year.show_review(
            f"前年度（{label}）", last, self._levels, by_year.get(sheet.fiscal_year - 2), empty
        )
        self._has_last_text = last is not None and any((last.narrative, last.obstacle, last.next_step))
        self.course.show_years(reviews, self._levels)
        self.newer.setVisible(sheet.has_seen_newer)
        self.show_typed(sheet)

    def show_typed(self, sheet: Sheet) -> None:
        """Show what the sheet holds, after it has been changed otherwise than by typing."""
        self.form.show_typed(sheet.typed, self._levels)
        self.revised.blockSignals(True)
        self.revised.setChecked(sheet.typed.is_revised)
        self.revised.blockSignals(False)
        self.show_state(sheet, 0)

    def show_state(self, sheet: Sheet, others: int) -> None:
        """Bring banners and buttons up to date with what is typed; ``others`` is how many further sheets are unsaved."""
        copied = sheet.stored.copied_from if sheet.stored else None
        self.copied.setVisible(copied is not None)
        if copied is not None:
            unrevised = (
                f"{fiscal_year_label(copied)}の文章を写したままです。今年度に合わせて直してください。"
                "直すところがなければ、右に印を付けます。"
            )
            self.copied.label.setText(unrevised if sheet.copied_from else "見直し済みとして保存します。")
        has_text = any(sheet.typed.texts)
        self._copy.setVisible(self._has_last_text and not has_text and sheet.stored_has_no_text)
        self.conflict.setVisible(bool(sheet.conflict))
        self.conflict.label.setText(sheet.conflict)
        self._see_newer.setVisible(not sheet.has_seen_newer)
        self._remove.setVisible(sheet.stored is not None)
        self.save_button.setEnabled(sheet.is_dirty or others > 0)
        unsaved = others + sheet.is_dirty
        self.save_button.setText(
            "保存" if unsaved <= 1 and (sheet.is_dirty or not others) else f"すべて保存（{unsaved}件）"
        )
        self._tell_state(sheet, others)

    def _tell_state(self, sheet: Sheet, others: int) -> None:
        if sheet.is_dirty:
            text = "● 未保存の入力があります"
        elif others:
            text = f"● ほかに未保存の入力が{others}件あります"
        elif sheet.stored is not None:
            at = sheet.stored.updated_at
            text = f"保存済み　{at.month}月{at.day}日 {at:%H:%M}　{sheet.stored.updated_by}"
        else:
            text = "まだ記入がありません"
        self._state.setText(text)
        self._state.setToolTip(text)
        set_look(self._state, "" if sheet.is_dirty or others else "note")

    def show_newer(self, stored: ReviewRow | None) -> None:
        """Show what somebody else has saved, above the form with what was typed here."""
        self.newer.show_review(
            "ほかの人が保存した内容", stored, self._levels, empty="この年度の確認は、削除されています。"
        )
        self.newer.show()
        # The card gets its place only after this event.
        QTimer.singleShot(0, self, self.scroll_to_top)

    def show_closed(self, title: str, explanation: str, step: str, reviews: Sequence[ReviewRow]) -> None:
        """Say why there is nothing to write here; the other years stay readable."""
        self._open(False)
        self._closed.title.setText(title)
        self._closed.explanation.setText(explanation)
        self._closed.step.setText(step)
        self._closed.step.setVisible(bool(step))
        self.course.show_years(reviews, self._levels)

    def _open(self, is_open: bool) -> None:
        self._scroll.setVisible(is_open)
        self._foot.setVisible(is_open)
        self._closed.setVisible(not is_open)

    def begin_writing(self) -> None:
        """Put the cursor on the rating."""
        self.tabs.setCurrentIndex(0)
        self.form.rating.setFocus(Qt.FocusReason.TabFocusReason)
        self.scroll_to(self.form.rating)

    def _show_problem(self) -> None:
        # The message gets its place only after this event.
        QTimer.singleShot(0, self, self._scroll_to_problem)

    def _scroll_to_problem(self) -> None:
        self.scroll_to(self.form.problem)

    def scroll_to(self, widget: QWidget) -> None:
        """Bring a field into view."""
        self._scroll.ensureWidgetVisible(widget, 0, 40)

    def scroll_to_top(self) -> None:
        """Show the beginning of the review."""
        self._scroll.verticalScrollBar().setValue(0)

    def _tick(self, is_revised: bool) -> None:
        self.form.set_revised(is_revised)


def _set_margins(scroll: ScrollColumn) -> None:
    """Let the column stand flush with the head above it."""
    inside = scroll.widget()
    layout = inside.layout() if inside is not None else None
    assert layout is not None
    layout.setContentsMargins(0, 12, 8, 12)
