"""The day of a meeting: a date that says when it is a holiday."""

from __future__ import annotations

from app.calendar import holiday_name, is_day_off
from ui.widgets.fields import DateField


class MeetingDayField(DateField):
    """Holidays are planned over by mistake more often than on purpose; a Saturday or Sunday shows in the weekday."""

    def read(self) -> tuple[str, str]:
        written, understood = super().read()
        day = self.day()
        if day is None:
            return written, understood
        name = holiday_name(day) or ("年末年始の休み" if is_day_off(day) and day.weekday() < 5 else "")
        return written, f"{understood}　！{name}です" if name else understood
