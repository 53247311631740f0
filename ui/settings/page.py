"""設定: what the office has set, what the person has chosen, the ledger and its backups, and what this program is."""

from __future__ import annotations

from dataclasses import asdict, fields
from functools import partial
from typing import Any, ClassVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.calendar import DateStyle
from app.drafts import Draft, Value
from app.office import Done
from app.settings import operations, queries
from app.settings.queries import OfficeSettings
from ui.desk import Desk
from ui.drafts import DraftKeeper, DraftOffer
from ui.page import Page
from ui.settings.about_card import AboutCard
from ui.settings.backup_card import BackupCard
from ui.settings.ledger_card import LedgerCard
from ui.settings.office_card import OfficeCard
from ui.settings.person_card import PersonCard
from ui.widgets.containers import PageHeader, ScrollColumn

_DRAFT = "settings"
"""The key under which what is typed and not saved is kept."""


class SettingsPage(Page):
    """Cards one below the other."""

    key: ClassVar[str] = "settings"
    title: ClassVar[str] = "設定"
    kinds: ClassVar[frozenset[str]] = frozenset({"setting"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.office = OfficeCard()
        self.office.save_wanted.connect(self.save)
        self.office.edited.connect(self._edited)
        self._drafts = DraftKeeper(desk.drafts, self._draft, self)
        self.offer = DraftOffer()
        self.offer.wanted.connect(self._take_draft)
        self.offer.refused.connect(self._drop_draft)
        self._was_read = False
        self.person = PersonCard(desk.person)
        self.ledger = LedgerCard(desk)
        self.backups = BackupCard(desk)
        self.about = AboutCard()
        scroll = ScrollColumn(width=820)
        scroll.column.addWidget(PageHeader(self.title))
        for card in (self.offer, self.office, self.person, self.ledger, self.backups, self.about):
            scroll.column.addWidget(card)
        scroll.column.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scroll)

    def refresh(self) -> None:
        self.desk.ask(self, self._show, queries.settings)
        self.person.show_chosen()
        self.backups.refresh()

    def has_unsaved(self) -> bool:
        return self.office.has_unsaved()

    def save(self) -> None:
        if self.has_unsaved():
            values = self.office.values()
            self.desk.perform(self, partial(self._saved, values), operations.save_settings, values)

    def discard(self) -> None:
        self.office.discard()

    def edit(self) -> None:
        self.office.network_name.setFocus()

    def _show(self, settings: OfficeSettings) -> None:
        self.office.show_settings(settings, self.desk.fiscal_year)
        if not self._was_read:
            self._was_read = True
            self.offer.offer(self.desk.drafts.take(_DRAFT))

    def _edited(self) -> None:
        if self.office.has_unsaved():
            self._drafts.touched(_DRAFT)
        elif self._was_read and not self.offer.isVisible():
            self._drop_draft()

    def _draft(self) -> dict[str, Value]:
        return asdict(self.office.values())

    def _take_draft(self, draft: Draft) -> None:
        known: dict[str, Any] = {
            field.name: draft.values[field.name]
            for field in fields(OfficeSettings)
            if field.name in draft.values
        }
        if "date_style" in known:
            known["date_style"] = DateStyle(known["date_style"])
        self.office.fill(OfficeSettings(**known))

    def _drop_draft(self) -> None:
        self._drafts.drop(_DRAFT)

    def _saved(self, values: OfficeSettings, _done: Done[None]) -> None:
        self.office.saved(values)
        self.desk.notice("設定を保存しました。", can_undo=True)
