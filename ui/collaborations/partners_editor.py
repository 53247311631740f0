"""役割分担: who takes part in a 連携した取組, as what, and who leads."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from app.collaborations.operations import PartnerValues
from app.errors import InputError
from app.text import search_key
from ui import theme
from ui.collaborations.typed import LONGEST_LINE, is_nobody, tidy
from ui.meetings.lines_editor import EditorLine, LinesEditor
from ui.widgets.button import Button
from ui.widgets.growing_text import GrowingText
from ui.widgets.organisation_field import OrganisationChoice, OrganisationField, meant
from ui.widgets.tab_order import lead_through

_NARROW = 24
"""In fewer characters than these a name finds no room beside the rest."""


class PartnerField(OrganisationField):
    """An organisation, or the name of somebody who is no member: a text becomes a member only where it is its whole name."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        # Its line stands in the Tab key's way by itself; a proxy left behind would lead back to it for ever.
        self.setFocusProxy(None)  # type: ignore[arg-type]

    def _finished(self) -> None:
        self.list.hide()
        text = self.unread
        self._say("")
        if not text:
            return
        whole = [one for one in self._choices if search_key(text) in one.keys]
        try:
            self._become(meant(text, whole))
        except InputError:
            theme.set_look(self.hint, "note")
            self.hint.setText("会員団体ではない名前として記録します（会員は、かなや名前の一部で選べます）。")
            self.hint.show()


class PartnersEditor(LinesEditor["PartnerLine"]):
    """Two lines to each partner; one about whom nothing is written is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Button("担い手を追加", icon_name="add"), parent)
        self._choices: tuple[OrganisationChoice, ...] = ()
        self._rows.setSpacing(12)

    def show_choices(self, choices: Sequence[OrganisationChoice]) -> None:
        """Offer these organisations."""
        self._choices = tuple(choices)
        for line in self.lines:
            line.show_choices(self._choices)

    def show_partners(self, partners: Sequence[PartnerValues]) -> None:
        """Show these; where the same stand already, the cursor stays."""
        while len(self.lines) > len(partners):
            self._drop(self.lines[-1])
        while len(self.lines) < len(partners):
            self._append()
        for line, one in zip(self.lines, partners, strict=True):
            line.show_partner(one)

    def partners(self) -> tuple[PartnerValues, ...]:
        """The partners in their order."""
        return tuple(line.partner() for line in self.lines)

    def add(self) -> None:
        """An empty line, with the cursor in it."""
        line = self._append()
        line.who.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()

    def go_to(self, number: int) -> None:
        """Put the cursor on a partner, counted from 1 among those about whom something is written."""
        written = [line for line in self.lines if not is_nobody(line.partner())]
        written[number - 1].who.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _append(self) -> PartnerLine:
        line = self._put(PartnerLine(len(self.lines) + 1))
        line.show_choices(self._choices)
        # The layout would show it only later, and the list of its field not at all.
        line.show()
        lead_through(self, [stop for one in self.lines for stop in one.stops], self.add_button)
        return line

    def _drop(self, line: PartnerLine) -> None:
        super()._drop(line)
        for number, one in enumerate(self.lines, 1):
            one.show_number(number)


class PartnerLine(EditorLine):
    """One partner; ``number`` counts it from 1."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._id: int | None = None
        self._is_filling = False
        self.who = PartnerField("担い手")
        self.who.line.setMaxLength(LONGEST_LINE)
        self.who.line.setPlaceholderText("会員団体のかな・名前、または会員以外の名前")
        self.is_lead = QCheckBox("とりまとめ")
        self.role = GrowingText(1, 6)
        self.role.setPlaceholderText("役割（例：会場の提供と当日の見守り）")
        self.remove_button = Button("", self.removed.emit, "quiet", "delete", name="担い手を取り除く")
        self.show_number(number)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(6)
        self._grid.setColumnStretch(0, 1)
        self._is_narrow: bool | None = None
        self._arrange(is_narrow=False)
        self.is_lead.setMinimumHeight(self.who.line.sizeHint().height())
        self.who.changed.connect(self._edited)
        self.is_lead.toggled.connect(self._edited)
        self.role.textChanged.connect(self._edited)

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Where the Tab key stops, in its order."""
        return self.who.line, self.is_lead, self.role, self.remove_button

    def show_number(self, number: int) -> None:
        """Tell this partner from the others where it cannot be seen."""
        self.who.line.setAccessibleName(f"担い手{number}")
        self.who.list.setAccessibleName(f"担い手{number}の候補")
        self.is_lead.setAccessibleName(f"担い手{number}がとりまとめる")
        self.role.setAccessibleName(f"担い手{number}の役割")
        self.remove_button.setAccessibleName(f"担い手{number}を取り除く")

    def show_choices(self, choices: Sequence[OrganisationChoice]) -> None:
        """Offer these organisations."""
        self.who.show_choices(choices)

    def show_partner(self, one: PartnerValues) -> None:
        """Show a partner; where the same stands already, the cursor stays."""
        self._is_filling = True
        self._id = one.id
        if (self.who.organisation_id, self.who.unread) != (one.organisation_id, one.name) or (
            one.organisation_id is not None and not self.who.line.text()
        ):
            self.who.show_organisation(one.organisation_id, one.name)
        self.is_lead.setChecked(one.is_lead)
        if tidy(self.role.toPlainText()) != one.role:
            self.role.setPlainText(one.role)
        self._is_filling = False

    def partner(self) -> PartnerValues:
        """The partner as it stands."""
        return PartnerValues(
            id=self._id,
            organisation_id=self.who.organisation_id,
            name=tidy(self.who.unread),
            role=tidy(self.role.toPlainText()),
            is_lead=self.is_lead.isChecked(),
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(self.width() < self.fontMetrics().horizontalAdvance("あ") * _NARROW)

    def _arrange(self, is_narrow: bool) -> None:
        """The name stands beside the rest, or has a line of its own where little of it could be read."""
        if is_narrow == self._is_narrow:
            return
        self._is_narrow = is_narrow
        grid, top, beside = self._grid, Qt.AlignmentFlag.AlignTop, int(is_narrow)
        grid.addWidget(self.who, 0, 0, 1, 3 if is_narrow else 1)
        grid.addWidget(self.is_lead, beside, 0 if is_narrow else 1, top)
        grid.addWidget(self.remove_button, beside, 2, top)
        grid.addWidget(self.role, beside + 1, 0, 1, 3)

    def _edited(self) -> None:
        if not self._is_filling:
            super()._edited()
