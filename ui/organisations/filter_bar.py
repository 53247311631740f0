"""What narrows the list: words, 区分, 地区, 事業の種類, the day of membership; and filters that were given a name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.errors import InputError
from app.organisations.queries import Lists
from db.vocabulary import OrganisationGroup
from ui.organisations.roster import Filter
from ui.widgets.button import Button
from ui.widgets.fields import DateField, FilterField
from ui.widgets.text import PlainLabel
from ui.widgets.tiles import TileGrid


class FilterBar(QWidget):
    """``changed`` comes where other rows are let through, ``day_changed`` where the roster of another day is wanted."""

    changed = Signal()
    day_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_filling = False
        self._usual_day = date.today()
        self._day: date | None = None
        self.field = FilterField("名前・かな・地区・人・電話で絞り込み")
        self.more = Button("条件", tip="区分・地区・事業の種類・在籍日で絞り込みます")
        self.more.setCheckable(True)
        self.more.setChecked(True)
        self.category, self.district, self.service_type = QComboBox(), QComboBox(), QComboBox()
        self.day = DateField("在籍日")
        self.day.setToolTip("この日に会員だった団体と、この日の担当者を表示します")
        self.with_former = QCheckBox("退会も含める")
        self._lay_out()
        self.show_lists(Lists((), (), (), ()))
        self._connect()

    @property
    def wanted(self) -> Filter:
        """The filter as it stands. A day that cannot be read counts as the last that could."""
        chosen: Filter = replace(self._part(self.category), text=self.field.text())
        district, service_type = self._part(self.district), self._part(self.service_type)
        return replace(
            chosen,
            area=district.area,
            district_id=district.district_id,
            service_type_id=service_type.service_type_id,
            day=self._day,
            with_former=self.with_former.isChecked(),
        )

    @property
    def day_in_view(self) -> date:
        """The day whose members are shown."""
        return self._day or self._usual_day

    def set_usual_day(self, day: date) -> None:
        """The day that counts while the person has not written one."""
        self._usual_day = day
        if self._day is None:
            self.day.set_day(day)

    def show_lists(self, lists: Lists) -> None:
        """Offer what the office's lists hold."""
        self._is_filling = True
        groups = [one for one in OrganisationGroup if any(row.group is one for row in lists.categories)]
        categories: list[tuple[str, Filter]] = []
        for group in groups:
            categories.append((f"{group.label}（すべて）", Filter(group=group)))
            categories += [
                (f"　{row.name}", Filter(category_id=row.id))
                for row in lists.categories
                if row.group is group
            ]
        districts = [(f"{row.name}（エリア）", Filter(area=row.name)) for row in lists.areas]
        districts += [(row.name, Filter(district_id=row.id)) for row in lists.districts]
        service_types = [(row.name, Filter(service_type_id=row.id)) for row in lists.service_types]
        _offer(self.category, "全区分", categories)
        _offer(self.district, "全地区", districts)
        _offer(self.service_type, "全事業", service_types)
        self._is_filling = False

    def show_filter(self, wanted: Filter) -> None:
        """Use this filter; a choice that is not offered (see ``missing``) lets everything through."""
        self._is_filling = True
        self.field.setText(wanted.text)
        for choice, part in self._parts(wanted):
            _choose(choice, part)
        self.with_former.setChecked(wanted.with_former)
        self._is_filling = False
        is_other_day = wanted.day != self._day
        self._day = wanted.day
        self.day.set_day(self.day_in_view)
        (self.day_changed if is_other_day else self.changed).emit()

    def missing(self, wanted: Filter) -> tuple[str, ...]:
        """The choices (区分, 地区, 事業の種類) for which a filter wants what the office's lists no longer hold."""
        return tuple(
            choice.accessibleName() for choice, part in self._parts(wanted) if _place(choice, part) is None
        )

    def words(self) -> dict[str, str]:
        """What the choices that narrow stand on, as people read it, by the choice."""
        choices = (self.category, self.district, self.service_type)
        return {one.accessibleName(): one.currentText().strip() for one in choices if one.currentIndex() > 0}

    def clear(self) -> None:
        """Let everything through again."""
        self.show_filter(Filter())

    def let_through(self, is_former: bool) -> None:
        """Let a certain organisation through, because somebody wants to see it."""
        self.show_filter(replace(Filter(), day=self._day, with_former=is_former))

    def _parts(self, wanted: Filter) -> tuple[tuple[QComboBox, Filter], ...]:
        """What a filter wants of each of the choices."""
        return (
            (self.category, Filter(group=wanted.group, category_id=wanted.category_id)),
            (self.district, Filter(area=wanted.area, district_id=wanted.district_id)),
            (self.service_type, Filter(service_type_id=wanted.service_type_id)),
        )

    def _part(self, choice: QComboBox) -> Filter:
        """What one of the choices narrows by."""
        part: Filter = choice.currentData() or Filter()
        return part

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.field, 1)
        row.addWidget(self.more)
        choices = TileGrid(7)
        names = ("区分", "地区", "事業の種類")
        for choice, name in zip((self.category, self.district, self.service_type), names, strict=True):
            choice.setAccessibleName(name)
            choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            choice.setMinimumContentsLength(5)
            choice.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        choices.set_tiles([self.category, self.district, self.service_type])
        member_on = QWidget()
        on_day = QHBoxLayout(member_on)
        on_day.setContentsMargins(0, 0, 0, 0)
        on_day.setSpacing(8)
        label = PlainLabel("在籍日")
        label.setBuddy(self.day)
        on_day.addWidget(label)
        on_day.addWidget(self.day, 1)
        for tile in (member_on, self.with_former):
            tile.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        days = TileGrid(11)
        days.set_tiles([member_on, self.with_former])
        self.conditions = QWidget()
        below = QVBoxLayout(self.conditions)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(8)
        below.addWidget(choices)
        below.addWidget(days)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self.conditions)

    def _connect(self) -> None:
        self.more.toggled.connect(self.conditions.setVisible)
        self.field.filtered.connect(self._typed)
        for choice in (self.category, self.district, self.service_type):
            choice.currentIndexChanged.connect(self._chosen)
        self.with_former.toggled.connect(self._chosen)
        self.day.line.editingFinished.connect(self._day_written)

    def _typed(self, _text: str) -> None:
        self.changed.emit()

    def _chosen(self) -> None:
        if not self._is_filling:
            self.changed.emit()

    def _day_written(self) -> None:
        try:
            day = self.day.day()
        except InputError:
            return
        if day is None:
            self.day.set_day(self._usual_day)
        wanted = None if day in (None, self._usual_day) else day
        if wanted != self._day:
            self._day = wanted
            self.day_changed.emit()


def _offer(choice: QComboBox, everything: str, entries: list[tuple[str, Filter]]) -> None:
    kept: Filter = choice.currentData() or Filter()
    choice.clear()
    choice.addItem(everything, Filter())
    for label, part in entries:
        choice.addItem(label, part)
    _choose(choice, kept)


def _choose(choice: QComboBox, part: Filter) -> None:
    """Choose an entry by what it narrows by; the first where there is none such."""
    choice.setCurrentIndex(_place(choice, part) or 0)


def _place(choice: QComboBox, part: Filter) -> int | None:
    """The entry that narrows by this, or None where there is none such."""
    return next((place for place in range(choice.count()) if choice.itemData(place) == part), None)
