"""The ways of looking at one round. Each gets the picture when it is in view, or when something is typed in it."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QTabWidget, QWidget

from app.steps.round_picture import Facts, Picture
from ui.desk import Desk
from ui.meetings.part import Part
from ui.steps.collect_tab import CollectTab
from ui.steps.cycle_tab import CycleTab
from ui.steps.gap_tab import GapTab
from ui.steps.result_tab import ResultTab
from ui.steps.tab import RoundTab


class RoundTabs(QTabWidget):
    """結果, 認識差, 回収と入力 and 次の一手, in ``named`` by their keys."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.result, self.collect = ResultTab(desk), CollectTab(desk)
        self.gap, self.cycle = GapTab(desk), CycleTab(desk)
        self.named: dict[str, RoundTab] = {
            "result": self.result,
            "gap": self.gap,
            "collect": self.collect,
            "cycle": self.cycle,
        }
        self._picture: Picture | None = None
        self._facts: Facts | None = None
        self._stale: set[str] = set()
        self.setDocumentMode(True)
        self.tabBar().setDrawBase(False)
        self.tabBar().setAccessibleName("ステップ確認の見方")
        for tab, title in zip(self.named.values(), ("結果", "認識差", "回収と入力", "次の一手"), strict=True):
            self.addTab(tab, title)
        self.currentChanged.connect(self._show_in_view)

    @property
    def current(self) -> RoundTab:
        """The tab in view."""
        tab = self.currentWidget()
        assert isinstance(tab, RoundTab)
        return tab

    def turn_to(self, key: str) -> None:
        """Bring a tab into view; an unknown key does nothing."""
        if key in self.named:
            self.setCurrentWidget(self.named[key])

    def unsaved(self) -> list[Part[Any]]:
        """The forms in which something typed has not been saved."""
        return [part for tab in self.named.values() for part in tab.unsaved()]

    def show_picture(self, picture: Picture) -> None:
        """Show a round as it stands in the ledger; the facts beside it come later."""
        self._picture, self._facts = picture, None
        self._stale = set(self.named)
        self._show_in_view()

    def show_facts(self, facts: Facts) -> None:
        """Show what the ledger knows beside the answers of the round in view."""
        if self._picture is None or facts.assessment_round_id != self._picture.round.id:
            return
        self._facts = facts
        for key, tab in self.named.items():
            if key not in self._stale:
                tab.show_facts(facts)

    def _show_in_view(self) -> None:
        if self._picture is None:
            return
        for key, tab in self.named.items():
            if key in self._stale and (tab is self.current or tab.unsaved()):
                self._stale.discard(key)
                tab.show_picture(self._picture)
                if self._facts is not None:
                    tab.show_facts(self._facts)
