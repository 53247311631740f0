"""The shared small widgets, used as people use them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QStyleOptionComboBox,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.errors import InputError
from app.plans.queries import LevelRow
from reports.document import Chart, ChartKind, Ink, Series
from ui import theme
from ui.table_model import KEY_ROLE, TableColumn, TableModel, show_rows
from ui.widgets.chart_view import ChartView
from ui.widgets.containers import Card, EmptyState, PageHeader
from ui.widgets.fields import ComboBox, DateField, FieldColumn, FilterField, FoldingLineEdit
from ui.widgets.rating import RatingBadge
from ui.widgets.record_list import ListLine, RecordView
from ui.widgets.text import WrapLabel
from ui.widgets.tiles import TileGrid

LEVELS = tuple(
    LevelRow(number, number, value, label, symbol, reached)
    for number, (value, label, symbol, reached) in enumerate(
        [(0, "未着手", "□□", False), (1, "到達", "■■", True), (None, "評価困難", "―", False)], 1
    )
)


def test_full_width_digits_are_folded_however_they_come_in(qtbot: QtBot) -> None:
    line = FoldingLineEdit()
    qtbot.addWidget(line)
    composed = QInputMethodEvent()
    composed.setCommitString("Ｒ８．")
    QApplication.sendEvent(line, composed)
    assert line.text() == "R8."
    QApplication.clipboard().setText("１１．２１")
    line.paste()
    assert line.text() == "R8.11.21"


def test_what_is_still_being_composed_is_left_alone(qtbot: QtBot) -> None:
    line = FoldingLineEdit()
    qtbot.addWidget(line)
    composing = QInputMethodEvent("２０２６", [])
    QApplication.sendEvent(line, composing)
    assert line.text() == ""


@pytest.mark.parametrize(
    "typed", ["R8.11.21", "令和8年11月21日", "2026/11/21", "20261121", "Ｒ８．１１．２１"]
)
def test_every_way_of_writing_a_day_is_understood(
    qtbot: QtBot, compose: Callable[[QWidget, str], None], typed: str
) -> None:
    field = DateField("確認した日")
    qtbot.addWidget(field)
    compose(field.line, typed)
    assert field.day() == date(2026, 11, 21)
    assert field.hint.text() == "令和8年11月21日(土)"
    field.line.editingFinished.emit()
    assert field.line.text() == "令和8年11月21日"


def test_a_day_that_is_none_is_told_beside_the_field_and_stays_there(qtbot: QtBot) -> None:
    field = DateField("確認した日")
    qtbot.addWidget(field)
    qtbot.keyClicks(field.line, "R8.11.31")
    field.line.editingFinished.emit()
    assert "という日はありません" in field.hint.text()
    assert field.line.text() == "R8.11.31"
    with pytest.raises(InputError):
        field.day()


def test_required_day_may_not_be_empty(qtbot: QtBot) -> None:
    field = DateField("発行日", required=True)
    qtbot.addWidget(field)
    with pytest.raises(InputError, match="発行日が空です"):
        field.day()


def test_enter_moves_on_in_lines_and_stays_in_editors(qtbot: QtBot) -> None:
    form = QWidget()
    column = FieldColumn(form)
    first, second, text = QLineEdit(), QLineEdit(), QPlainTextEdit()
    for name, field in (("名前", first), ("ふりがな", second), ("説明", text)):
        column.add_field(name, field)
    qtbot.addWidget(form)
    with qtbot.waitExposed(form):
        form.show()
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Return)
    assert form.focusWidget() is second
    qtbot.keyClick(second, Qt.Key.Key_Enter)
    assert form.focusWidget() is text
    qtbot.keyClick(text, Qt.Key.Key_Return)
    assert form.focusWidget() is text
    assert text.toPlainText() == "\n"
    assert [field.accessibleName() for field in (first, second, text)] == ["名前", "ふりがな", "説明"]


def test_filter_tells_once_typing_rests_and_leads_to_the_list(
    qtbot: QtBot, compose: Callable[[QWidget, str], None]
) -> None:
    holder = QWidget()
    field, found = FilterField(), QListWidget()
    field.setParent(holder)
    found.setParent(holder)
    found.addItems(["一", "二"])
    field.set_list(found)
    qtbot.addWidget(holder)
    with qtbot.waitExposed(holder):
        holder.show()
    told: list[str] = []
    field.filtered.connect(told.append)
    with qtbot.waitSignal(field.filtered):
        compose(field, "子育て")
    assert told == ["子育て"]
    qtbot.keyClick(field, Qt.Key.Key_Down)
    assert holder.focusWidget() is found
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""


def test_typed_markup_is_shown_as_it_was_typed(qtbot: QtBot) -> None:
    label = WrapLabel("<b>太字</b> & <img src=x>")
    qtbot.addWidget(label)
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert label.sizeHint().width() > WrapLabel("太字").sizeHint().width() * 2


@given(st.text(alphabet="子育て支援、。ab \n", max_size=300), st.integers(80, 600))
def test_text_gets_all_the_lines_it_needs(text: str, width: int) -> None:
    label = WrapLabel(text)
    needed = sum(label.fontMetrics().horizontalAdvance(line) for line in text.split("\n")) / width
    lines = max(1, int(needed))
    height = label.heightForWidth(width)
    label.deleteLater()
    assert height >= (lines - 1) * label.fontMetrics().height()


def test_a_label_stands_as_high_as_what_it_says_now(qtbot: QtBot, qapp: QApplication) -> None:
    long, short = "前の期の計画のどの項目から来たかを記録します。" * 3, "記録します。"
    label = WrapLabel(long)
    qtbot.addWidget(label)
    label.ensurePolished()
    high = label.heightForWidth(200)
    label.setText(short)
    assert label.heightForWidth(200) < high
    label.setText(long)
    assert label.heightForWidth(200) == high
    assert label.heightForWidth(400) < high
    theme.apply(qapp, "light", 200)
    larger = label.heightForWidth(200)
    theme.apply(qapp, "light", 100)
    assert larger > high
    assert label.heightForWidth(200) == high


@pytest.mark.parametrize("scale", [90, 100, 125, 150, 200])
def test_no_letter_is_cut_off_below(qapp: QApplication, scale: int) -> None:
    theme.apply(qapp, "light", scale)
    cut = []
    for look in ("", "title", "section", "field", "muted", "note"):
        for text in ("gjpqy,;Q_", "令和gj団体"):
            label = WrapLabel(text, look)
            label.ensurePolished()
            label.setAlignment(Qt.AlignmentFlag.AlignTop)
            width = label.sizeHint().width() + 8
            height = label.heightForWidth(width)
            label.resize(width, height + 40)
            picture = label.grab().toImage()
            below = range(height, height + 40)
            ground = picture.pixel(width - 1, height + 39)
            if any(picture.pixel(x, y) != ground for y in below for x in range(width)):
                cut.append((look, text))
            label.deleteLater()
    theme.apply(qapp, "light", 100)
    assert cut == []


def test_badge_shows_shape_and_word_and_says_so(qtbot: QtBot) -> None:
    badge = RatingBadge(LEVELS[1], LEVELS)
    qtbot.addWidget(badge)
    assert badge.text == "■■ 到達"
    assert badge.accessibleName() == "評価：■■ 到達"
    badge.set_level(None, LEVELS)
    assert badge.text == "未確認"
    assert not badge.grab().isNull()


def test_chart_grows_with_its_rows_and_speaks_its_summary(qtbot: QtBot) -> None:
    def chart(rows: int) -> Chart:
        values = tuple(float(row) for row in range(1, rows + 1))
        names = tuple(f"柱{row}" for row in range(rows))
        return Chart(
            ChartKind.STACKED_BAR,
            "到達状況",
            names,
            (Series("到達", values, Ink.LEVEL_4), Series("評価困難", values, Ink.NOT_ASSESSED)),
            "件",
            "25件のうち1件",
        )

    view = ChartView(chart(2))
    qtbot.addWidget(view)
    assert view.accessibleDescription() == "25件のうち1件"
    assert view.accessibleName() == "到達状況"
    low = view.heightForWidth(600)
    view.set_chart(chart(8))
    assert view.heightForWidth(600) > low
    view.resize(600, view.heightForWidth(600))
    picture = view.grab().toImage()
    colours = {picture.pixelColor(x, y).name() for x in range(0, 600, 3) for y in range(0, 200, 3)}
    assert len(colours) > 5


def test_tiles_stand_side_by_side_where_there_is_room(qtbot: QtBot) -> None:
    grid = TileGrid(20)
    cards = [Card(str(number)) for number in range(3)]
    grid.set_tiles(cards)
    qtbot.addWidget(grid)
    grid.resize(1200, 200)
    with qtbot.waitExposed(grid):
        grid.show()
    qtbot.waitUntil(lambda: cards[2].y() == cards[0].y())
    grid.resize(320, 600)
    qtbot.waitUntil(lambda: cards[2].y() > cards[1].y() > cards[0].y())


def test_buttons_of_a_head_go_below_where_it_is_narrow(qtbot: QtBot) -> None:
    head = PageHeader("到達イメージ", "どこまで来たか")
    button = QLineEdit()
    head.add(button)
    qtbot.addWidget(head)
    with qtbot.waitExposed(head):
        head.show()
    head.resize(900, 80)
    qtbot.waitUntil(lambda: button.x() > 400)
    head.resize(150, 160)
    qtbot.waitUntil(lambda: button.x() < 40 and button.y() > 20)


def test_empty_place_offers_the_first_step(qtbot: QtBot) -> None:
    taken: list[bool] = []
    empty = EmptyState("まだありません", "ここに並びます。", "作る", lambda: taken.append(True), "plans")
    qtbot.addWidget(empty)
    qtbot.mouseClick(empty.step, Qt.MouseButton.LeftButton)
    assert taken == [True]


def test_table_looks_values_up_and_keeps_its_place(qtbot: QtBot) -> None:
    model = TableModel[tuple[int, str]](
        (TableColumn("番号", lambda row: str(row[0])), TableColumn("名前", lambda row: row[1])),
        lambda row: row[0],
    )
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    view = QTableView()
    view.setModel(model)
    qtbot.addWidget(view)
    show_rows(view, model, [(1, "あ"), (2, "い"), (3, "う")])
    view.setCurrentIndex(model.index_of(2))
    show_rows(view, model, [(9, "え"), (3, "う"), (2, "い")])
    assert view.currentIndex().data(KEY_ROLE) == 2
    assert view.currentIndex().row() == 2
    assert model.row(view.currentIndex()) == (2, "い")
    assert model.headerData(1, Qt.Orientation.Horizontal) == "名前"
    show_rows(view, model, [])
    assert not model.index_of(2).isValid()
    tester.deleteLater()


def test_a_record_where_a_heading_stood_keeps_its_two_lines(qtbot: QtBot) -> None:
    def lines(heads: str) -> list[ListLine]:
        return [
            ListLine(place, "回答済\nR8.11.21", "団体\n地区", head, "")
            for place, head in enumerate(heads, start=1)
        ]

    view = RecordView("相手", ("状態", "相手"), "回答済", None)
    qtbot.addWidget(view)
    for heads in ("甲乙乙", "甲甲甲乙", "甲甲甲甲甲"):
        view.show_lines(lines(heads))
    heights = [view.rowHeight(place) for place in range(len(view.records.rows))]
    assert heights[0] < min(heights[1:])
    assert len(set(heights[1:])) == 1


def test_a_narrow_list_shares_its_room_and_runs_over_no_edge(qtbot: QtBot) -> None:
    view = RecordView("会議", ("日と状態", "会議"), "12月30日(水)", None)
    qtbot.addWidget(view)
    view.resize(view.fontMetrics().horizontalAdvance("あ") * 11, 300)
    view.show_lines([ListLine(1, "10月21日(木)\n◆ 確定", "第2回全体会\n14:00～　出席 36人", "", "")])
    view.show()
    room = view.viewport().width()
    assert view.columnWidth(0) + view.columnWidth(1) == room
    assert view.columnWidth(0) == room // 2


def test_a_rare_kanji_does_not_cost_a_record_its_second_line(qtbot: QtBot) -> None:
    view = RecordView("相手", ("状態", "相手"), "回答済", None)
    qtbot.addWidget(view)
    view.show_lines([ListLine(1, "未回答", f"{name}\n地区", "", "") for name in ("吉野会", "𠮷野会")])
    view.resize(400, 300)
    view.show()
    below = []
    for place in range(2):
        picture = view.viewport().grab(view.visualRect(view.records.index(place, 1))).toImage()
        dark = [
            any(picture.pixelColor(x, y).lightness() < 120 for x in range(picture.width()))
            for y in range(picture.height())
        ]
        # How many lines of letters there are, one under the other.
        below.append(sum(dark[y] and not dark[y - 1] for y in range(1, len(dark))))
    assert below[0] == below[1] > 1


@pytest.mark.qt_log_ignore("does not support grabbing", extend=True)
@pytest.mark.parametrize("count", [2, 3, 8])
def test_a_choice_shows_all_it_offers(qtbot: QtBot, count: int) -> None:
    choice = ComboBox()
    qtbot.addWidget(choice)
    choice.addItems([f"状態{number}" for number in range(count)])
    choice.show()
    choice.showPopup()
    view = choice.view()
    last = view.visualRect(choice.model().index(count - 1, 0))
    assert view.viewport().rect().contains(last)
    choice.hidePopup()


@pytest.mark.parametrize(("width", "ends"), [(200, "…"), (900, "紹介し合う")])
def test_a_choice_without_room_ends_with_an_ellipsis(qtbot: QtBot, width: int, ends: str) -> None:
    choice = ComboBox()
    qtbot.addWidget(choice)
    choice.addItem("ステップ3　利用している親子に、より希望にあった施設・会場を紹介し合う")
    choice.setFixedWidth(width)
    choice.show()
    option = QStyleOptionComboBox()
    choice.initStyleOption(option)
    assert choice._shortened(option).endswith(ends)


def test_a_choice_as_wide_as_its_words_shows_them_whole(qtbot: QtBot) -> None:
    choice = ComboBox()
    qtbot.addWidget(choice)
    choice.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToContents)
    choice.addItems(["すべての地区", "見本本町"])
    choice.resize(choice.sizeHint())
    choice.show()
    option = QStyleOptionComboBox()
    choice.initStyleOption(option)
    assert choice._shortened(option) == "すべての地区"
