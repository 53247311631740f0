"""The sheets that are being written, and the way of each into the ledger and back. What is typed stays until it is saved."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from app.drafts import Draft
from app.errors import ConflictError
from app.office import Office
from app.outcomes import operations, queries
from app.outcomes.operations import ReviewValues
from app.outcomes.queries import ReviewRow
from ui.desk import Desk
from ui.drafts import KEEP_EVERY_MS
from ui.outcomes.sheet import Sheet, Typed, draft_key, to_draft
from ui.tasks import Lane, Task


class Sheets(QObject):
    """Keeps every sheet on which something typed is not in the ledger, by outcome and year."""

    saved = Signal(object)
    """The Sheet that is in the ledger now."""

    refused = Signal(object, object)
    """The Sheet that could not be saved, and why."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._kept: dict[tuple[int, int], Sheet] = {}
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(KEEP_EVERY_MS)
        self._rest.timeout.connect(self._keep_drafts)

    def of(self, outcome_id: int, fiscal_year: int) -> Sheet | None:
        """The sheet being written for an outcome and year."""
        return self._kept.get((outcome_id, fiscal_year))

    def keep(self, sheet: Sheet) -> None:
        """Keep a sheet as long as there is something on it that the ledger has not."""
        if sheet.is_dirty or sheet.is_saving:
            self._kept[sheet.key] = sheet
            if not self._rest.isActive():
                self._rest.start()
        elif sheet.key in self._kept:
            self.drop(sheet)

    def drop(self, sheet: Sheet) -> None:
        """Forget a sheet."""
        self._kept.pop(sheet.key, None)
        self._desk.drafts.drop(draft_key(sheet))

    def drop_all(self) -> None:
        """Forget everything that is not saved."""
        for sheet in self.unsaved():
            self.drop(sheet)

    def unsaved(self) -> tuple[Sheet, ...]:
        """Every sheet with something unsaved, those on their way into the ledger too."""
        return tuple(self._kept.values())

    def draft_of(self, sheet: Sheet) -> Draft | None:
        """What was typed on this sheet before the program ended unexpectedly."""
        return self._desk.drafts.take(draft_key(sheet))

    def drafts(self, fiscal_year: int) -> set[int]:
        """The outcomes for which something typed in an earlier run waits to be called back, or is being typed now."""
        keys = self._desk.drafts.keys()
        parts = (key.split("/") for key in keys)
        return {int(one[1]) for one in parts if one[0] == "outcome_review" and one[2:] == [str(fiscal_year)]}

    def _keep_drafts(self) -> None:
        for sheet in self.unsaved():
            if sheet.is_dirty:
                self._desk.drafts.keep(draft_key(sheet), to_draft(sheet))

    def save(self, sheet: Sheet) -> None:
        """Write a sheet. Raises InputError where a field cannot be read; what the ledger says comes by ``refused``."""
        if sheet.is_saving:
            return
        values, submitted = sheet.values(), sheet.typed
        sheet.is_saving = True
        self._kept[sheet.key] = sheet
        self._desk.work(
            self,
            partial(_write, self._desk.office, values, sheet.version),
            partial(self._done, sheet, submitted),
            partial(self._failed, sheet),
            lane=Lane.LEDGER,
        )

    def _done(self, sheet: Sheet, submitted: Typed, stored: ReviewRow | None) -> None:
        sheet.is_saving = False
        sheet.conflict, sheet.has_seen_newer = "", False
        sheet.saved(submitted, stored)
        if self._kept.get(sheet.key) is sheet:
            self.keep(sheet)
        self.saved.emit(sheet)

    def _failed(self, sheet: Sheet, error: Exception) -> None:
        sheet.is_saving = False
        if isinstance(error, ConflictError):
            sheet.conflict, sheet.has_seen_newer = f"{error.message}{error.advice}", False
        self.refused.emit(sheet, error)


def _write(office: Office, values: ReviewValues, version: int | None, _task: Task) -> ReviewRow | None:
    """On the ledger's lane: save, and read what is stored now, its version and the ids of its evidence."""
    office.perform(operations.save_review, values, version)
    return office.ask(queries.review, values.plan_item_id, values.fiscal_year)
