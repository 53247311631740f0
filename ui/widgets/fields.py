"""Fields: widths are folded where digits are wanted, days are read in every form people write, Enter moves on."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent, QValidator, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QVBoxLayout,
    QWidget,
)

from app.calendar import DATE_EXAMPLE, format_date, parse_date
from app.errors import InputError
from app.meetings.rules import TIME_EXAMPLE, format_time, parse_time
from app.text import fold
from ui import theme
from ui.icons import icon
from ui.widgets.text import PlainLabel, WrapLabel


class _Folding(QValidator):
    """Accepts everything, and makes it half-width on its way in: typed, pasted or from the input method alike.

    What is still being composed is no part of the text, so the input method is not disturbed.
    """

    def validate(self, text: str, cursor: int) -> tuple[QValidator.State, str, int]:
        return QValidator.State.Acceptable, fold(text), len(fold(text[:cursor]))


class FoldingLineEdit(QLineEdit):
    """A line for numbers, codes and days: full-width letters and digits become half-width as they are entered."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setValidator(_Folding(self))
        self.setText(text)


class ComboBox(QComboBox):
    """A choice on a form that scrolls: the wheel moves the form, and never changes in passing what is chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Words that find no room end with … ; a style sheet alone would cut them off."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        option.currentText = self._shortened(option)
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    def sizeHint(self) -> QSize:
        """Where it is as wide as its words, the style sheet's own width cuts them off by a letter."""
        hint = super().sizeHint()
        if self.sizeAdjustPolicy() is not QComboBox.SizeAdjustPolicy.AdjustToContents:
            return hint
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        option.rect = QRect(QPoint(), hint)
        words = (self.itemText(place) for place in range(self.count()))
        widest = max((self.fontMetrics().horizontalAdvance(one) for one in words), default=0)
        return hint.expandedTo(QSize(hint.width() + widest - self._room(option), 0))

    def _shortened(self, option: QStyleOptionComboBox) -> str:
        return self.fontMetrics().elidedText(
            self.currentText(), Qt.TextElideMode.ElideRight, self._room(option)
        )

    def _room(self, option: QStyleOptionComboBox) -> int:
        control, part = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
        return self.style().subControlRect(control, option, part, self).width() - 2


class ReadField(QWidget):
    """A line whose text is read. Under it stands how it was understood, or what is wrong with it. ``changed`` comes at every edit."""

    changed = Signal()

    def __init__(self, name: str, example: str, tip: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = FoldingLineEdit()
        self.line.setAccessibleName(name)
        self.line.setPlaceholderText(example)
        self.line.setToolTip(tip)
        self.hint = WrapLabel("", "note")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.line)
        column.addWidget(self.hint)
        self.hint.hide()
        self.setFocusProxy(self.line)
        self.line.textEdited.connect(self._edited)
        self.line.editingFinished.connect(self._finished)

    def set_text(self, text: str) -> None:
        """Show a text as it was typed."""
        self.line.setText(text)
        self._say("", wrong=False)

    def read(self) -> tuple[str, str]:
        """The text as it is written out, and how it was understood. InputError where it cannot be read."""
        raise NotImplementedError

    def _edited(self) -> None:
        try:
            self._say(self.read()[1], wrong=False)
        except InputError:
            self._say("", wrong=False)
        self.changed.emit()

    def _finished(self) -> None:
        try:
            written, understood = self.read()
        except InputError as error:
            self._say(f"{error.message}{error.advice}", wrong=True)
        else:
            self.line.setText(written)
            self._say(understood, wrong=False)

    def _say(self, text: str, wrong: bool) -> None:
        theme.set_look(self.hint, "problem" if wrong else "note")
        theme.set_look(self.line, "wrong" if wrong else "")
        self.hint.setText(text)
        self.hint.setVisible(bool(text))


class DateField(ReadField):
    """A day, written as people write it (令和8年11月21日, R8.11.21, 2026/11/21, 20261121, any width)."""

    def __init__(self, name: str, required: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(name, DATE_EXAMPLE.split("、")[0], DATE_EXAMPLE, parent)
        self._required = required

    def day(self) -> date | None:
        """The day, or None where the line is empty. InputError where it is no day."""
        text = self.line.text().strip()
        if text:
            return parse_date(text)
        if self._required:
            raise InputError(
                f"{self.line.accessibleName()}が空です。", f"日付を入力してください（{DATE_EXAMPLE}）。"
            )
        return None

    def set_day(self, day: date | None) -> None:
        """Show a day."""
        self.set_text(format_date(day) if day else "")

    def read(self) -> tuple[str, str]:
        day = self.day()
        return (format_date(day), format_date(day, weekday=True)) if day else ("", "")


class TimeField(ReadField):
    """A time of day, written as people write it (13:30, 午後1時30分, 1330, any width)."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, TIME_EXAMPLE.split("、")[0], TIME_EXAMPLE, parent)

    def time(self) -> str:
        """The time as HH:MM, empty where the line is. InputError where it is no time."""
        return parse_time(self.line.text())

    def read(self) -> tuple[str, str]:
        time = self.time()
        return time, format_time(time)


class FilterField(QLineEdit):
    """The field above a list that narrows it as one types. ``filtered`` comes once typing rests; ↓ goes to the list, Esc clears."""

    filtered = Signal(str)

    def __init__(self, placeholder: str = "絞り込み", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setClearButtonEnabled(True)
        self.addAction(icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self._list: QAbstractItemView | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(150)
        self._rest.timeout.connect(self._tell)
        self.textChanged.connect(self._rest.start)

    def set_list(self, view: QAbstractItemView) -> None:
        """The list that ↓ and Enter lead to."""
        self._list = view

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif self._list is not None and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._list.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)

    def _tell(self) -> None:
        self.filtered.emit(self.text())


class EnterMovesOn(QObject):
    """Lets Enter go to the next field in single-line fields; watch a field with ``watch``. Editors of many lines keep their Enter."""

    def watch(self, *fields: QWidget) -> None:
        """Let Enter move on from these fields."""
        for field in fields:
            line = field.line if isinstance(field, ReadField) else field
            if isinstance(line, QLineEdit | QComboBox | QAbstractSpinBox):
                line.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
            if (
                event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
                and plain
                and isinstance(watched, QWidget)
            ):
                watched.focusNextChild()
                return True
        return super().eventFilter(watched, event)


class FieldColumn(QVBoxLayout):
    """A form: each label above its field, so that it stands at every width and text size; Enter moves on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent) if parent is not None else super().__init__()
        self.setSpacing(4)
        self._enter = EnterMovesOn(self)

    def add_field(self, label: str, field: QWidget, help_text: str = "") -> QLabel:
        """Add a field under its label; ``help_text`` says below what belongs there. Returns the label."""
        if self.count():
            self.addSpacing(12)
        head = PlainLabel(label, "field")
        head.setBuddy(field)
        # What is left over goes to the fields that can use it.
        head.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        if not field.accessibleName():
            field.setAccessibleName(label)
        self.addWidget(head)
        self.addWidget(field)
        if help_text:
            self.addWidget(WrapLabel(help_text, "note"))
            field.setAccessibleDescription(help_text)
        self._enter.watch(field)
        return head


def labelled(label: str, field: QWidget) -> QWidget:
    """A field under its label as one widget, to stand beside others; it takes the width that there is."""
    holder = QWidget()
    holder.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    column = FieldColumn(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.add_field(label, field)
    column.addStretch(1)
    return holder
