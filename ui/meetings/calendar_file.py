"""予定表のファイル: the meetings of the year as a file that Outlook and others take in."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu, QWidget

from app.calendar import fiscal_year_label
from app.office import Office
from ui import dialogs
from ui.desk import Desk
from ui.tasks import Task

_CALENDAR = "予定表のファイル (*.ics)"


class CalendarFile(QObject):
    """The entry in the page's menu, and what it does."""

    def __init__(self, desk: Desk, page: QWidget, menu: QMenu) -> None:
        super().__init__(page)
        self._desk, self._page = desk, page
        self.action = menu.addAction("予定表のファイル（.ics）に書き出す…", self.write)

    def write(self) -> None:
        """Ask for a place, and write the meetings of the year in view there."""
        fiscal_year = self._desk.fiscal_year
        name = Path.home() / f"会議の予定_{fiscal_year_label(fiscal_year)}.ics"
        target = dialogs.save_file(self._page, "予定表のファイルに書き出す", _CALENDAR, name)
        if target is not None:
            job = partial(_write, self._desk.office, fiscal_year, target)
            self._desk.work(self, job, self._written)

    def _written(self, path: Path) -> None:
        self._desk.notice(
            f"「{path.name}」を「{path.parent.name}」に書き出しました。OutlookやGoogleカレンダーで開けます。"
        )


def _write(office: Office, fiscal_year: int, target: Path, _task: Task) -> Path:
    from reports import calendar_file

    schedule = office.ask(calendar_file.read, fiscal_year)
    return calendar_file.write(schedule.meetings, schedule.issuer, target)
