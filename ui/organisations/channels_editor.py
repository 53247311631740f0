"""発信の手段: a line for each channel of information with its address; as many as the organisation has."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.organisations.queries import ChannelRow
from db.vocabulary import ChannelKind
from ui.organisations.typed import tidy
from ui.widgets.button import Button
from ui.widgets.fields import ComboBox, EnterMovesOn
from ui.widgets.tab_order import lead_through


class ChannelsEditor(QWidget):
    """Lines that can be added and taken away; a line without address counts where it is a 掲示板 or the like."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: list[ChannelLine] = []
        self._enter = EnterMovesOn(self)
        self.add_button = Button("発信の手段を加える", self._add, "link", "add")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._column.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)

    def channels(self) -> tuple[ChannelRow, ...]:
        """What the lines hold."""
        return tuple(line.channel() for line in self.lines)

    def show_channels(self, channels: Sequence[ChannelRow]) -> None:
        """Show these channels; nothing happens where they are shown already."""
        if self.channels() == tuple(channels):
            return
        for line in tuple(self.lines):
            self._take_away(line)
        for channel in channels:
            self._put(channel)

    def _put(self, channel: ChannelRow) -> ChannelLine:
        line = ChannelLine(channel)
        line.edited.connect(self.edited)
        line.removed.connect(self._remove)
        self._enter.watch(line.kind, line.address)
        self.lines.append(line)
        self._column.insertWidget(len(self.lines) - 1, line)
        stops = [part for one in self.lines for part in (one.kind, one.address, one.remove_button)]
        lead_through(self, stops, self.add_button)
        return line

    def _add(self) -> None:
        used = {line.channel().kind for line in self.lines}
        kind = next((one for one in ChannelKind if one not in used), ChannelKind.OTHER)
        line = self._put(ChannelRow(kind, ""))
        line.kind.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()

    def _remove(self) -> None:
        line = self.sender()
        assert isinstance(line, ChannelLine)
        self._take_away(line)
        self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()

    def _take_away(self, line: ChannelLine) -> None:
        self.lines.remove(line)
        self._column.removeWidget(line)
        line.hide()
        line.deleteLater()


class ChannelLine(QWidget):
    """The kind of channel, its address, and a button that takes the line away."""

    edited = Signal()
    removed = Signal()

    def __init__(self, channel: ChannelRow) -> None:
        super().__init__()
        self.kind = ComboBox()
        self.kind.setAccessibleName("発信の手段の種類")
        for one in ChannelKind:
            self.kind.addItem(one.label, one)
        self.kind.setCurrentIndex(list(ChannelKind).index(channel.kind))
        self.address = QLineEdit(channel.address)
        self.address.setCursorPosition(0)
        self.address.setAccessibleName("アドレス・アカウント名")
        self.address.setPlaceholderText("アドレス・アカウント名")
        self.remove_button = Button("", self.removed.emit, "quiet", "close", name="この発信の手段を取り除く")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.kind)
        row.addWidget(self.address, 1)
        row.addWidget(self.remove_button)
        self.kind.currentIndexChanged.connect(self._edited)
        self.address.textChanged.connect(self._edited)

    def channel(self) -> ChannelRow:
        """What the line holds."""
        return ChannelRow(ChannelKind(self.kind.currentData()), tidy("address", self.address.text()))

    def _edited(self) -> None:
        self.edited.emit()
